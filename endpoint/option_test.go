package endpoint_test

import (
	"net/netip"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

const (
	denyAll = `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}`
	provide = "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"
)

var (
	four = netip.MustParseAddr("10.1.1.9")
	five = netip.MustParseAddr("10.1.1.10")
	six  = netip.MustParseAddr("2600:1f18::9")
	dns  = func(t types.DnsRecordIpType) *types.DnsOptionsSpecification {
		return &types.DnsOptionsSpecification{DnsRecordIpType: t}
	}
	fixed = func(c types.SubnetConfiguration) []types.SubnetConfiguration {
		c.SubnetId = aws.String("subnet-1")
		return []types.SubnetConfiguration{c}
	}
)

// Every setter: what is sent at creation, that a second pass changes nothing, what a change sends, and that nothing is sent without it.
func TestInterfaceOptionsAreSentAndCompared(t *testing.T) {
	for _, c := range []struct {
		name    string
		first   func(*endpoint.InterfaceBuilder)
		created func(*ec2.CreateVpcEndpointInput)
		change  func(*endpoint.InterfaceBuilder)
		sent    ec2.ModifyVpcEndpointInput
	}{
		{"IPAddressType",
			func(b *endpoint.InterfaceBuilder) { b.IPAddressType(endpoint.IPv4) },
			func(in *ec2.CreateVpcEndpointInput) { in.IpAddressType = "ipv4" },
			func(b *endpoint.InterfaceBuilder) { b.IPAddressType(endpoint.DualStack) },
			ec2.ModifyVpcEndpointInput{IpAddressType: "dualstack"}},
		{"DNSRecordIPType",
			func(b *endpoint.InterfaceBuilder) { b.DNSRecordIPType(endpoint.IPv4) },
			func(in *ec2.CreateVpcEndpointInput) { in.DnsOptions = dns("ipv4") },
			func(b *endpoint.InterfaceBuilder) { b.DNSRecordIPType(endpoint.ServiceDefined) },
			ec2.ModifyVpcEndpointInput{DnsOptions: dns("service-defined")}},
		{"Policy",
			func(b *endpoint.InterfaceBuilder) { b.Policy(denyAll) },
			func(in *ec2.CreateVpcEndpointInput) { in.PolicyDocument = aws.String(denyAll) },
			func(b *endpoint.InterfaceBuilder) { b.DefaultPolicy() },
			ec2.ModifyVpcEndpointInput{ResetPolicy: aws.Bool(true)}},
		{"Address",
			func(b *endpoint.InterfaceBuilder) { b.Address("subnet-1", four, six) },
			func(in *ec2.CreateVpcEndpointInput) {
				in.SubnetConfigurations = fixed(types.SubnetConfiguration{Ipv4: aws.String("10.1.1.9"), Ipv6: aws.String("2600:1f18::9")})
			},
			func(b *endpoint.InterfaceBuilder) { b.Address("subnet-1", five) },
			ec2.ModifyVpcEndpointInput{SubnetConfigurations: fixed(types.SubnetConfiguration{Ipv4: aws.String("10.1.1.10")})}},
		{"PrivateDNSOnlyForInboundResolver",
			func(b *endpoint.InterfaceBuilder) { b.PrivateDNSOnlyForInboundResolver(true) },
			func(in *ec2.CreateVpcEndpointInput) {
				in.DnsOptions = &types.DnsOptionsSpecification{PrivateDnsOnlyForInboundResolverEndpoint: aws.Bool(true)}
			},
			func(b *endpoint.InterfaceBuilder) { b.PrivateDNSOnlyForInboundResolver(false) },
			ec2.ModifyVpcEndpointInput{DnsOptions: &types.DnsOptionsSpecification{PrivateDnsOnlyForInboundResolverEndpoint: aws.Bool(false)}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				api := newEcho()
				b := endpoint.Interface("orders").VPC("vpc-1").Service(provide).Subnets("subnet-1")
				plain := b.Clone()
				c.first(b)
				_, err := b.WaitReady(t.Context(), api)
				require.NoError(t, err)
				want := bare(api.created)
				c.created(want)
				require.Equal(t, want, api.created)
				_, err = b.Ensure(t.Context(), api)
				require.NoError(t, err)
				require.Nil(t, api.modified, "no change")

				_, err = plain.Ensure(t.Context(), api)
				require.NoError(t, err)
				require.Nil(t, api.modified, "what is not named is left alone")

				c.change(b)
				plan, err := b.Plan(t.Context(), api)
				require.NoError(t, err)
				require.Len(t, plan.Changes, 1, plan.String())
				_, err = b.Ensure(t.Context(), api)
				require.NoError(t, err)
				c.sent.VpcEndpointId = aws.String("vpce-1")
				require.Equal(t, &c.sent, api.modified)
			})
		})
	}
}

