package fake_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// TestTheBalancerThatAnswersTakesTheConnection has three load balancers of one service in one zone: the first is not active, the second does
// not listen on the port, the third does.
func TestTheBalancerThatAnswersTakesTheConnection(t *testing.T) {
	t.Parallel()
	c := &fake.Cloud{}
	p, q := c.Account(ownerID), c.Account(partnerID)
	subnet := p.VPC("10.0.0.0/16").Subnet("a", "10.0.1.0/24")
	late, other, right := p.NLB("late", subnet).Provisioning(time.Hour), p.NLB("other", subnet), p.NLB("right", subnet)
	for lb, port := range map[*fake.LoadBalancer]int{late: 80, other: 8080, right: 80} {
		l := lb.Listen(port)
		t.Cleanup(func() { require.NoError(t, l.Close()) })
	}
	svc, err := p.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		NetworkLoadBalancerArns: []string{late.ARN, other.ARN, right.ARN}, AcceptanceRequired: new(bool)})
	require.NoError(t, err)
	_, err = p.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{
		ServiceId: svc.ServiceConfiguration.ServiceId, AddAllowedPrincipals: []string{"*"}})
	require.NoError(t, err)
	v := q.VPC("10.1.0.0/16")
	s := v.Subnet("a", "10.1.1.0/24")
	ep, err := q.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &v.ID, VpcEndpointType: ec2types.VpcEndpointTypeInterface,
		ServiceName: svc.ServiceConfiguration.ServiceName, SubnetIds: []string{s.ID}})
	require.NoError(t, err)
	name := *ep.VpcEndpoint.DnsEntries[0].DnsName
	for port, behind := range map[string]string{"80": right.ARN, "8080": other.ARN} {
		path, err := s.Trace(t.Context(), name+":"+port)
		require.NoError(t, err)
		require.Empty(t, path.Blocked)
		require.Contains(t, path.String(), behind)
	}
	path, err := s.Trace(t.Context(), name+":443")
	require.NoError(t, err)
	require.Contains(t, path.Blocked, "late is provisioning")
}
