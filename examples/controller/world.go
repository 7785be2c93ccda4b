package main

import (
	"context"
	"time"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func (j *job) inMemory(cloud *fake.Cloud) {
	provider, consumer := cloud.Account("111111111111"), cloud.Account("222222222222")
	net := recipe.NewNetwork(consumer, 2)
	nlb := j.Balancer(provider, "orders").ARN
	j.account = recipe.InMemory(consumer)
	j.vpc, j.subnets, j.groups = net.ID, []string{net.A.ID}, []string{net.Group.ID}
	if cloud.Delay == 0 {
		j.queue.pause = func(ctx context.Context, _ time.Duration) error { return ctx.Err() } // nothing takes time here
	}
	cloud.Inject(fake.Refuse("OperationInProgress", "VpcEndpoint modify operation in progress").On("ModifyVpcEndpoint").Times(1))
	j.script = func(ctx context.Context, o *object) error { return j.play(ctx, o, provider, nlb, net.B.ID) }
}

// play makes a provider's service, and puts into the queue what people do meanwhile: the provider accepts, a user wants another subnet and
// then nothing any more.
func (j *job) play(ctx context.Context, o *object, provider *fake.Account, nlb, another string) error {
	orders := service.BehindNLB("controller").LoadBalancers(nlb).Acceptance(true).Allow(privatelink.Everyone)
	j.Cleanup(orders.On(provider))
	svc, err := orders.WaitReady(ctx, provider)
	if err != nil {
		return err
	}
	j.service = svc.ServiceName

	j.event(20*time.Second, "the provider accepts", func(ctx context.Context) error {
		for conn, err := range service.Connections(ctx, provider, svc.ID) {
			if err != nil {
				return err
			}
			if err := service.Accept(ctx, provider, svc.ID, conn.EndpointID); err != nil {
				return err
			}
		}
		return nil
	})
	j.event(3*time.Minute, "the object gets another subnet", func(context.Context) error {
		o.want.Subnets(append(j.subnets, another)...)
		j.wake()
		return nil
	})
	j.event(8*time.Minute, "the object is deleted", func(context.Context) error {
		o.deleted = true
		j.wake()
		return nil
	})
	return nil
}

// event puts something into the queue that somebody does at a time, and does again a minute later where it fails.
func (j *job) event(at time.Duration, what string, do func(context.Context) error) {
	j.queue.add(what, at, func(ctx context.Context) time.Duration {
		if err := do(ctx); err != nil {
			return time.Minute
		}
		j.Printf("%8v  %s\n", j.queue.now, what)
		return never
	})
}
