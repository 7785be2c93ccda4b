package main

import (
	"context"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// consumer is somebody who asks for a connection.
type consumer struct {
	*fake.Account
	net recipe.Network
}

func (j *job) inMemory(cloud *fake.Cloud) {
	provider := cloud.Account("111111111111")
	j.provider, j.loadBalancer = recipe.InMemory(provider), j.Balancer(provider, "orders").ARN
	for i, id := range []string{"222222222222", "333333333333", "444444444444"} {
		j.consumers = append(j.consumers, consumer{cloud.Account(id), recipe.NewNetwork(cloud.Account(id), 2+i)})
	}
	j.accounts = []string{"222222222222", "444444444444"}
}

// inMemoryStory has three consumers ask, and stops the acceptor when all have their answers.
func (j *job) inMemoryStory(ctx context.Context) error {
	orders := service.BehindNLB("acceptor").LoadBalancers(j.loadBalancer).Acceptance(true).Allow(privatelink.Everyone)
	j.Cleanup(orders.On(j.provider))
	svc, err := orders.WaitReady(ctx, j.provider)
	if err != nil {
		return err
	}
	j.serviceID = svc.ID
	for _, c := range j.consumers {
		ep := endpoint.Interface("acceptor").VPC(c.net.ID).Service(svc.ServiceName).Subnets(c.net.A.ID)
		j.Cleanup(ep.On(c))
		if _, err := ep.Ensure(ctx, c); err != nil {
			return err
		}
	}

	working, stop := context.WithCancel(ctx)
	defer stop()
	j.stopAfter(len(j.consumers), stop)
	if err := j.story(working); err != nil {
		return err
	}
	for _, c := range j.consumers {
		for e, err := range endpoint.List(ctx, c, c.net.ID) {
			if err != nil {
				return err
			}
			j.Printf("Account %s sees its endpoint %s.\n", c.ID, e.State)
		}
	}
	return nil
}

// stopAfter stops the acceptor when so many connections have been answered. A hook that is there already stays.
func (j *job) stopAfter(answers int, stop func()) {
	var mu sync.Mutex
	answered := map[string]bool{}
	hook := j.Cloud.After
	j.Cloud.After = func(ctx context.Context, call *fake.Call) error {
		mu.Lock()
		defer mu.Unlock()
		for _, id := range answersIn(call) {
			answered[id] = true
		}
		if len(answered) == answers {
			stop()
		}
		if hook != nil {
			return hook(ctx, call)
		}
		return nil
	}
}

// answersIn are the endpoints whose connections a call has accepted or rejected.
func answersIn(call *fake.Call) []string {
	if call.Err != nil {
		return nil
	}
	switch in := call.Input.(type) {
	case *ec2.AcceptVpcEndpointConnectionsInput:
		return in.VpcEndpointIds
	case *ec2.RejectVpcEndpointConnectionsInput:
		return in.VpcEndpointIds
	}
	return nil
}