// bare is the request that every creation has.
func bare(in *ec2.CreateVpcEndpointInput) *ec2.CreateVpcEndpointInput {
	return &ec2.CreateVpcEndpointInput{ClientToken: in.ClientToken, VpcEndpointType: in.VpcEndpointType, VpcId: in.VpcId, ServiceName: in.ServiceName,
		SubnetIds: []string{"subnet-1"}, TagSpecifications: in.TagSpecifications}
}

func TestInterfaceServiceRegionIsImmutable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := newEcho()
		b := endpoint.Interface("orders").VPC("vpc-1").Service(provide).ServiceRegion("eu-west-1")
		_, err := b.WaitReady(t.Context(), api)
		require.NoError(t, err)
		require.Equal(t, "eu-west-1", aws.ToString(api.created.ServiceRegion))
		_, err = b.ServiceRegion("eu-central-1").Ensure(t.Context(), api)
		require.ErrorIs(t, err, privatelink.ErrImmutable)
		require.ErrorContains(t, err, "service Region is eu-west-1 and declared as eu-central-1")
	})
}

func TestInterfaceS3SendsInboundOnlyFalse(t *testing.T) {
	for _, c := range []struct {
		name string
		b    func(*endpoint.InterfaceBuilder)
		sent *bool
	}{
		{"by AWS's default", func(*endpoint.InterfaceBuilder) {}, aws.Bool(false)},
		{"named on", func(b *endpoint.InterfaceBuilder) { b.PrivateDNS(true) }, aws.Bool(false)},
		{"named off", func(b *endpoint.InterfaceBuilder) { b.PrivateDNS(false) }, nil},
		{"told otherwise", func(b *endpoint.InterfaceBuilder) { b.PrivateDNS(true).PrivateDNSOnlyForInboundResolver(true) }, aws.Bool(true)},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				api := newEcho()
				b := endpoint.Interface("s3").VPC("vpc-1").Service(endpoint.AWSService("us-east-1", "s3"))
				c.b(b)
				_, err := b.WaitReady(t.Context(), api)
				require.NoError(t, err)
				if c.sent == nil {
					require.Nil(t, api.created.DnsOptions)
					return
				}
				require.Equal(t, c.sent, api.created.DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint)
				require.Nil(t, api.modified)
			})
		})
	}
}

func TestInterfaceOptionMistakes(t *testing.T) {
	b := endpoint.Interface("orders").VPC("vpc-1").Service(provide).Subnets("subnet-1").
		Address("subnet-2", four).Address("subnet-1", four, five).
		IPAddressType(endpoint.IPv4).DNSRecordIPType(endpoint.IPv6).Policy("{").ServiceRegion("mars").
		PrivateDNS(false).PrivateDNSOnlyForInboundResolver(true)
	require.Len(t, privatelink.Problems(b.Validate()), 6, "%v", b.Validate())
	require.NoError(t, b.Address("subnet-2").Address("subnet-1", four, six).DNSRecordIPType(endpoint.IPv4).DefaultPolicy().ServiceRegion("eu-west-1").
		PrivateDNS(true).Validate(), "the last call wins")
	require.NotContains(t, b.Policy(`{"Statement":"secret"}`).Validate().Error(), "secret")
}
