// Command internal-api shares an API that runs behind a Network Load Balancer in one VPC with another VPC, in another account, by name and
// without the internet. It is the main job of PrivateLink, from one end to the other.
//
//	go run ./examples/internal-api                                the whole story on an AWS in memory
//	go run ./examples/internal-api -live -input job.json          on AWS: what would be done (reads only)
//	go run ./examples/internal-api -live -apply -input job.json   on AWS: do it; again: nothing changes
//	go run ./examples/internal-api -live -destroy -vpc vpc-…      on AWS: take it down again
//
// Use it when consumers need one service of yours and not your network: no peering, no routes, no overlap of addresses to care for.
//
// It makes three resources: an endpoint service in the provider's account; an interface endpoint, with one network interface for each subnet,
// in the consumer's; and a private hosted zone there. AWS bills the endpoint by the hour and subnet and by the gigabyte, and the zone by the
// month. The load balancer, the VPC, the subnets and the security groups have to be there.
//
// What the two accounts must be allowed to do is in the README under "IAM actions". Credentials and Region come from the SDK's default
// configuration: environment, shared files, AWS_ENDPOINT_URL.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "internal-api:", explain(err))
	}
	os.Exit(status(err))
}

// run is the program: args without the program's name, all output to out.
func run(ctx context.Context, args []string, out io.Writer) error {
	in, err := parse(args, out)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return nil
	case err != nil:
		return err
	case in.live:
		return live(ctx, in, out)
	}
	if err := in.err(); err != nil {
		return err
	}
	return story(ctx, out)
}

// status is the exit status: 2 when the program was called wrongly, which is known before the first AWS call.
func status(err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, privatelink.ErrInvalid):
		return 2
	}
	return 1
}

// explain lists the problems of a wrong call one by one; any other error speaks for itself.
func explain(err error) string {
	problems := privatelink.Problems(err)
	if len(problems) == 0 {
		return err.Error()
	}
	return "cannot start:\n  - " + strings.Join(problems, "\n  - ") + "\nRun it with -h to see the flags."
}
