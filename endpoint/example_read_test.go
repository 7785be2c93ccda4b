package endpoint_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// Names are not to be put together or split at dots by hand.
func ExampleAWSService() {
	fmt.Println(endpoint.AWSService("eu-west-1", "ecr.dkr"))
	fmt.Println(endpoint.AWSService("cn-north-1", "s3"))
	// Output:
	// com.amazonaws.eu-west-1.ecr.dkr
	// com.amazonaws.cn-north-1.s3
}

func ExampleParseServiceName() {
	for _, name := range []string{"com.amazonaws.eu-west-1.ecr.dkr", "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d", "orders.example.com"} {
		s, err := endpoint.ParseServiceName(name)
		fmt.Printf("%q %q %q %v\n", s.Region, s.Service, s.Provider, err != nil)
	}
	// Output:
	// "eu-west-1" "ecr.dkr" "" false
	// "us-east-1" "" "vpce-svc-0a1b2c3d" false
	// "" "" "" true
}

// Of all subnets of a VPC, one for each Availability Zone that the service offers.
func ExampleSubnetsFor() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	name, consumer := shared(cloud), cloud.Account("222222222222") // the provider is in us-east-1a only
	vpc := consumer.VPC("10.0.0.0/16")
	a, again, b := vpc.Subnet("us-east-1a", "10.0.1.0/24"), vpc.Subnet("us-east-1a", "10.0.2.0/24"), vpc.Subnet("us-east-1b", "10.0.3.0/24")

	subnets := must(endpoint.SubnetsFor(ctx, consumer, name, a.ID, again.ID, b.ID))
	fmt.Println(len(subnets), subnets[0] == a.ID)
	// Output: 1 true
}

// List gives what this library made, of whatever name.
func ExampleList() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	must(endpoint.Interface("sts").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts")).WaitReady(ctx, account))
	must(endpoint.Gateway("s3").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).WaitReady(ctx, account))
	madeByHand(account, vpc.ID, "com.amazonaws.us-east-1.dynamodb")

	for e, err := range endpoint.List(ctx, account, vpc.ID) {
		check(err)
		fmt.Println(e.Kind, e.Name)
	}
	// Unordered output:
	// Interface sts
	// Gateway s3
}

// Get reads by ID, also what somebody else made.
func ExampleGet() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	id := madeByHand(account, account.VPC("10.0.0.0/16").ID, "com.amazonaws.us-east-1.sts")
	fmt.Println(must(endpoint.Get(ctx, account, id)).Service)
	_, err := endpoint.Get(ctx, account, "vpce-0123456789abcdef0")
	fmt.Println(errors.Is(err, privatelink.ErrNotFound))
	// Output:
	// com.amazonaws.us-east-1.sts
	// true
}

// Once the provider has accepted, the endpoint is available a moment later.
func ExampleWaitState() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	name, provider, consumer := shared(cloud), cloud.Account("111111111111"), cloud.Account("222222222222")
	e := must(endpoint.Interface("orders").VPC(consumer.VPC("10.0.0.0/16").ID).Service(name).Ensure(ctx, consumer))

	check(service.Accept(ctx, provider, must(service.Lookup(ctx, consumer, name)).ServiceID, e.ID))
	e, err := endpoint.WaitState(ctx, consumer, e.ID, privatelink.Available)
	fmt.Println(e.State, err)
	// Output: available <nil>
}

// The addresses of an endpoint stay the same for its life.
func ExampleNetworkInterfaces() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	a, b := vpc.Subnet("us-east-1a", "10.0.1.0/24"), vpc.Subnet("us-east-1b", "10.0.2.0/24")
	e := must(endpoint.Interface("sts").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts")).Subnets(a.ID, b.ID).WaitReady(ctx, account))

	for _, ni := range must(endpoint.NetworkInterfaces(ctx, account, e)) {
		fmt.Println(ni.AZ, ni.IPv4, ni.RequesterManaged)
	}
	// Unordered output:
	// us-east-1a 10.0.1.4 true
	// us-east-1b 10.0.2.4 true
}

