package main

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
)

func (j *job) inMemory(cloud *fake.Cloud) {
	account := cloud.Account("111111111111")
	net := recipe.NewNetwork(account, 2)
	j.account, j.subnets, j.groups, j.apply = recipe.InMemory(account), []string{net.A.ID, net.B.ID}, []string{net.Group.ID}, true
	j.byHand = func(ctx context.Context) error {
		j.CleanupFunc(func(ctx context.Context) error { return removeAll(ctx, account, net.VPC.ID) })
		service := endpoint.AWSService(account.Region, "sts")
		made, err := account.CreateVpcEndpoint(ctx, &ec2.CreateVpcEndpointInput{
			VpcEndpointType: types.VpcEndpointTypeInterface, VpcId: &net.VPC.ID, ServiceName: &service, SubnetIds: []string{net.A.ID},
		})
		if err != nil {
			return err
		}
		j.id = *made.VpcEndpoint.VpcEndpointId
		return nil
	}
}

// removeAll removes the endpoints of a VPC by hand, as they were made.
func removeAll(ctx context.Context, account *fake.Account, vpc string) error {
	out, err := account.DescribeVpcEndpoints(ctx, nil)
	if err != nil {
		return err
	}
	for _, e := range out.VpcEndpoints {
		if *e.VpcId == vpc {
			_, err = account.DeleteVpcEndpoints(ctx, &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{*e.VpcEndpointId}})
		}
	}
	return err
}
