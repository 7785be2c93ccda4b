// Command fleet gives the VPCs of many accounts and Regions a way to one service: all at the same time, with few calls, and so that it can be
// interrupted and run again.
//
//	go run ./examples/fleet
//	go run ./examples/fleet -live -service com.amazonaws.vpce.… -places places.json -keep
//
// Use it when there are more endpoints than a person would make one by one. Ctrl-C stops it; with -keep the next run goes on from there. The
// file of places is a JSON array, of the VPCs that are to be connected:
//
//	[{"profile": "team-a", "region": "eu-west-1", "vpc": "vpc-…", "subnets": ["subnet-…"]}, …]
//
// It makes an interface endpoint for each place, billed by the hour and subnet and by the gigabyte, and takes all down again (-keep leaves
// them). The service accepts its connections by itself, or somebody runs examples/acceptor.
//
// IAM, in each account: ec2:CreateVpcEndpoint, ModifyVpcEndpoint, DeleteVpcEndpoints, DescribeVpcEndpoints, DescribeNetworkInterfaces, CreateTags.
package main

import (
	"context"
	"errors"
	"io"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func main() { recipe.Main("fleet", run) }

func run(ctx context.Context, args []string, out io.Writer) error {
	j := &job{Recipe: recipe.New("fleet", out)}
	j.Need(&j.service, "service", "com.amazonaws.", "the `name` of the service")
	j.Need(&j.file, "places", "", "a JSON `file` of the places to connect")
	return j.Run(ctx, args, j.inMemory, j.story)
}

// job is what the recipe builds on. On AWS the flags name it; in memory it is made.
type job struct {
	*recipe.Recipe
	service string
	file    string
	places  []place
	offer   func(context.Context) error // in memory: makes the service
}

// place is a VPC that is to be connected.
type place struct {
	Profile string   `json:"profile"`
	Region  string   `json:"region"`
	VPC     string   `json:"vpc"`
	Subnets []string `json:"subnets"`

	api endpoint.API // one for all places of an account and Region, so that they share their calls
}

func (j *job) story(ctx context.Context) error {
	if err := j.prepare(ctx); err != nil {
		return err
	}
	var items []privatelink.Bound
	for _, p := range j.places {
		items = append(items, endpoint.Interface("fleet").VPC(p.VPC).Service(j.service).Subnets(p.Subnets...).On(p.api))
	}
	j.Cleanup(items...)
	if j.Cloud != nil {
		if err := j.interrupted(ctx, items); err != nil {
			return err
		}
	}

	err := privatelink.EnsureAll(ctx, items, j.FleetProgress(), privatelink.EachWait(privatelink.Timeout(0))) // until Ctrl-C
	return errors.Join(err, j.count(context.WithoutCancel(ctx)))
}

// count says how far it is, by one read for each account and Region.
func (j *job) count(ctx context.Context) error {
	ready, seen := 0, map[endpoint.API]bool{}
	for _, p := range j.places {
		if seen[p.api] {
			continue
		}
		seen[p.api] = true
		for e, err := range endpoint.List(ctx, p.api, "") {
			if err != nil {
				return err
			}
			if e.Name == "fleet" && e.State == privatelink.Available {
				ready++
			}
		}
	}
	j.Printf("%d of %d VPCs have a way to the service.\n", ready, len(j.places))
	return nil
}
