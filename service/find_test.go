package service_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// smallPages is a client whose every list comes in pages of five, or of one where AWS takes that; that of connections in pages of fifty.
type smallPages struct{ *fake.Account }

func (s smallPages) DescribeVpcEndpointServiceConfigurations(ctx context.Context, in *ec2.DescribeVpcEndpointServiceConfigurationsInput, o ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointServiceConfigurationsOutput, error) {
	c := *in
	c.MaxResults = aws.Int32(5)
	return s.Account.DescribeVpcEndpointServiceConfigurations(ctx, &c, o...)
}

func (s smallPages) DescribeVpcEndpointConnections(ctx context.Context, in *ec2.DescribeVpcEndpointConnectionsInput, o ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointConnectionsOutput, error) {
	c := *in
	c.MaxResults = aws.Int32(50)
	return s.Account.DescribeVpcEndpointConnections(ctx, &c, o...)
}

func (s smallPages) DescribeVpcEndpointServicePermissions(ctx context.Context, in *ec2.DescribeVpcEndpointServicePermissionsInput, o ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointServicePermissionsOutput, error) {
	c := *in
	c.MaxResults = aws.Int32(5)
	return s.Account.DescribeVpcEndpointServicePermissions(ctx, &c, o...)
}

func (s smallPages) DescribeVpcEndpointConnectionNotifications(ctx context.Context, in *ec2.DescribeVpcEndpointConnectionNotificationsInput, o ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointConnectionNotificationsOutput, error) {
	c := *in
	c.MaxResults = aws.Int32(1)
	return s.Account.DescribeVpcEndpointConnectionNotifications(ctx, &c, o...)
}

func (s smallPages) DescribeVpcEndpointServices(ctx context.Context, in *ec2.DescribeVpcEndpointServicesInput, o ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointServicesOutput, error) {
	c := *in
	c.MaxResults = aws.Int32(1)
	return s.Account.DescribeVpcEndpointServices(ctx, &c, o...)
}

func TestByLoadBalancerReadsAllPages(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	subnet := w.home.Subnet("us-east-1b", "10.0.2.0/24")
	for i := range 12 {
		nlb := w.provider.NLB(fmt.Sprintf("filler-%d", i), subnet)
		_, err := service.BehindNLB(fmt.Sprintf("filler-%d", i)).LoadBalancers(nlb.ARN).WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
	}
	id := byHand(t, w, w.nlb)
	svc, err := service.ByLoadBalancer(t.Context(), smallPages{w.provider}, w.nlb)
	require.NoError(t, err)
	require.Equal(t, id, svc.ID)
	require.Empty(t, svc.Name, "of somebody else, ready to be adopted")
	_, err = w.orders().Adopt(svc.ID).WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.NoError(t, w.orders().WaitGone(t.Context(), w.provider))
	_, err = service.ByLoadBalancer(t.Context(), w.provider, w.nlb)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	_, err = service.ByLoadBalancer(t.Context(), w.provider, "orders")
	require.ErrorIs(t, err, privatelink.ErrInvalid)
}

func TestByLoadBalancerPassesOverADyingService(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Delay: time.Minute})
		_, err := w.orders().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		require.NoError(t, w.orders().Delete(t.Context(), w.provider))
		_, err = service.ByLoadBalancer(t.Context(), w.provider, w.nlb)
		require.ErrorIs(t, err, privatelink.ErrNotFound)
	})
}

func TestLookupSaysWhatAConsumerMaySee(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.orders().Regions("eu-west-1").WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	o, err := service.Lookup(t.Context(), w.consumer, svc.ServiceName)
	require.NoError(t, err)
	require.Equal(t, &service.Offer{ServiceName: svc.ServiceName, ServiceID: svc.ID, Region: "us-east-1", Owner: providerID, Types: []string{"Interface"},
		AZs: []string{"us-east-1a"}, AZIDs: svc.AZIDs, AcceptanceRequired: true, IPAddressTypes: []service.IPType{service.IPv4}}, o)

	abroad, err := service.Lookup(t.Context(), w.consumer.In("eu-west-1"), svc.ServiceName)
	require.NoError(t, err, "the name tells the Region")
	require.Equal(t, "us-east-1", abroad.Region)
	require.Empty(t, abroad.AZs)

	stranger := w.cloud.Account("333333333333")
	for _, name := range []string{svc.ServiceName, "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"} {
		_, err = service.Lookup(t.Context(), stranger, name)
		require.ErrorIs(t, err, privatelink.ErrNotFound, "hidden and absent are told alike")
	}
	_, err = service.Lookup(t.Context(), w.consumer, "")
	require.ErrorIs(t, err, privatelink.ErrInvalid)
}

func TestLookupOfAWSServices(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	o, err := service.Lookup(t.Context(), smallPages{w.consumer}, endpoint.AWSService("us-east-1", "s3"))
	require.NoError(t, err)
	require.Equal(t, "amazon", o.Owner)
	require.ElementsMatch(t, []string{"Interface", "Gateway"}, o.Types)
	require.True(t, o.PolicySupported)
	o, err = service.Lookup(t.Context(), w.consumer, endpoint.AWSService("us-east-1", "sts"))
	require.NoError(t, err)
	require.NotEmpty(t, o.PrivateDNSNames)
	require.Equal(t, "verified", o.PrivateDNSState)
	require.NotEmpty(t, o.AZs)
}

func TestRefreshTakesUpZonesThatTheLoadBalancersGained(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	_, err := w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	w.nlbHandle.AddSubnets(w.home.Subnet("us-east-1b", "10.0.2.0/24"))
	svc, err := w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.Equal(t, []string{"us-east-1a"}, svc.AZs, "AWS does not notice by itself")
	require.Equal(t, []string{modify}, w.ops(func() { require.NoError(t, service.Refresh(t.Context(), w.provider, svc.ID)) }))
	svc, err = service.Get(t.Context(), w.provider, svc.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"us-east-1a", "us-east-1b"}, svc.AZs)
	require.NoError(t, service.Refresh(t.Context(), w.provider, svc.ID))
	require.ErrorIs(t, service.Refresh(t.Context(), w.provider, "orders"), privatelink.ErrInvalid)
	require.ErrorIs(t, service.Refresh(t.Context(), w.provider, "vpce-svc-0123456789abcdef0"), privatelink.ErrNotFound)
}
