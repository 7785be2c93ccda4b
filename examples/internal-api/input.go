package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// input is what the flags and the input file say, and what is wrong with that.
type input struct {
	job
	live, planOnly, apply, destroy bool
	profile, consumerProfile, file string
	problems                       []string
}

// list is a flag of several values, separated by commas.
type list []string

func (l *list) String() string { return strings.Join(*l, ",") }

func (l *list) Set(s string) error {
	*l = nil
	for _, v := range strings.Split(s, ",") {
		if v = strings.TrimSpace(v); v != "" {
			*l = append(*l, v)
		}
	}
	return nil
}

func (in *input) flags() *flag.FlagSet {
	fs := flag.NewFlagSet("internal-api", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	fs.BoolVar(&in.live, "live", false, "act on AWS; without it everything happens in memory")
	fs.BoolVar(&in.planOnly, "plan", false, "print what -apply would do, by reads alone (the default with -live)")
	fs.BoolVar(&in.apply, "apply", false, "make what is missing, change what differs, wait until it can be used")
	fs.BoolVar(&in.destroy, "destroy", false, "take it all down; needs only -vpc, and -name, -domain and -region where they are not the defaults")
	fs.StringVar(&in.file, "input", "", "JSON `file`: an object with the names of the flags that describe the job as keys; the command line wins")
	fs.StringVar(&in.profile, "profile", "", "the provider's `profile` in the shared configuration files (default: the SDK's)")
	fs.StringVar(&in.consumerProfile, "consumer-profile", "", "the consumer's `profile` (default: the provider's)")
	fs.StringVar(&in.consumer, "consumer-account", "", "`ID` of the account that may connect; needed with -consumer-profile")
	fs.StringVar(&in.region, "region", "", "the `Region` of both sides (default: that of the provider's configuration)")
	fs.Var((*list)(&in.loadBalancers), "load-balancer", "`ARN` of the provider's Network Load Balancer; several with commas")
	fs.StringVar(&in.vpc, "vpc", "", "`ID` of the consumer's VPC")
	fs.Var((*list)(&in.subnets), "subnets", "`IDs` of the consumer's subnets, one in each Availability Zone, with commas")
	fs.Var((*list)(&in.groups), "security-groups", "`IDs` of the endpoint's security groups, in the consumer's VPC, with commas")
	fs.StringVar(&in.name, "name", "orders", "the `name` by which service and endpoint are known")
	fs.StringVar(&in.host, "host", "api", "the API's `host` name in the zone")
	fs.StringVar(&in.domain, "domain", "orders.internal", "the `domain` of the private zone")
	fs.BoolVar(&in.accept, "accept", true, "accept the connection; false: wait until somebody else has accepted it")
	return fs
}

// parse reads the flags and the input file. Its only error is flag.ErrHelp; all that is wrong goes into the input's problems.
func parse(args []string, out io.Writer) (*input, error) {
	in := &input{}
	fs := in.flags()
	if err := in.readArgs(fs, args); err != nil {
		fmt.Fprint(out, "Usage: internal-api [flags]\n\nWithout a flag it tells the whole story in memory.\n\n")
		fs.SetOutput(out)
		fs.PrintDefaults()
		return nil, err
	}
	if !in.live && fs.NFlag() > 0 {
		in.problem("the flags are for -live; without it the story happens in memory and takes none")
	}
	if in.planOnly && in.apply || in.planOnly && in.destroy || in.apply && in.destroy {
		in.problem("-plan, -apply and -destroy exclude one another")
	}
	if in.file != "" {
		in.readFile(fs)
	}
	return in, nil
}

// readArgs goes on after a mistake, so that all of them are named.
func (in *input) readArgs(fs *flag.FlagSet, args []string) error {
	for len(args) > 0 {
		err := fs.Parse(args)
		args = fs.Args()
		switch {
		case errors.Is(err, flag.ErrHelp):
			return err
		case err == nil && len(args) > 0:
			in.problem("unexpected argument %q", args[0])
			args = args[1:]
		case err != nil:
			in.problem("%v", err)
			if strings.HasPrefix(err.Error(), "bad flag syntax") { // the one mistake that Parse does not step over
				args = args[1:]
			}
		}
	}
	return nil
}

func (in *input) problem(format string, args ...any) {
	in.problems = append(in.problems, fmt.Sprintf(format, args...))
}
