package bench_test

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// flow is one thing that is done to an endpoint.
type flow string

const (
	create    flow = "create"
	unchanged flow = "no change"
	change    flow = "change"
	remove    flow = "delete"
)

var flows = []flow{create, unchanged, change, remove}

type deed func(context.Context, *place) error

// peer is a way to do it.
type peer struct {
	name  string
	does  func(w *world) map[flow]deed
	waits map[flow]bool // whether it waits for AWS
	want  map[flow]want // its calls
}

// want is what a way costs according to a survey of its source, for one endpoint in three subnets for which AWS takes a minute, and how many of
// these calls are for what these flows do not have.
type want struct{ calls, elsewhere int }

// The peers, as their source was read in 2026. None of them knows limits here, and each endpoint has a goroutine of its own.
func peers() []peer {
	both := map[flow]bool{create: true, remove: true}
	return []peer{
		{"aws-privatelink", ours, both, map[flow]want{unchanged: {calls: 1}, change: {calls: 3}}},
		{"Terraform", terraform, both, map[flow]want{create: {calls: 13}, unchanged: {calls: 5}, change: {calls: 12}, remove: {calls: 13}}},
		{"unobin", unobin, both, map[flow]want{create: {calls: 16}, unchanged: {calls: 2}, change: {calls: 4}, remove: {calls: 15}}},
		// Of its deletion six calls are for a security group and records.
		{"HyperShift", hypershift, map[flow]bool{remove: true}, map[flow]want{create: {calls: 3}, unchanged: {calls: 3}, change: {calls: 4}, remove: {calls: 18, elsewhere: 6}}},
		{"SDK loop, 5 s", loop, both, map[flow]want{}},
	}
}

// ours is this library, all endpoints of a fleet through one client; a single one without.
func ours(w *world) map[flow]deed {
	api := endpoint.API(w)
	if len(w.places) > 1 {
		api = endpoint.Batched(w)
	}
	return map[flow]deed{
		create: func(ctx context.Context, p *place) error {
			e, err := p.declared(0).WaitReady(ctx, api)
			if err == nil {
				p.id = e.ID
			}
			return err
		},
		unchanged: func(ctx context.Context, p *place) error {
			_, err := p.declared(0).Ensure(ctx, api)
			return err
		},
		change: func(ctx context.Context, p *place) error {
			_, err := p.declared(1).WaitReady(ctx, api)
			return err
		},
		remove: func(ctx context.Context, p *place) error { return p.declared(0).WaitGone(ctx, api) },
	}
}

// terraform refreshes before it acts, looks after 5, 10, 20, 30 … seconds, and reads everything again: the endpoint, the prefix list, and each
// network interface.
func terraform(w *world) map[flow]deed {
	at := func(look int) time.Duration { return max(5*time.Second, time.Duration(look)*10*time.Second) }
	refresh := func(ctx context.Context, p *place) error { return w.everything(ctx, p, true) }
	wait := func(state privatelink.State) deed {
		return func(ctx context.Context, p *place) error { return w.until(ctx, p, state, 1, at) }
	}
	available, gone := wait(privatelink.Available), wait("")
	return map[flow]deed{
		create:    inTurn(w.create, available, refresh),
		unchanged: refresh,
		change:    inTurn(refresh, w.modify, available, refresh),
		remove:    inTurn(refresh, w.delete, gone),
	}
}

// unobin looks at once and then every five seconds, twice for an end, and reads the endpoint and the prefix list.
func unobin(w *world) map[flow]deed {
	at := func(look int) time.Duration { return time.Duration(look) * 5 * time.Second }
	refresh := func(ctx context.Context, p *place) error { return w.everything(ctx, p, false) }
	available := func(ctx context.Context, p *place) error { return w.until(ctx, p, privatelink.Available, 1, at) }
	gone := func(ctx context.Context, p *place) error { return w.until(ctx, p, "", 2, at) }
	return map[flow]deed{
		create:    inTurn(w.create, available, refresh),
		unchanged: refresh,
		change:    inTurn(refresh, w.modify, available),
		remove:    inTurn(w.delete, gone),
	}
}

// hypershift finds by tag, creates and reads once without looking at the state; deletes again and again, with pauses from three to thirty seconds.
func hypershift(w *world) map[flow]deed {
	find := func(ctx context.Context, p *place) error {
		_, err := w.DescribeVpcEndpoints(ctx, &ec2.DescribeVpcEndpointsInput{Filters: []types.Filter{{Name: aws.String("tag:Name"), Values: []string{p.name}}}})
		return err
	}
	read := func(ctx context.Context, p *place) error {
		_, err := w.state(ctx, p)
		return err
	}
	groups := func(ctx context.Context, p *place) error {
		_, err := w.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{GroupIds: p.groups[:1]})
		return err
	}
	return map[flow]deed{
		create:    inTurn(find, w.create, read),
		unchanged: inTurn(find, read, groups),
		change:    inTurn(find, read, groups, w.modify),
		remove: func(ctx context.Context, p *place) error {
			for pause := 3 * time.Second; ; pause = min(2*pause, 30*time.Second) {
				if err := w.delete(ctx, p); err != nil {
					return err
				}
				if state, err := w.state(ctx, p); state == "" || err != nil {
					return err
				}
				time.Sleep(pause)
			}
		},
	}
}

// loop is what one writes with the SDK: a call, and then a look every five seconds.
func loop(w *world) map[flow]deed {
	at := func(look int) time.Duration { return time.Duration(look+1) * 5 * time.Second }
	read := func(ctx context.Context, p *place) error {
		_, err := w.state(ctx, p)
		return err
	}
	available := func(ctx context.Context, p *place) error { return w.until(ctx, p, privatelink.Available, 1, at) }
	gone := func(ctx context.Context, p *place) error { return w.until(ctx, p, "", 1, at) }
	return map[flow]deed{
		create:    inTurn(w.create, available),
		unchanged: read,
		change:    inTurn(read, w.modify, available),
		remove:    inTurn(w.delete, gone),
	}
}

func inTurn(deeds ...deed) deed {
	return func(ctx context.Context, p *place) error {
		for _, d := range deeds {
			if err := d(ctx, p); err != nil {
				return err
			}
		}
		return nil
	}
}

// everything reads an endpoint, its prefix list, and perhaps its network interfaces one by one.
func (w *world) everything(ctx context.Context, p *place, interfaces bool) error {
	out, err := w.DescribeVpcEndpoints(ctx, &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{p.id}})
	if err != nil {
		return err
	}
	if _, err = w.DescribePrefixLists(ctx, &ec2.DescribePrefixListsInput{Filters: []types.Filter{{Name: aws.String("prefix-list-name"), Values: []string{sts}}}}); err != nil || !interfaces {
		return err
	}
	for _, id := range out.VpcEndpoints[0].NetworkInterfaceIds {
		if _, err := w.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{NetworkInterfaceIds: []string{id}}); err != nil {
			return err
		}
	}
	return nil
}
