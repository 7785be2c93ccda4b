package fake_test

import (
	"net/netip"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// awsEndpoint makes an interface endpoint to a service of AWS, private DNS on by default, and gives its addresses.
func awsEndpoint(t testing.TB, a *fake.Account, v *fake.VPC, service string, subnets ...*fake.Subnet) (id string, addrs []string) {
	t.Helper()
	in := &ec2.CreateVpcEndpointInput{VpcId: &v.ID, VpcEndpointType: ec2types.VpcEndpointTypeInterface, ServiceName: aws.String("com.amazonaws.us-east-1." + service)}
	for _, s := range subnets {
		in.SubnetIds = append(in.SubnetIds, s.ID)
	}
	out, err := a.CreateVpcEndpoint(t.Context(), in)
	require.NoError(t, err)
	for _, eni := range out.VpcEndpoint.NetworkInterfaceIds {
		addrs = append(addrs, hostAddr(t, a, eni))
	}
	return *out.VpcEndpoint.VpcEndpointId, addrs
}

// requirePublic wants a name to have public addresses only.
func requirePublic(t testing.TB, r resolver, name string) []netip.Addr {
	t.Helper()
	addrs, err := r.LookupHost(t.Context(), name)
	require.NoError(t, err)
	for _, a := range addrs {
		require.False(t, a.IsPrivate(), a)
	}
	return addrs
}

func TestHiddenZonesOfEndpoints(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v, w := a.VPC("10.0.0.0/16"), a.VPC("10.1.0.0/16")
	s, elsewhere := v.Subnet("a", "10.0.1.0/24"), w.Subnet("a", "10.1.1.0/24")
	id, addrs := awsEndpoint(t, a, v, "ec2", s, v.Subnet("b", "10.0.2.0/24"))
	require.Len(t, addrs, 2)
	requireAddrs(t, s, "ec2.us-east-1.amazonaws.com", addrs...)
	requireNoHost(t, s, "x.ec2.us-east-1.amazonaws.com", "AWS's zone for the private names of "+id+" has no such name")
	for _, r := range []resolver{s, c.Internet()} {
		requirePublic(t, r, "sqs.us-east-1.amazonaws.com")
	}
	requirePublic(t, elsewhere, "ec2.us-east-1.amazonaws.com")

	path := requireAgreement(t, s, "ec2.us-east-1.amazonaws.com:443")
	require.Equal(t, "nothing listens behind com.amazonaws.us-east-1.ec2", path.Blocked)
	require.Equal(t, fake.HopService, path.Hops[len(path.Hops)-1].Kind)

	_, err := a.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, PrivateDnsEnabled: aws.Bool(false)})
	require.NoError(t, err)
	requirePublic(t, s, "ec2.us-east-1.amazonaws.com")
	makeZone(t, a, "ec2.us-east-1.amazonaws.com", v)
}

func TestHiddenWildcardZones(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	_, addrs := awsEndpoint(t, a, v, "ecr.dkr", s)
	requireAddrs(t, s, ownerID+".dkr.ecr.us-east-1.amazonaws.com", addrs...)
	requireNoHost(t, s, "dkr.ecr.us-east-1.amazonaws.com", "no such name")
}

func TestAParentZoneDoesNotHideAnEndpointsOwnZone(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	makeZone(t, a, "amazonaws.com", v)
	_, addrs := awsEndpoint(t, a, v, "ec2", s)
	requireAddrs(t, s, "ec2.us-east-1.amazonaws.com", addrs...)
	requireNoHost(t, s, "sts.us-east-1.amazonaws.com", "(amazonaws.com) has no record of that name")
}
