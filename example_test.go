package awsprivatelink_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// The parts between "readme:" and "end" are the README's code, word for word.

func recipe(ctx context.Context, provider service.API, consumer endpoint.API, dns dnszone.API, nlbARN, region, vpc, a, b, sg string) error {
	// readme: recipe
	orders := service.BehindNLB("orders").LoadBalancers(nlbARN).Acceptance(true).Allow(privatelink.AccountPrincipal("222222222222"))
	svc, err := orders.WaitReady(ctx, provider) // provider, consumer: *ec2.Client, or a fake.Account
	if err != nil {
		return err
	}
	ep := endpoint.Interface("orders").VPC(vpc).Service(svc.ServiceName).Subnets(a, b).SecurityGroups(sg)
	e, err := ep.Ensure(ctx, consumer) // makes the endpoint, and does not wait: the provider has to accept it first
	if err != nil {
		return err
	}
	if err := service.Accept(ctx, provider, svc.ID, e.ID); err != nil {
		return err
	}
	if e, err = ep.WaitReady(ctx, consumer); err != nil {
		return err
	}
	zone := dnszone.Private("orders.internal").VPC(region, vpc).Alias("api", e.DNS.Regional)
	if _, err := zone.WaitReady(ctx, dns); err != nil { // dns: *route53.Client, or a fake.Account
		return err
	}
	// From here on api.orders.internal leads to the API, inside the VPC and nowhere else. The teardown:
	return privatelink.DeleteAll(ctx, zone.On(dns), ep.On(consumer), orders.On(provider))
	// end
}

func TestRecipe(t *testing.T) {
	cloud := &fake.Cloud{}
	fake.NoLeaks(t, cloud)
	provider, consumer := cloud.Account("111111111111"), cloud.Account("222222222222")
	shared, vpc := provider.VPC("10.1.0.0/16"), consumer.VPC("10.2.0.0/16")
	nlb := provider.NLB("orders", shared.Subnet("us-east-1a", "10.1.1.0/24"), shared.Subnet("us-east-1b", "10.1.2.0/24"))
	a, b := vpc.Subnet("us-east-1a", "10.2.1.0/24"), vpc.Subnet("us-east-1b", "10.2.2.0/24")
	sg := vpc.SecurityGroup("orders")
	require.NoError(t, recipe(t.Context(), provider, consumer, consumer, nlb.ARN, "us-east-1", vpc.ID, a.ID, b.ID, sg.ID))
}

// place is where one endpoint of a fleet belongs.
type place struct{ name, vpc, subnet string }

func fleet(ctx context.Context, client endpoint.API, places []place, serviceName string) error {
	// readme: fleet
	api := endpoint.Batched(client) // one for an account and Region, and all who use it
	var items []privatelink.Bound
	for _, p := range places {
		items = append(items, endpoint.Interface(p.name).VPC(p.vpc).Subnets(p.subnet).Service(serviceName).On(api))
	}
	return privatelink.EnsureAll(ctx, items, privatelink.OnProgress(func(p privatelink.AllProgress) {
		fmt.Printf("%d of %d after %v, %d calls\n", p.Done, len(items), p.Elapsed, p.Calls)
	}))
	// end
}

func TestFleet(t *testing.T) {
	cloud := &fake.Cloud{}
	account := cloud.Account("111111111111")
	var places []place
	for i := range 3 {
		vpc := account.VPC("10.1.0.0/16")
		places = append(places, place{fmt.Sprint("sts-", i), vpc.ID, vpc.Subnet("us-east-1a", "10.1.1.0/24").ID})
	}
	require.NoError(t, fleet(t.Context(), account, places, endpoint.AWSService("us-east-1", "sts")))
	made := 0
	for e, err := range endpoint.List(t.Context(), account, "") {
		require.NoError(t, err)
		require.True(t, e.Ready)
		made++
	}
	require.Equal(t, 3, made)
}
