package endpoint_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// verbs is a builder of any kind.
type verbs interface {
	Ensure(context.Context, endpoint.API) (*endpoint.Endpoint, error)
	Plan(context.Context, endpoint.API) (privatelink.Plan, error)
}

// setting is one setter: what it adds to the request that makes the endpoint, and the request that a change of it sends.
type setting struct {
	name          string
	without, with verbs
	created       func(*ec2.CreateVpcEndpointInput)
	changed       verbs
	modified      *ec2.ModifyVpcEndpointInput
	tagged        *ec2.CreateTagsInput
}

func tagList(keyValues ...string) (out []types.Tag) {
	for i := 0; i < len(keyValues); i += 2 {
		out = append(out, types.Tag{Key: aws.String(keyValues[i]), Value: aws.String(keyValues[i+1])})
	}
	return out
}

func settings() []setting {
	inter := func() *endpoint.InterfaceBuilder { return endpoint.Interface("x").VPC("vpc-1").Service(provide) }
	gate := func() *endpoint.GatewayBuilder {
		return endpoint.Gateway("x").VPC("vpc-1").Service(endpoint.AWSService("us-east-1", "s3"))
	}
	gwlb := func() *endpoint.GatewayLoadBalancerBuilder {
		return endpoint.GatewayLoadBalancer("x").VPC("vpc-1").Service(provide).Subnet("subnet-1")
	}
	born := func(team string) func(*ec2.CreateVpcEndpointInput) {
		return func(in *ec2.CreateVpcEndpointInput) {
			in.TagSpecifications[0].Tags = tagList("Name", "x", privatelink.NameTag, "x", "team", team)
		}
	}
	green := &ec2.CreateTagsInput{Resources: []string{"vpce-1"}, Tags: tagList("team", "green")}
	change := func(in ec2.ModifyVpcEndpointInput) *ec2.ModifyVpcEndpointInput {
		in.VpcEndpointId = aws.String("vpce-1")
		return &in
	}
	return []setting{
		{"Interface Subnets", inter(), inter().Subnets("subnet-2", "subnet-1"),
			func(in *ec2.CreateVpcEndpointInput) { in.SubnetIds = []string{"subnet-1", "subnet-2"} }, inter().Subnets("subnet-3", "subnet-1"),
			change(ec2.ModifyVpcEndpointInput{AddSubnetIds: []string{"subnet-3"}, RemoveSubnetIds: []string{"subnet-2"}}), nil},
		{"Interface SecurityGroups", inter(), inter().SecurityGroups("sg-2", "sg-1"),
			func(in *ec2.CreateVpcEndpointInput) { in.SecurityGroupIds = []string{"sg-1", "sg-2"} }, inter().SecurityGroups("sg-1", "sg-3"),
			change(ec2.ModifyVpcEndpointInput{AddSecurityGroupIds: []string{"sg-3"}, RemoveSecurityGroupIds: []string{"sg-2"}}), nil},
		{"Interface PrivateDNS", inter(), inter().PrivateDNS(false), func(*ec2.CreateVpcEndpointInput) {}, inter().PrivateDNS(true),
			change(ec2.ModifyVpcEndpointInput{PrivateDnsEnabled: aws.Bool(true)}), nil},
		{"Interface Tag", inter(), inter().Tag("team", "blue"), born("blue"), inter().Tag("team", "green"), nil, green},
		{"Interface Tags", inter(), inter().Tags(privatelink.Tags{"team": "blue"}), born("blue"), inter().Tags(privatelink.Tags{"team": "green"}), nil, green},
		{"Gateway RouteTables", gate(), gate().RouteTables("rtb-2", "rtb-1"),
			func(in *ec2.CreateVpcEndpointInput) { in.RouteTableIds = []string{"rtb-1", "rtb-2"} }, gate().RouteTables("rtb-3"),
			change(ec2.ModifyVpcEndpointInput{AddRouteTableIds: []string{"rtb-3"}, RemoveRouteTableIds: []string{"rtb-1", "rtb-2"}}), nil},
		{"Gateway Policy", gate(), gate().Policy(denyAll),
			func(in *ec2.CreateVpcEndpointInput) { in.PolicyDocument = aws.String(denyAll) }, gate().DefaultPolicy(),
			change(ec2.ModifyVpcEndpointInput{ResetPolicy: aws.Bool(true)}), nil},
		{"Gateway IPAddressType", gate(), gate().IPAddressType(endpoint.IPv4),
			func(in *ec2.CreateVpcEndpointInput) { in.IpAddressType = "ipv4" }, gate().IPAddressType(endpoint.DualStack),
			change(ec2.ModifyVpcEndpointInput{IpAddressType: "dualstack"}), nil},
		{"Gateway DNSRecordIPType", gate(), gate().DNSRecordIPType(endpoint.IPv4),
			func(in *ec2.CreateVpcEndpointInput) { in.DnsOptions = dns("ipv4") }, gate().DNSRecordIPType(endpoint.ServiceDefined),
			change(ec2.ModifyVpcEndpointInput{DnsOptions: dns("service-defined")}), nil},
		{"Gateway Tag", gate(), gate().Tag("team", "blue"), born("blue"), gate().Tag("team", "green"), nil, green},
		{"GatewayLoadBalancer IPAddressType", gwlb(), gwlb().IPAddressType(endpoint.IPv4),
			func(in *ec2.CreateVpcEndpointInput) { in.IpAddressType = "ipv4" }, gwlb().IPAddressType(endpoint.DualStack),
			change(ec2.ModifyVpcEndpointInput{IpAddressType: "dualstack"}), nil},
		{"GatewayLoadBalancer Tag", gwlb(), gwlb().Tag("team", "blue"), born("blue"), gwlb().Tag("team", "green"), nil, green},
	}
}

func TestSettersAreSentComparedAndLeftAlone(t *testing.T) {
	for _, w := range settings() {
		t.Run(w.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				plain, api := newEcho(), newEcho()
				_, err := w.without.Ensure(t.Context(), plain)
				require.NoError(t, err)
				_, err = w.with.Ensure(t.Context(), api)
				require.NoError(t, err)
				want := *plain.created
				want.ClientToken = api.created.ClientToken
				spec := want.TagSpecifications[0]
				want.TagSpecifications = []types.TagSpecification{spec}
				w.created(&want)
				require.Equal(t, &want, api.created, "nothing else is sent than without it")
				for _, unchanged := range []verbs{w.with, w.without} {
					_, err = unchanged.Ensure(t.Context(), api)
					require.NoError(t, err)
					require.Nil(t, api.modified)
					require.Nil(t, api.tagged)
				}
				plan, err := w.changed.Plan(t.Context(), api)
				require.NoError(t, err)
				require.Len(t, plan.Changes, 1, plan.String())
				_, err = w.changed.Ensure(t.Context(), api)
				require.NoError(t, err)
				require.Equal(t, w.modified, api.modified)
				require.Equal(t, w.tagged, api.tagged)
			})
		})
	}
}
