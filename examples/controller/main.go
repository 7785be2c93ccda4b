// Command controller keeps endpoints as their objects declare them, pass by pass, without ever waiting for AWS: the shape of a Kubernetes
// controller, in plain Go.
//
//	go run ./examples/controller
//	go run ./examples/controller -live -service com.amazonaws.vpce.… -vpc vpc-… -subnets subnet-…,subnet-… -security-groups sg-…
//
// Use it when a few workers look after many objects: a pass (Ensure) takes a call or two, says what it waits for, and is made again later.
// controller.go is the part to take: requeue while Waiting, back off on ErrPending, give up where trying again would not help, and finalise
// with WaitGone.
//
// On AWS it makes one interface endpoint (billed by the hour and subnet and by the gigabyte), keeps it until Ctrl-C, and takes it down again
// (-keep leaves it).
//
// IAM: ec2:CreateVpcEndpoint, ModifyVpcEndpoint, DeleteVpcEndpoints, DescribeVpcEndpoints, DescribeNetworkInterfaces, CreateTags.
package main

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
)

func main() { recipe.Main("controller", run) }

func run(ctx context.Context, args []string, out io.Writer) error {
	j := &job{Recipe: recipe.New("controller", out), queue: &queue{pause: sleep, due: map[string]task{}}}
	j.Account(&j.account, "")
	j.Need(&j.service, "service", "com.amazonaws.", "the `name` of the service")
	j.NeedNetwork(&j.vpc, &j.subnets, &j.groups, "the `ID` of the VPC")
	return j.Run(ctx, args, j.inMemory, j.story)
}

// job is what the recipe builds on. On AWS the flags name it; in memory it is made.
type job struct {
	*recipe.Recipe
	account         recipe.Account
	service, vpc    string
	subnets, groups []string
	queue           *queue
	wake            func()                               // puts the object into the queue: it has changed
	script          func(context.Context, *object) error // in memory: what happens around the controller
}

func (j *job) story(ctx context.Context) error {
	orders := &object{name: "orders"}
	c := &controller{api: j.account, report: j.report}
	j.wake = func() {
		j.queue.add(orders.name, 0, func(ctx context.Context) time.Duration { return c.reconcile(ctx, orders) })
	}
	if j.script != nil {
		if err := j.script(ctx, orders); err != nil {
			return err
		}
	}
	orders.want = endpoint.Interface("controller").VPC(j.vpc).Service(j.service).Subnets(j.subnets...).SecurityGroups(j.groups...)
	j.Cleanup(orders.want.On(j.account))

	j.wake()
	err := j.queue.run(ctx)
	if errors.Is(err, context.Canceled) && j.script == nil {
		return nil // Ctrl-C is how it is stopped
	}
	return err
}

// report tells how a pass ended.
func (j *job) report(o *object, status string, again time.Duration) {
	next := "done"
	if again != never {
		next = "again in " + again.String()
	}
	j.Printf("%8v  %s: %s (%s)\n", j.queue.now, o.name, status, next)
}
