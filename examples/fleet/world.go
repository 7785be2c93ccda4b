package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// In memory there are four accounts of three VPCs each.
const accounts, vpcs = 4, 3

func (j *job) inMemory(cloud *fake.Cloud) {
	for i := range accounts {
		account := cloud.Account(fmt.Sprintf("%012d", 200000000000+i))
		api := endpoint.Batched(account)
		for n := range vpcs {
			net := recipe.NewNetwork(account, n)
			j.places = append(j.places, place{VPC: net.ID, Subnets: []string{net.A.ID, net.B.ID}, api: api})
		}
	}
	provider := cloud.Account("111111111111")
	nlb := j.Balancer(provider, "orders").ARN
	j.offer = func(ctx context.Context) error {
		orders := service.BehindNLB("fleet").LoadBalancers(nlb).Acceptance(false).Allow(privatelink.Everyone)
		j.Cleanup(orders.On(provider))
		svc, err := orders.WaitReady(ctx, provider)
		if err != nil {
			return err
		}
		j.service = svc.ServiceName
		return nil
	}
}

// interrupted is a first run that somebody stops early.
func (j *job) interrupted(ctx context.Context, items []privatelink.Bound) error {
	first, stop := context.WithCancel(ctx)
	defer stop()
	looks := 0
	err := privatelink.EnsureAll(first, items, privatelink.InFlight(1), j.FleetProgress(), privatelink.OnProgress(func(privatelink.AllProgress) {
		if looks++; looks == len(items)/3 {
			stop()
		}
	}))
	if !errors.Is(err, context.Canceled) {
		return err
	}
	j.Printf("Interrupted.\n")
	if err := j.count(ctx); err != nil {
		return err
	}
	j.Printf("The same again:\n")
	return nil
}
