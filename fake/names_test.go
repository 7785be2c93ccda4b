package fake_test

import (
	"net"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// clause is one rule about names and its negative twin: the smallest change that makes the name lead elsewhere, or nowhere for a reason.
type clause struct {
	section, rule string
	holds         func(*names) (name string, want []string)
	twin          func(*names) (then []string, why string)
}

// names is the world of one clause: a VPC that looks from its first subnet, and another one.
type names struct {
	testing.TB
	cloud   *fake.Cloud
	account *fake.Account
	vpc     *fake.VPC
	a, b    *fake.Subnet
	other   *fake.VPC
	from    resolver

	z, public *r53.HostedZone
	endpoint  string
	addrs     []string
}

func newNames(t testing.TB) *names {
	c := &fake.Cloud{}
	n := &names{TB: t, cloud: c, account: c.Account(ownerID)}
	n.vpc, n.other = n.account.VPC("10.1.0.0/16").IPv6("2600:1f18:1::/56"), n.account.VPC("10.2.0.0/16")
	n.a, n.b = n.vpc.Subnet("a", "10.1.1.0/24").IPv6("2600:1f18:1:1::/64"), n.vpc.Subnet("b", "10.1.2.0/24").IPv6("2600:1f18:1:2::/64")
	n.other.Subnet("a", "10.2.1.0/24")
	n.from = n.a
	return n
}

// zone makes a zone with some sets, private where a VPC is given.
func (n *names) zone(domain string, v *fake.VPC, sets ...r53.ResourceRecordSet) *r53.HostedZone {
	z := makeZone(n, n.account, domain, v).HostedZone
	n.put(z, sets...)
	return z
}

func (n *names) put(z *r53.HostedZone, sets ...r53.ResourceRecordSet) {
	for _, set := range sets {
		require.NoError(n, change(n.Context(), n.account, z, create(set)))
	}
}

func (n *names) drop(z *r53.HostedZone, sets ...r53.ResourceRecordSet) {
	for _, set := range sets {
		require.NoError(n, change(n.Context(), n.account, z, remove(set)))
	}
}

// lacks is what Trace says of a zone without a name.
func lacks(name string, z *r53.HostedZone, what string) string {
	return "no such host " + name + ": zone " + strings.TrimPrefix(*z.Id, "/hostedzone/") + " (" + strings.TrimSuffix(*z.Name, ".") + ") has no " + what + " of that name"
}

// reach makes an interface endpoint to a service of AWS in both subnets and notes its addresses.
func (n *names) reach(service string) {
	n.endpoint, n.addrs = awsEndpoint(n, n.account, n.vpc, service, n.a, n.b)
}

func (n *names) modify(in *ec2.ModifyVpcEndpointInput) {
	in.VpcEndpointId = &n.endpoint
	_, err := n.account.ModifyVpcEndpoint(n.Context(), in)
	require.NoError(n, err)
}

func (n *names) deleteEndpoint() {
	_, err := n.account.DeleteVpcEndpoints(n.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{n.endpoint}})
	require.NoError(n, err)
}

func (n *names) entries() []ec2types.DnsEntry {
	out, err := n.account.DescribeVpcEndpoints(n.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{n.endpoint}})
	require.NoError(n, err)
	return out.VpcEndpoints[0].DnsEntries
}

// outside are the addresses that a name has on the internet.
func (n *names) outside(name string) []string {
	var out []string
	for _, addr := range requirePublic(n, n.cloud.Internet(), name) {
		out = append(out, addr.String())
	}
	return out
}

// sees wants a name to have some addresses, or none for a reason that LookupHost, Trace and DialContext agree on.
func (n *names) sees(name string, want []string, why string) {
	d, dials := n.from.(dialler)
	if why == "" {
		requireAddrs(n, n.from, name, want...)
		if dials {
			path, err := d.Trace(n.Context(), name+":443")
			require.NoError(n, err)
			require.Contains(n, want, path.To.Addr().String())
		}
		return
	}
	_, err := n.from.LookupHost(n.Context(), name)
	var failed *net.DNSError
	require.ErrorAs(n, err, &failed)
	require.Equal(n, why, failed.Err)
	if dials {
		path := requireAgreement(n, d, name+":443")
		require.Equal(n, why, path.Blocked)
		require.False(n, path.To.IsValid())
	}
}

func runClauses(t *testing.T, clauses []clause) {
	t.Parallel()
	for _, c := range clauses {
		t.Run("§"+c.section+" "+c.rule, func(t *testing.T) {
			t.Parallel()
			n := newNames(t)
			name, want := c.holds(n)
			n.sees(name, want, "")
			then, why := c.twin(n)
			n.sees(name, then, why)
		})
	}
}

// publicZone is the public zone of a name.
func (n *names) publicZone(domain string) *r53.HostedZone {
	out, err := n.account.ListHostedZonesByName(n.Context(), &route53.ListHostedZonesByNameInput{DNSName: &domain})
	require.NoError(n, err)
	require.Equal(n, domain+".", *out.HostedZones[0].Name)
	return &out.HostedZones[0]
}
