// Command adopt takes over an endpoint that was made by hand, or by another tool, and shows first what that would change.
//
//	go run ./examples/adopt
//	go run ./examples/adopt -live -endpoint vpce-… -subnets subnet-…,subnet-… -security-groups sg-…             the plan
//	go run ./examples/adopt -live -endpoint vpce-… -subnets subnet-…,subnet-… -security-groups sg-… -apply      the same, done
//
// Use it to bring what exists under a declaration: no outage, no new addresses, no import file. Once it is done the declaration finds the
// endpoint by its name, and needs Adopt no more. Tell the tool that made it to forget it.
//
// On AWS it makes nothing but what the plan shows, and deletes nothing at the end: the endpoint stays, adopted. A subnet more is billed by the
// hour.
//
// IAM: ec2:DescribeVpcEndpoints, DescribeNetworkInterfaces, DescribeSubnets, DescribeVpcAttribute, DescribeVpcEndpointServices; with -apply
// also ec2:ModifyVpcEndpoint, CreateTags.
package main

import (
	"context"
	"fmt"
	"io"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
)

func main() { recipe.Main("adopt", run) }

func run(ctx context.Context, args []string, out io.Writer) error {
	j := &job{Recipe: recipe.New("adopt", out)}
	j.Account(&j.account, "")
	j.Need(&j.id, "endpoint", "vpce-", "the `ID` of the endpoint")
	j.NeedAll(&j.subnets, "subnets", "subnet-", "the `IDs` of the subnets that it is to have, with commas")
	j.NeedAll(&j.groups, "security-groups", "sg-", "the `IDs` of the security groups that it is to have, with commas")
	j.Switch(&j.apply, "apply", "do it; without it only the plan is shown")
	return j.Run(ctx, args, j.inMemory, j.story)
}

// job is what the recipe builds on. On AWS the flags name it; in memory it is made.
type job struct {
	*recipe.Recipe
	account         recipe.Account
	id              string
	subnets, groups []string
	apply           bool
	byHand          func(context.Context) error // in memory: makes the endpoint
}

func (j *job) story(ctx context.Context) error {
	if j.byHand != nil {
		if err := j.byHand(ctx); err != nil {
			return err
		}
	}
	have, err := endpoint.Get(ctx, j.account, j.id)
	if err != nil {
		return err
	}
	if err := j.show(ctx, "As it is", have); err != nil {
		return err
	}

	ep := endpoint.Interface("adopt").VPC(have.VPC).Service(have.Service).Subnets(j.subnets...).SecurityGroups(j.groups...).Adopt(j.id)
	plan, err := ep.Plan(ctx, j.account)
	if err != nil {
		return err
	}
	j.Printf("%s\n", plan)
	if !j.apply {
		j.Printf("Nothing has been changed. -apply does it.\n")
		return nil
	}
	if j.Cloud != nil {
		j.Cleanup(ep.On(j.account)) // on AWS it stays
	}
	e, err := ep.WaitReady(ctx, j.account, j.Progress())
	if err != nil {
		return err
	}
	if err := j.show(ctx, "Adopted", e); err != nil {
		return err
	}

	e, err = ep.Adopt("").Ensure(ctx, j.account)
	if err != nil {
		return err
	}
	j.Printf("From now on without Adopt: %s is %s.\n", e.ID, e.Outcome)
	return nil
}

// named says what an endpoint is called here; one that was made by hand has no name yet.
func named(name string) string {
	if name == "" {
		return "without a name"
	}
	return fmt.Sprintf("named %q", name)
}

// show prints an endpoint and its addresses.
func (j *job) show(ctx context.Context, when string, e *endpoint.Endpoint) error {
	nics, err := endpoint.NetworkInterfaces(ctx, j.account, e)
	if err != nil {
		return err
	}
	j.Printf("%s: %s, %s, to %s\n", when, e.ID, named(e.Name), e.Service)
	for _, nic := range nics {
		j.Printf("  %s in %s\n", nic.IPv4, nic.AZ)
	}
	return nil
}
