package main

import (
	"fmt"
	"io"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
)

// input is what the flags and the input file say, and what is wrong with that.
type input struct {
	job
	live, planOnly, apply, destroy bool
	profile, consumerProfile, file string
	verbose                        bool
	flags                          *recipe.Flags
}

// modes are the flags that say what to do, not with what.
var modes = []string{"live", "plan", "apply", "destroy", "input", "v"}

func (in *input) declare() *recipe.Flags {
	fs := recipe.NewFlags("internal-api")
	fs.BoolVar(&in.live, "live", false, "act on AWS; without it everything happens in memory")
	fs.BoolVar(&in.planOnly, "plan", false, "print what -apply would do, by reads alone (the default with -live)")
	fs.BoolVar(&in.apply, "apply", false, "make what is missing, change what differs, wait until it can be used")
	fs.BoolVar(&in.destroy, "destroy", false, "take it all down; needs only -vpc, and -name, -domain and -region where they are not the defaults")
	fs.StringVar(&in.file, "input", "", "JSON `file`: an object with the names of the flags that describe the job as keys; the command line wins")
	fs.StringVar(&in.profile, "profile", "", "the provider's `profile` in the shared configuration files (default: the SDK's)")
	fs.StringVar(&in.consumerProfile, "consumer-profile", "", "the consumer's `profile` (default: the provider's)")
	fs.StringVar(&in.consumer, "consumer-account", "", "`ID` of the account that may connect; needed with -consumer-profile")
	fs.StringVar(&in.region, "region", "", "the `Region` of both sides (default: that of the provider's configuration)")
	fs.Var((*recipe.List)(&in.loadBalancers), "load-balancer", "`ARN` of the provider's Network Load Balancer; several with commas")
	fs.StringVar(&in.vpc, "vpc", "", "`ID` of the consumer's VPC")
	fs.Var((*recipe.List)(&in.subnets), "subnets", "`IDs` of the consumer's subnets, one in each Availability Zone, with commas")
	fs.Var((*recipe.List)(&in.groups), "security-groups", "`IDs` of the endpoint's security groups, in the consumer's VPC, with commas")
	fs.StringVar(&in.name, "name", "orders", "the `name` by which service and endpoint are known")
	fs.StringVar(&in.host, "host", "api", "the API's `host` name in the zone")
	fs.StringVar(&in.domain, "domain", "orders.internal", "the `domain` of the private zone")
	fs.BoolVar(&in.accept, "accept", true, "accept the connection; false: wait until somebody else has accepted it")
	fs.BoolVar(&in.verbose, "v", false, "log every AWS call")
	return fs
}

// parse reads the flags and the input file. Its only error is flag.ErrHelp; all that is wrong goes into the flags' problems.
func parse(args []string, out io.Writer) (*input, error) {
	in := &input{}
	in.flags = in.declare()
	if err := in.flags.ReadArgs(args); err != nil {
		fmt.Fprint(out, "Usage: internal-api [flags]\n\nWithout a flag it tells the whole story in memory.\n\n")
		in.flags.SetOutput(out)
		in.flags.PrintDefaults()
		return nil, err
	}
	if given := in.flags.NFlag(); !in.live && given > 0 && !(in.verbose && given == 1) {
		in.flags.Problem("the flags are for -live; without it the story happens in memory and takes none but -v")
	}
	if in.planOnly && in.apply || in.planOnly && in.destroy || in.apply && in.destroy {
		in.flags.Problem("-plan, -apply and -destroy exclude one another")
	}
	if in.file != "" {
		in.flags.ReadFile(in.file, modes...)
	}
	return in, nil
}