// A security group can name the prefix list in place of S3's addresses.
func ExamplePrefixLists() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	s3 := endpoint.Gateway("s3").VPC(account.VPC("10.0.0.0/16").ID).Service(endpoint.AWSService("us-east-1", "s3"))
	for _, list := range must(endpoint.PrefixLists(ctx, account, must(s3.WaitReady(ctx, account)))) {
		fmt.Println(list.Name, "IPv4:", list.CIDRs[0].Addr().Is4())
	}
	// Output:
	// com.amazonaws.us-east-1.s3 IPv4: true
	// com.amazonaws.us-east-1.s3 IPv4: false
}

// What a tool that makes gateway endpoints has to be allowed.
func ExampleIAMPolicy() {
	fmt.Print(endpoint.IAMPolicy(endpoint.KindGateway))
	// Output:
	// {
	//   "Version": "2012-10-17",
	//   "Statement": [
	//     {
	//       "Sid": "Read",
	//       "Effect": "Allow",
	//       "Action": [
	//         "ec2:DescribePrefixLists",
	//         "ec2:DescribeVpcAttribute",
	//         "ec2:DescribeVpcEndpointServices",
	//         "ec2:DescribeVpcEndpoints"
	//       ],
	//       "Resource": [
	//         "*"
	//       ]
	//     },
	//     {
	//       "Sid": "Create",
	//       "Effect": "Allow",
	//       "Action": [
	//         "ec2:CreateVpcEndpoint"
	//       ],
	//       "Resource": [
	//         "arn:*:ec2:*:*:vpc-endpoint/*"
	//       ],
	//       "Condition": {
	//         "Null": {
	//           "aws:RequestTag/privatelink:name": "false"
	//         }
	//       }
	//     },
	//     {
	//       "Sid": "CreateIn",
	//       "Effect": "Allow",
	//       "Action": [
	//         "ec2:CreateVpcEndpoint"
	//       ],
	//       "Resource": [
	//         "arn:*:ec2:*:*:vpc/*",
	//         "arn:*:ec2:*:*:route-table/*"
	//       ]
	//     },
	//     {
	//       "Sid": "TagNew",
	//       "Effect": "Allow",
	//       "Action": [
	//         "ec2:CreateTags"
	//       ],
	//       "Resource": [
	//         "arn:*:ec2:*:*:vpc-endpoint/*"
	//       ],
	//       "Condition": {
	//         "StringEquals": {
	//           "ec2:CreateAction": "CreateVpcEndpoint"
	//         }
	//       }
	//     },
	//     {
	//       "Sid": "Change",
	//       "Effect": "Allow",
	//       "Action": [
	//         "ec2:CreateTags",
	//         "ec2:DeleteVpcEndpoints",
	//         "ec2:ModifyVpcEndpoint"
	//       ],
	//       "Resource": [
	//         "arn:*:ec2:*:*:vpc-endpoint/*"
	//       ],
	//       "Condition": {
	//         "Null": {
	//           "aws:ResourceTag/privatelink:name": "false"
	//         }
	//       }
	//     },
	//     {
	//       "Sid": "Adopt",
	//       "Effect": "Allow",
	//       "Action": [
	//         "ec2:CreateTags"
	//       ],
	//       "Resource": [
	//         "arn:*:ec2:*:*:vpc-endpoint/*"
	//       ],
	//       "Condition": {
	//         "Null": {
	//           "aws:RequestTag/privatelink:name": "false"
	//         }
	//       }
	//     },
	//     {
	//       "Sid": "ChangeIn",
	//       "Effect": "Allow",
	//       "Action": [
	//         "ec2:ModifyVpcEndpoint"
	//       ],
	//       "Resource": [
	//         "arn:*:ec2:*:*:route-table/*"
	//       ]
	//     }
	//   ]
	// }
}
