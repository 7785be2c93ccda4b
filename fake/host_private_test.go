package fake_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// verifiedEndpoint makes a service with a verified private name and an endpoint to it with private DNS in a VPC of the same account.
func verifiedEndpoint(t testing.TB, a *fake.Account, name, domain string, s *fake.Subnet, v *fake.VPC) (id string, regional string) {
	t.Helper()
	ctx := t.Context()
	svc, err := a.CreateVpcEndpointServiceConfiguration(ctx, &ec2.CreateVpcEndpointServiceConfigurationInput{
		NetworkLoadBalancerArns: []string{a.NLB("for-"+domain[:3], s).ARN}, AcceptanceRequired: aws.Bool(false), PrivateDnsName: &name})
	require.NoError(t, err)
	proof := svc.ServiceConfiguration.PrivateDnsNameConfiguration
	z := makeZone(t, a, domain, nil).HostedZone
	require.NoError(t, change(ctx, a, z, create(recordSet(*proof.Name+"."+domain, r53.RRTypeTxt, `"`+*proof.Value+`"`)), create(aRecord("www."+domain, "192.0.2.1")),
		create(aRecord("api."+domain, "192.0.2.2")), create(aRecord("x.api."+domain, "192.0.2.3"))))
	_, err = a.StartVpcEndpointServicePrivateDnsVerification(ctx, &ec2.StartVpcEndpointServicePrivateDnsVerificationInput{ServiceId: svc.ServiceConfiguration.ServiceId})
	require.NoError(t, err)
	made, err := a.CreateVpcEndpoint(ctx, &ec2.CreateVpcEndpointInput{VpcId: &v.ID, VpcEndpointType: ec2types.VpcEndpointTypeInterface,
		ServiceName: svc.ServiceConfiguration.ServiceName, SubnetIds: []string{s.ID}})
	require.NoError(t, err)
	_, err = a.ModifyVpcEndpoint(ctx, &ec2.ModifyVpcEndpointInput{VpcEndpointId: made.VpcEndpoint.VpcEndpointId, PrivateDnsEnabled: aws.Bool(true)})
	require.NoError(t, err)
	return *made.VpcEndpoint.VpcEndpointId, *made.VpcEndpoint.DnsEntries[0].DnsName
}

func TestAProvidersVerifiedNameIsHiddenInTheConsumersVPC(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v, w := a.VPC("10.0.0.0/16"), a.VPC("10.1.0.0/16")
	s, elsewhere := v.Subnet("a", "10.0.1.0/24"), w.Subnet("a", "10.1.1.0/24")
	id, regional := verifiedEndpoint(t, a, "api.orders.example", "orders.example", s, v)
	own, err := c.Internet().LookupHost(t.Context(), regional)
	require.NoError(t, err, "the endpoint's own name is public")
	requireAddrs(t, s, "api.orders.example", own[0].String())
	requireRecords(t, s, "api.orders.example", "A", "api.orders.example. CNAME "+regional+".", regional+". A "+own[0].String())
	requireNoHost(t, s, "x.api.orders.example", "AWS's zone for the private names of "+id)
	requireAddrs(t, s, "www.orders.example", "192.0.2.1")
	requireAddrs(t, elsewhere, "api.orders.example", "192.0.2.2")
	requireAddrs(t, c.Internet(), "api.orders.example", "192.0.2.2")

	makeZone(t, a, "orders.example", v)
	requireAddrs(t, s, "api.orders.example", own[0].String())
	requireNoHost(t, s, "www.orders.example", "has no record of that name")
	_, err = a.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{id}})
	require.NoError(t, err)
	requireNoHost(t, s, "api.orders.example", "(orders.example) has no record of that name")
}

func TestAProvidersWildcardNameIsHiddenBelowItsParent(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	_, regional := verifiedEndpoint(t, a, "*.orders.example", "orders.example", s, v)
	own, err := s.LookupHost(t.Context(), regional)
	require.NoError(t, err)
	for _, name := range []string{"www.orders.example", "any.thing.orders.example"} {
		requireAddrs(t, s, name, own[0].String())
	}
	requireNoHost(t, s, "orders.example", "has no such name")
}

// TestAnNSSetInAPrivateZoneDelegatesNothing holds rule 9 of aws-facts 7.1.
func TestAnNSSetInAPrivateZoneDelegatesNothing(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	child := makeZone(t, a, "api.example.com", nil)
	require.NoError(t, change(t.Context(), a, child.HostedZone, create(aRecord("www.api.example.com", "192.0.2.1"))))
	requireAddrs(t, s, "www.api.example.com", "192.0.2.1")
	parent := makeZone(t, a, "example.com", v).HostedZone
	require.NoError(t, change(t.Context(), a, parent, create(recordSet("api.example.com", r53.RRTypeNs, child.DelegationSet.NameServers...))))
	requireNoHost(t, s, "www.api.example.com", "(example.com) has no record of that name")
	requireAddrs(t, c.Internet(), "www.api.example.com", "192.0.2.1")
}

