package awsprivatelink_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// The code of the pages in docs, word for word; TestDocsQuoteCompiledCode holds it so.

type clients struct {
	provider, consumer *ec2.Client
	dns                dnszone.API
}

func fromTerraform(ctx context.Context, c clients, vpc, a, b, sg, nlb, table string) error {
	orders := service.BehindNLB("orders").
		LoadBalancers(nlb).
		Acceptance(true).
		Allow(privatelink.AccountPrincipal("222222222222")).
		Tag("team", "orders")
	svc, err := orders.WaitReady(ctx, c.provider)
	if err != nil {
		return err
	}

	ep := endpoint.Interface("orders").
		VPC(vpc).
		Service(svc.ServiceName).
		Subnets(a, b).
		SecurityGroups(sg)
	e, err := ep.Ensure(ctx, c.consumer)
	if err != nil {
		return err
	}
	if err := service.Accept(ctx, c.provider, svc.ID, e.ID); err != nil {
		return err
	}
	if e, err = ep.WaitReady(ctx, c.consumer); err != nil {
		return err
	}

	zone := dnszone.Private("orders.internal").VPC("eu-west-1", vpc).Alias("api", e.DNS.Regional)
	if _, err := zone.WaitReady(ctx, c.dns); err != nil {
		return err
	}

	s3 := endpoint.Gateway("s3").VPC(vpc).Service(endpoint.AWSService("eu-west-1", "s3")).RouteTables(table)
	_, err = s3.WaitReady(ctx, c.consumer)
	return err
}

func planned(ctx context.Context, zone *dnszone.PrivateBuilder, ep *endpoint.InterfaceBuilder, orders *service.NLBBuilder, c clients) error {
	plans, err := privatelink.PlanAll(ctx, orders.On(c.provider), ep.On(c.consumer), zone.On(c.dns))
	for _, plan := range plans {
		fmt.Println(plan)
	}
	return err
}

func takenOver(ctx context.Context, ep *endpoint.InterfaceBuilder, c clients) error {
	adopted := ep.Clone().Adopt("vpce-0123456789abcdef0") // as terraform state show tells it
	plan, err := adopted.Plan(ctx, c.consumer)            // look at it first
	if err != nil {
		return err
	}
	fmt.Println(plan)
	_, err = adopted.WaitReady(ctx, c.consumer)
	return err
}

func takenDown(ctx context.Context, zone *dnszone.PrivateBuilder, ep *endpoint.InterfaceBuilder, orders *service.NLBBuilder, c clients) error {
	return privatelink.DeleteAll(ctx, zone.On(c.dns), ep.On(c.consumer), orders.On(c.provider))
}

// withSDK is what one writes with the SDK alone.
func withSDK(ctx context.Context, client *ec2.Client, vpc, serviceName string, subnets, groups []string) (string, error) {
	out, err := client.CreateVpcEndpoint(ctx, &ec2.CreateVpcEndpointInput{
		VpcEndpointType:  types.VpcEndpointTypeInterface,
		VpcId:            aws.String(vpc),
		ServiceName:      aws.String(serviceName),
		SubnetIds:        subnets,
		SecurityGroupIds: groups,
	})
	if err != nil {
		return "", err
	}
	id := aws.ToString(out.VpcEndpoint.VpcEndpointId)
	for {
		seen, err := client.DescribeVpcEndpoints(ctx, &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{id}})
		if err != nil {
			return "", err
		}
		if seen.VpcEndpoints[0].State == types.StateAvailable {
			return aws.ToString(seen.VpcEndpoints[0].DnsEntries[0].DnsName), nil
		}
		time.Sleep(5 * time.Second)
	}
}

// withUs is the same with this library.
func withUs(ctx context.Context, client *ec2.Client, vpc, serviceName string, subnets, groups []string) (string, error) {
	ep := endpoint.Interface("orders").VPC(vpc).Service(serviceName).Subnets(subnets...).SecurityGroups(groups...)
	e, err := ep.WaitReady(ctx, client)
	if err != nil {
		return "", err
	}
	return e.DNS.Regional.Name, nil
}

// told is how errors are told apart.
func told(err error) string {
	switch {
	case errors.Is(err, privatelink.ErrPending):
		return "nothing is wrong: call again"
	case errors.Is(err, privatelink.ErrRejected):
		return "the provider does not want us"
	case errors.Is(err, privatelink.ErrConflict):
		return "something of somebody else is in the way"
	}
	return "AWS's own error is in the chain"
}

var _ = []any{fromTerraform, planned, takenOver, takenDown, withSDK, withUs, told}
