package fake_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53types "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func TestClientsOnTheWire(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	a := c.Account("111111111111")
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	lb := a.NLB("nlb", s)
	client := ec2.NewFromConfig(a.Config())
	made, err := client.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &v.ID, VpcEndpointType: types.VpcEndpointTypeInterface,
		ServiceName: aws.String("com.amazonaws.us-east-1.sts"), SubnetIds: []string{s.ID}})
	require.NoError(t, err)
	pages := ec2.NewDescribeVpcEndpointsPaginator(client, &ec2.DescribeVpcEndpointsInput{Filters: filters("vpc-id", v.ID)})
	page, err := pages.NextPage(t.Context())
	require.NoError(t, err)
	require.Equal(t, "available", string(page.VpcEndpoints[0].State))
	require.Equal(t, made.VpcEndpoint.VpcEndpointId, page.VpcEndpoints[0].VpcEndpointId)
	_, err = client.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{"vpce-0123456789abcdef0"}})
	requireCode(t, err, "InvalidVpcEndpointId.NotFound", "vpce-0123456789abcdef0")

	zones := route53.NewFromConfig(a.Config())
	zone, err := zones.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String("a.example"), CallerReference: aws.String("r")})
	require.NoError(t, err)
	require.Contains(t, *zone.Location, "/hostedzone/")
	_, err = zones.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String("a.example"), CallerReference: aws.String("r")})
	var exists *r53types.HostedZoneAlreadyExists
	require.ErrorAs(t, err, &exists)
	batch := &r53types.ChangeBatch{Changes: []r53types.Change{deletion("a.a.example"), deletion("b.a.example")}}
	_, err = zones.ChangeResourceRecordSets(t.Context(), &route53.ChangeResourceRecordSetsInput{HostedZoneId: zone.HostedZone.Id, ChangeBatch: batch})
	var wrong *r53types.InvalidChangeBatch
	require.ErrorAs(t, err, &wrong)
	require.Len(t, wrong.Messages, 2)
	require.NoError(t, route53.NewResourceRecordSetsChangedWaiter(zones).Wait(t.Context(), &route53.GetChangeInput{Id: zone.ChangeInfo.Id}, 60e9))

	lbs, err := elb.NewFromConfig(a.Config()).DescribeLoadBalancers(t.Context(), &elb.DescribeLoadBalancersInput{LoadBalancerArns: []string{lb.ARN}})
	require.NoError(t, err)
	require.Len(t, lbs.LoadBalancers, 1)

	who, err := sts.NewFromConfig(a.In("eu-west-1").Config()).GetCallerIdentity(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, a.ID, *who.Account)
}

func deletion(name string) r53types.Change {
	return r53types.Change{Action: r53types.ChangeActionDelete, ResourceRecordSet: &r53types.ResourceRecordSet{Name: &name, Type: r53types.RRTypeA,
		TTL: aws.Int64(60), ResourceRecords: []r53types.ResourceRecord{{Value: aws.String("1.2.3.4")}}}}
}