// TestOneURLHasTwoAnswersDuringAChange looks a split-horizon name up from both sides before, during and after a change of either zone.
func TestOneURLHasTwoAnswersDuringAChange(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	public, private := makeZone(t, a, "example.com", nil).HostedZone, makeZone(t, a, "example.com", v).HostedZone
	both := func(inside, outside string) {
		t.Helper()
		requireAddrs(t, s, "api.example.com", inside)
		requireAddrs(t, c.Internet(), "api.example.com", outside)
	}
	require.NoError(t, change(t.Context(), a, public, create(aRecord("api.example.com", "192.0.2.1"))))
	requireNoHost(t, s, "api.example.com", "has no record of that name")
	require.NoError(t, change(t.Context(), a, private, create(aRecord("api.example.com", "10.0.1.1"))))
	both("10.0.1.1", "192.0.2.1")
	require.NoError(t, change(t.Context(), a, private, remove(aRecord("api.example.com", "10.0.1.1")), create(aRecord("api.example.com", "10.0.1.2"))))
	both("10.0.1.2", "192.0.2.1")
	require.NoError(t, change(t.Context(), a, public, upsert(aRecord("api.example.com", "192.0.2.2"))))
	both("10.0.1.2", "192.0.2.2")
}

func TestInboundResolversSeeWhatIsMeantForThemAlone(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	makeEndpoint := func(in *ec2.CreateVpcEndpointInput) *string {
		in.VpcId, in.ServiceName = &v.ID, aws.String("com.amazonaws.us-east-1.s3")
		out, err := a.CreateVpcEndpoint(t.Context(), in)
		require.NoError(t, err)
		return out.VpcEndpoint.VpcEndpointId
	}
	const name = "s3.us-east-1.amazonaws.com"
	makeEndpoint(&ec2.CreateVpcEndpointInput{})
	id := makeEndpoint(&ec2.CreateVpcEndpointInput{VpcEndpointType: ec2types.VpcEndpointTypeInterface, SubnetIds: []string{s.ID}})
	inbound := v.InboundResolver()
	private, err := inbound.LookupHost(t.Context(), name)
	require.NoError(t, err)
	require.True(t, private[0].IsPrivate())
	requirePublic(t, s, name)
	_, err = a.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: id,
		DnsOptions: &ec2types.DnsOptionsSpecification{PrivateDnsOnlyForInboundResolverEndpoint: aws.Bool(false)}})
	require.NoError(t, err)
	requireAddrs(t, s, name, private[0].String())
	requireAddrs(t, inbound, name, private[0].String())

	z := makeZone(t, a, "x.internal", v).HostedZone
	require.NoError(t, change(t.Context(), a, z, create(recordSet("t.x.internal", r53.RRTypeTxt, `"x"`))))
	requireRecords(t, inbound, "t.x.internal", "TXT", `t.x.internal. TXT "x"`)
	requireNoHost(t, inbound, "none.x.internal", "has no record of that name")
	v.DNSSupport(false)
	_, err = inbound.LookupHost(t.Context(), name)
	require.ErrorContains(t, err, "enableDnsSupport is off")
}

// TestAPrivateNameServesOnceAcceptedAndVerified holds that until then the name is what the public DNS says (aws-facts 6.1).
func TestAPrivateNameServesOnceAcceptedAndVerified(t *testing.T) {
	t.Parallel()
	const name, public = "api.orders.example", "192.0.2.1"
	s := newOffered(t, &ec2.CreateVpcEndpointServiceConfigurationInput{AcceptanceRequired: aws.Bool(true), PrivateDnsName: aws.String(name)})
	s.allow(t, "*")
	require.NoError(t, s.try(t))
	z := makeZone(t, s.provider, "orders.example", nil).HostedZone
	require.NoError(t, change(t.Context(), s.provider, z, create(aRecord(name, public))))
	refused := func() {
		t.Helper()
		_, err := s.consumer.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: &s.endpoint, PrivateDnsEnabled: aws.Bool(true)})
		require.Error(t, err)
		requireAddrs(t, s.subnet, name, public)
	}
	verify := func() {
		t.Helper()
		_, err := s.provider.StartVpcEndpointServicePrivateDnsVerification(t.Context(), &ec2.StartVpcEndpointServicePrivateDnsVerificationInput{ServiceId: &s.service})
		require.NoError(t, err)
	}
	refused()
	s.accept(t)
	verify()
	refused()
	out, err := s.provider.DescribeVpcEndpointServiceConfigurations(t.Context(), nil)
	require.NoError(t, err)
	proof := out.ServiceConfigurations[0].PrivateDnsNameConfiguration
	require.NoError(t, change(t.Context(), s.provider, z, create(recordSet(*proof.Name+"."+name, r53.RRTypeTxt, `"`+*proof.Value+`"`))))
	refused()
	verify()
	s.modify(t, &ec2.ModifyVpcEndpointInput{PrivateDnsEnabled: aws.Bool(true)})
	requireAddrs(t, s.subnet, name, "10.1.1.4")
	requireArrival(t, s.subnet, name+":80")
	requireAddrs(t, s.cloud.Internet(), name, public)
}
