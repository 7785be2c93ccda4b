package main

import (
	"cmp"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
)

// input is what the flags say.
type input struct {
	addr, file               string
	expose, empty, verbose   bool
	realistic, harsh, verify bool
	delay, lag               time.Duration
	flags                    world // as -vpc and -nlb say it
	world                    *world
}

// parse reads the flags and the world. Its error is flag.ErrHelp, or names all that is wrong.
func parse(args []string, out io.Writer) (*input, error) {
	in := &input{}
	fs := recipe.NewFlags("fakeaws")
	fs.StringVar(&in.addr, "addr", "127.0.0.1:4566", "the `address` to listen on; port 0 takes a free one")
	fs.BoolVar(&in.expose, "expose", false, "allow an address that other machines reach")
	fs.StringVar(&in.file, "world", "", "JSON `file` that says what there is (default: a provider and a consumer)")
	fs.Func("vpc", "a VPC with two subnets: `ACCOUNT=CIDR`; may be repeated, and takes the place of the default world", in.flags.addVPC)
	fs.Func("nlb", "a Network Load Balancer in the account's last VPC: `ACCOUNT=NAME`; may be repeated", in.flags.addNLB)
	fs.BoolVar(&in.empty, "empty", false, "begin with nothing; accounts come with the first call")
	fs.DurationVar(&in.delay, "delay", 0, "`duration` of AWS's own work: provisioning, deleting")
	fs.BoolVar(&in.realistic, "realistic", false, "let each move take about as long as on AWS")
	fs.DurationVar(&in.lag, "lag", 0, "`duration` that reads may be behind")
	fs.BoolVar(&in.harsh, "harsh", false, "take the worst of each behaviour that AWS does not document")
	fs.BoolVar(&in.verify, "verify", false, "refuse requests that the account's secret did not sign")
	fs.BoolVar(&in.verbose, "v", false, "log every call")
	if err := fs.ReadArgs(args); err != nil {
		fmt.Fprint(out, "Usage: fakeaws [flags]\n\n")
		fs.SetOutput(out)
		fs.PrintDefaults()
		return nil, err
	}
	if err := in.local(); err != nil {
		fs.Problem("-addr: %v", err)
	}
	if in.empty && in.file != "" || len(in.flags.Accounts) > 0 && (in.empty || in.file != "") {
		fs.Problem("-empty, -world and -vpc exclude one another")
	}
	var err error
	if in.world, err = in.readWorld(); err != nil {
		fs.Problem("-world: %v", err)
	}
	return in, fs.Err()
}

// local refuses an address that other machines reach, unless that is asked for.
func (in *input) local() error {
	host, _, err := net.SplitHostPort(in.addr)
	if err != nil || in.expose {
		return err
	}
	addr, err := net.ResolveIPAddr("ip", cmp.Or(host, "0.0.0.0"))
	if err != nil {
		return err
	}
	if !addr.IP.IsLoopback() {
		return fmt.Errorf("%s is not a loopback address: whoever reaches it may do everything; -expose allows it", in.addr)
	}
	return nil
}

func (in *input) readWorld() (*world, error) {
	switch {
	case in.empty:
		return &world{}, nil
	case in.file != "":
		return readWorld(in.file)
	case len(in.flags.Accounts) > 0:
		return &in.flags, nil
	}
	return decode(builtIn)
}

func (in *input) cloud() *fake.Cloud {
	c := &fake.Cloud{Delay: in.delay, Lag: in.lag, VerifySignatures: in.verify, Forget: true}
	if in.realistic {
		c.Timing = fake.Realistic()
	}
	if in.harsh {
		c.Switches = fake.Harsh()
	}
	c.Switches.Date = true
	return c
}
