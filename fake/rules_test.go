package fake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/lag"
)

// TestAnswersSayThatNothingLags is what waits of nothing rest on: without the word the library assumes AWS's lag.
func TestAnswersSayThatNothingLags(t *testing.T) {
	t.Parallel()
	ctx, window := lag.Listen(t.Context(), mute{})
	_, err := newHarness(nil).consumer.DescribeVpcEndpoints(ctx, nil)
	require.NoError(t, err)
	require.Zero(t, window())
}

// mute is an API of which a listener that hears nothing has -1.
type mute struct{}

func (mute) ReadLag() time.Duration { return -1 }

func TestCreateRefusals(t *testing.T) {
	t.Parallel()
	h := newHarness(nil)
	svc := *h.service(t, false).ServiceName
	h.refuse(t, "InvalidClientToken", "", svc, withToken(strings.Repeat("t", 65)))
	h.refuse(t, "InvalidClientToken", "", svc, withToken("tökén"))
	h.create(t, svc, withToken(strings.Repeat("t", 64)))
	h.refuse(t, "InvalidParameter", "does not support the IP address type dualstack", svc,
		func(in *ec2.CreateVpcEndpointInput) {
			in.IpAddressType, in.SubnetIds = types.IpAddressTypeDualstack, nil
		})
	h.refuse(t, "InvalidParameterValue", "Duplicate tag key 'k'", svc, func(in *ec2.CreateVpcEndpointInput) {
		in.TagSpecifications = []types.TagSpecification{{ResourceType: types.ResourceTypeVpcEndpoint, Tags: []types.Tag{
			{Key: aws.String("k"), Value: aws.String("1")}, {Key: aws.String("k"), Value: aws.String("2")}}}}
	})
	_, err := h.consumer.CreateTags(t.Context(), &ec2.CreateTagsInput{Resources: make([]string, 1001), Tags: []types.Tag{{Key: aws.String("k")}}})
	requireCode(t, err, "InvalidParameterValue", "1000")
	_, err = h.consumer.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{
		NetworkInterfaceIds: []string{"eni-0123456789abcdef0"}, MaxResults: aws.Int32(5)})
	requireCode(t, err, "InvalidParameterCombination", "")
}

func TestServiceRules(t *testing.T) {
	t.Parallel()
	h := newHarness(nil)
	svc := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.nlb}, PrivateDnsName: aws.String("api.example.com")})
	h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.otherNLB}})
	change := func(in *ec2.ModifyVpcEndpointServiceConfigurationInput) error {
		in.ServiceId = svc.ServiceId
		_, err := h.provider.ModifyVpcEndpointServiceConfiguration(t.Context(), in)
		return err
	}
	requireCode(t, change(&ec2.ModifyVpcEndpointServiceConfigurationInput{AddNetworkLoadBalancerArns: []string{h.otherNLB}}), "InvalidParameter", "already associated")
	require.NoError(t, change(&ec2.ModifyVpcEndpointServiceConfigurationInput{PrivateDnsName: aws.String("api.example.com")}))
	require.Equal(t, svc.PrivateDnsNameConfiguration, h.readService(t, *svc.ServiceId).PrivateDnsNameConfiguration, "the same name keeps its proof")
	require.NoError(t, change(&ec2.ModifyVpcEndpointServiceConfigurationInput{PrivateDnsName: aws.String("new.example.com")}))
	require.NotEqual(t, svc.PrivateDnsNameConfiguration, h.readService(t, *svc.ServiceId).PrivateDnsNameConfiguration)
	_, err := h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		GatewayLoadBalancerArns: []string{h.gwlb}, PrivateDnsName: aws.String("fw.example.com")})
	requireCode(t, err, "InvalidParameter", "GatewayLoadBalancer")
}

