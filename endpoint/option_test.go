package endpoint_test

import (
	"net/netip"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
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
	require.NoError(t, b.Address("subnet-2").Address("subnet-1", four).DNSRecordIPType(endpoint.IPv4).DefaultPolicy().ServiceRegion("eu-west-1").
		PrivateDNS(true).Validate(), "the last call wins")
	require.NotContains(t, b.Policy(`{"Statement":"secret"}`).Validate().Error(), "secret")
}
