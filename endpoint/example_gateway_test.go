package endpoint_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// madeByHand is what somebody does who does not know this library: an interface endpoint, or a gateway endpoint to DynamoDB.
func madeByHand(account *fake.Account, vpc, serviceName string) string {
	kind := types.VpcEndpointTypeInterface
	if serviceName == "com.amazonaws.us-east-1.dynamodb" {
		kind = types.VpcEndpointTypeGateway
	}
	out := must(account.CreateVpcEndpoint(context.Background(), &ec2.CreateVpcEndpointInput{
		VpcId: aws.String(vpc), ServiceName: aws.String(serviceName), VpcEndpointType: kind,
	}))
	return aws.ToString(out.VpcEndpoint.VpcEndpointId)
}

// S3 by way of a route table, free of charge.
func ExampleGateway() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111") // in production: an *ec2.Client
	vpc := account.VPC("10.0.0.0/16")
	table := vpc.RouteTable(vpc.Subnet("us-east-1a", "10.0.1.0/24"))

	s3 := endpoint.Gateway("s3").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).RouteTables(table.ID)
	e := must(s3.WaitReady(ctx, account))
	fmt.Println(e.Kind, e.State, len(e.RouteTables))
	// Output: Gateway available 1
}

// Everything that can be declared. What no setter names is left to AWS.
func ExampleGatewayBuilder() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")

	s3 := endpoint.Gateway("s3").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).
		RouteTables(vpc.RouteTable().ID, vpc.RouteTable().ID).
		IPAddressType(endpoint.IPv4).DNSRecordIPType(endpoint.ServiceDefined).
		Policy(`{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]}`).
		Tags(privatelink.Tags{"team": "storage"}).Tag("stage", "live")
	fmt.Println(must(s3.WaitReady(ctx, account)).Tags["team"])
	fmt.Println(must(s3.DefaultPolicy().WaitReady(ctx, account)).Outcome) // full access again
	// Output:
	// storage
	// updated
}

// All that is wrong is said at once, without a call.
func ExampleGatewayBuilder_Validate() {
	err := endpoint.Gateway("s3 bucket").VPC("vpc-0a1b2c3d").Service(endpoint.AWSService("us-east-1", "s3")).RouteTables("rtb-1", "rtb-1").Validate()
	for _, problem := range privatelink.Problems(err) {
		fmt.Println(problem)
	}
	// Output:
	// the name "s3 bucket" is not 1 to 128 of the characters A-Z a-z 0-9 . _ : / = + @ -
	// route table "rtb-1" is named twice: name it once
}

// Find needs the name and the VPC only.
func ExampleGatewayBuilder_Find() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	_, err := endpoint.Gateway("s3").VPC(vpc.ID).Find(ctx, account)
	fmt.Println(errors.Is(err, privatelink.ErrNotFound))
	// Output: true
}

// The plan of a change reads like a diff.
func ExampleGatewayBuilder_Plan() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	s3 := endpoint.Gateway("s3").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).Tag("stage", "test")
	must(s3.WaitReady(ctx, account))

	plan := must(s3.Tag("stage", "live").Plan(ctx, account))
	fmt.Println(plan.Action, plan.Changes[0])
	// Output: update tags: stage=test → stage=live
}

// One pass makes the endpoint, which is available at once, or changes what differs.
func ExampleGatewayBuilder_Ensure() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	s3 := endpoint.Gateway("s3").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "s3"))
	fmt.Println(must(s3.Ensure(ctx, account)).Outcome)
	fmt.Println(must(s3.RouteTables(vpc.RouteTable().ID).Ensure(ctx, account)).Outcome)
	// Output:
	// created
	// updated
}

// A route table has one gateway endpoint of a service at most.
func ExampleGatewayBuilder_WaitReady() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	table := vpc.RouteTable()
	s3 := endpoint.Gateway("s3").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).RouteTables(table.ID)
	fmt.Println(must(s3.WaitReady(ctx, account)).Ready)

	_, err := s3.CloneAs("s3-again").WaitReady(ctx, account)
	fmt.Println(errors.Is(err, privatelink.ErrConflict))
	// Output:
	// true
	// true
}

// Delete takes the routes with it; what is gone already is no error.
func ExampleGatewayBuilder_Delete() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	s3 := endpoint.Gateway("s3").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).RouteTables(vpc.RouteTable().ID)
	must(s3.WaitReady(ctx, account))
	fmt.Println(s3.Delete(ctx, account), s3.Delete(ctx, account))
	// Output: <nil> <nil>
}

// WaitGone needs the name and the VPC only: what the endpoint was like does not matter.
func ExampleGatewayBuilder_WaitGone() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	must(endpoint.Gateway("s3").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).RouteTables(vpc.RouteTable().ID).WaitReady(ctx, account))
	fmt.Println(endpoint.Gateway("s3").VPC(vpc.ID).WaitGone(ctx, account))
	// Output: <nil>
}

// What somebody made by hand becomes ours.
func ExampleGatewayBuilder_Adopt() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	id := madeByHand(account, vpc.ID, "com.amazonaws.us-east-1.dynamodb")
	table := endpoint.Gateway("dynamodb").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "dynamodb"))

	items := []privatelink.Bound{table.Clone().Adopt(id).On(account)}
	plans := must(privatelink.PlanAll(ctx, items...)) // to be shown before anything is touched
	fmt.Println(plans[0].Action, plans[0].ID == id)
	check(privatelink.EnsureAll(ctx, items))
	fmt.Println(must(table.Find(ctx, account)).ID == id)
	// Output:
	// update true
	// true
}