func TestDeletedBalancerLeavesNoInterfaces(t *testing.T) {
	t.Parallel()
	h := newHarness(nil)
	_, err := h.balancing.DeleteLoadBalancer(t.Context(), &elb.DeleteLoadBalancerInput{LoadBalancerArn: &h.otherNLB})
	require.NoError(t, err)
	out, err := h.provider.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{Filters: filters("description", "ELB net/other/*")})
	require.NoError(t, err)
	require.Empty(t, out.NetworkInterfaces)
}

// TestQuotasCountWhatThereIs: reads may lag, and still show what is deleted; it is in nobody's way.
func TestQuotasCountWhatThereIs(t *testing.T) {
	timed(t, func(c *fake.Cloud) {
		c.Lag, c.Quotas = time.Minute, fake.Quotas{Endpoints: 1, Gateways: 1, Services: 1, RouteTables: 4}
	}, func(t testing.TB, h *harness) {
		time.Sleep(time.Minute)
		for range 3 {
			svc := h.service(t, false)
			h.remove(t, *h.create(t, *svc.ServiceName).VpcEndpointId)
			h.remove(t, *h.create(t, h.awsService("s3"), onTables()).VpcEndpointId)
			_, err := h.provider.DeleteVpcEndpointServiceConfigurations(t.Context(), &ec2.DeleteVpcEndpointServiceConfigurationsInput{ServiceIds: []string{*svc.ServiceId}})
			require.NoError(t, err)
			table, err := h.consumer.CreateRouteTable(t.Context(), &ec2.CreateRouteTableInput{VpcId: &h.vpc})
			require.NoError(t, err)
			_, err = h.consumer.DeleteRouteTable(t.Context(), &ec2.DeleteRouteTableInput{RouteTableId: table.RouteTable.RouteTableId})
			require.NoError(t, err)
		}
	})
}

func TestPagesOfAFilterThatAnIndexAnswers(t *testing.T) {
	t.Parallel()
	h := newHarness(nil)
	var ids, got []string
	for range 5 {
		ids = append(ids, *h.create(t, h.awsService("sts"), withSubnets(), withPrivateDNS(false)).VpcEndpointId)
	}
	for _, f := range [][]types.Filter{filters("vpc-endpoint-id", ids...), filters("vpc-id", h.vpc), filters("vpc-id", h.bareVPC, h.vpc)} {
		got = nil
		for p := ec2.NewDescribeVpcEndpointsPaginator(h.consumer, &ec2.DescribeVpcEndpointsInput{Filters: f, MaxResults: aws.Int32(2)}); p.HasMorePages(); {
			out, err := p.NextPage(t.Context())
			require.NoError(t, err)
			for _, ep := range out.VpcEndpoints {
				got = append(got, *ep.VpcEndpointId)
			}
		}
		require.Equal(t, ids, got)
	}
}

func TestSkewMovesNoMoment(t *testing.T) {
	timed(t, func(c *fake.Cloud) {
		c.Timing, c.Switches.Skew = fake.Timing{Permission: 5 * time.Second, ServiceUsable: 5 * time.Second}, time.Hour
	}, func(t testing.TB, h *harness) {
		svc := h.service(t, false)
		time.Sleep(5*time.Second - 1)
		h.refuse(t, "InvalidServiceName", "", *svc.ServiceName)
		time.Sleep(time.Nanosecond)
		h.create(t, *svc.ServiceName)
	})
}

func TestChangesAreTheAccountsOwn(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	out := makeZone(t, c.Account(ownerID), "example.com", nil)
	_, err := c.Account(partnerID).GetChange(t.Context(), &route53.GetChangeInput{Id: out.ChangeInfo.Id})
	requireCode(t, err, "NoSuchChange", "")
}

func TestASubnetIsInOneRouteTable(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	v := c.Account(ownerID).VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	v.RouteTable(s)
	last := v.RouteTable(s)
	require.Equal(t, 1, strings.Count(c.Dump(), "subnets="+s.ID))
	require.Contains(t, c.Dump(), "route table "+last.ID+" "+v.ID+" subnets="+s.ID)
}
