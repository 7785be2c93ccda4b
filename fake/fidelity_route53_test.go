package fake_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// route53Client is what the rows call of Route 53's client.
type route53Client interface {
	CreateHostedZone(context.Context, *route53.CreateHostedZoneInput, ...func(*route53.Options)) (*route53.CreateHostedZoneOutput, error)
	GetHostedZone(context.Context, *route53.GetHostedZoneInput, ...func(*route53.Options)) (*route53.GetHostedZoneOutput, error)
	DeleteHostedZone(context.Context, *route53.DeleteHostedZoneInput, ...func(*route53.Options)) (*route53.DeleteHostedZoneOutput, error)
	ListHostedZones(context.Context, *route53.ListHostedZonesInput, ...func(*route53.Options)) (*route53.ListHostedZonesOutput, error)
	ListHostedZonesByName(context.Context, *route53.ListHostedZonesByNameInput, ...func(*route53.Options)) (*route53.ListHostedZonesByNameOutput, error)
	ListHostedZonesByVPC(context.Context, *route53.ListHostedZonesByVPCInput, ...func(*route53.Options)) (*route53.ListHostedZonesByVPCOutput, error)
	ListResourceRecordSets(context.Context, *route53.ListResourceRecordSetsInput, ...func(*route53.Options)) (*route53.ListResourceRecordSetsOutput, error)
	ChangeResourceRecordSets(context.Context, *route53.ChangeResourceRecordSetsInput, ...func(*route53.Options)) (*route53.ChangeResourceRecordSetsOutput, error)
	GetChange(context.Context, *route53.GetChangeInput, ...func(*route53.Options)) (*route53.GetChangeOutput, error)
	AssociateVPCWithHostedZone(context.Context, *route53.AssociateVPCWithHostedZoneInput, ...func(*route53.Options)) (*route53.AssociateVPCWithHostedZoneOutput, error)
	DisassociateVPCFromHostedZone(context.Context, *route53.DisassociateVPCFromHostedZoneInput, ...func(*route53.Options)) (*route53.DisassociateVPCFromHostedZoneOutput, error)
	CreateVPCAssociationAuthorization(context.Context, *route53.CreateVPCAssociationAuthorizationInput, ...func(*route53.Options)) (*route53.CreateVPCAssociationAuthorizationOutput, error)
	ListVPCAssociationAuthorizations(context.Context, *route53.ListVPCAssociationAuthorizationsInput, ...func(*route53.Options)) (*route53.ListVPCAssociationAuthorizationsOutput, error)
	DeleteVPCAssociationAuthorization(context.Context, *route53.DeleteVPCAssociationAuthorizationInput, ...func(*route53.Options)) (*route53.DeleteVPCAssociationAuthorizationOutput, error)
	ChangeTagsForResource(context.Context, *route53.ChangeTagsForResourceInput, ...func(*route53.Options)) (*route53.ChangeTagsForResourceOutput, error)
	ListTagsForResource(context.Context, *route53.ListTagsForResourceInput, ...func(*route53.Options)) (*route53.ListTagsForResourceOutput, error)
}

// zones is the consumer's Route 53 with a private zone to work in.
type zones struct {
	route53Client
	t    testing.TB
	h    *harness
	zone *r53.HostedZone
}

// withZone gives a test the consumer's orders.internal on its VPC.
func withZone(test func(z zones)) func(testing.TB, *harness) {
	return func(t testing.TB, h *harness) {
		z := zones{route53Client: h.consumer.(route53Client), t: t, h: h}
		z.zone = z.make("orders.internal", h.vpc).HostedZone
		test(z)
	}
}

func (z zones) vpc(id string) *r53.VPC {
	return &r53.VPC{VPCId: &id, VPCRegion: r53.VPCRegion(z.h.region)}
}

func (z zones) request(name, reference, vpc string) *route53.CreateHostedZoneInput {
	in := &route53.CreateHostedZoneInput{Name: &name, CallerReference: aws.String(z.h.own(reference))}
	if vpc != "" {
		in.VPC = z.vpc(vpc)
	}
	return in
}

func (z zones) make(name, vpc string) *route53.CreateHostedZoneOutput {
	z.t.Helper()
	out, err := z.CreateHostedZone(z.t.Context(), z.request(name, name+" on "+vpc, vpc))
	require.NoError(z.t, err)
	return out
}

func (z zones) refuseZone(code, text string, in *route53.CreateHostedZoneInput) {
	z.t.Helper()
	_, err := z.CreateHostedZone(z.t.Context(), in)
	requireCode(z.t, err, code, text)
}

func (z zones) change(changes ...r53.Change) error {
	_, err := z.ChangeResourceRecordSets(z.t.Context(), &route53.ChangeResourceRecordSetsInput{HostedZoneId: z.zone.Id,
		ChangeBatch: &r53.ChangeBatch{Changes: changes}})
	return err
}

func (z zones) must(changes ...r53.Change) {
	z.t.Helper()
	require.NoError(z.t, z.change(changes...))
}

func (z zones) refuse(code, text string, changes ...r53.Change) {
	z.t.Helper()
	before := z.list()
	requireCode(z.t, z.change(changes...), code, text)
	require.Equal(z.t, before, z.list())
}

// list are the zone's sets as "name type".
func (z zones) list() []string {
	z.t.Helper()
	out, err := z.ListResourceRecordSets(z.t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: z.zone.Id})
	require.NoError(z.t, err)
	var names []string
	for _, r := range out.ResourceRecordSets {
		names = append(names, *r.Name+" "+string(r.Type))
	}
	return names
}

func (z zones) id() string { return strings.TrimPrefix(*z.zone.Id, "/hostedzone/") }

// route53Rows are the rows of Route 53.
var route53Rows = slices.Concat(zoneRows, moreZoneRows, recordRows, moreRecordRows, associationRows, moreAssociationRows)

var zoneRows = []row{
	{num: 60, section: "3.5", op: "CreateHostedZone", behaviour: "a used CallerReference is an error, even when all is equal", evidence: "R53API:CreateHostedZone", how: "sure, RulesFirst",
		test: withZone(func(z zones) {
			in := z.request("once.internal", "ref", z.h.vpc)
			_, err := z.CreateHostedZone(z.t.Context(), in)
			require.NoError(z.t, err)
			_, err = z.CreateHostedZone(z.t.Context(), in)
			requireRefusal(z.t, err, "HostedZoneAlreadyExists", 409, "")
			z.refuseZone("HostedZoneAlreadyExists", "", z.request("other.internal", "ref", z.h.vpc))
		})},
	{section: "10", op: "CreateHostedZone", behaviour: "deleting the zone frees its CallerReference, or not", evidence: "not documented, Netflix/denominator#356", how: "ReferenceKept",
		test: withZone(func(z zones) {
			_, err := z.DeleteHostedZone(z.t.Context(), &route53.DeleteHostedZoneInput{Id: z.zone.Id})
			require.NoError(z.t, err)
			second := z.make("orders.internal", z.h.vpc).HostedZone
			if !z.h.otherwise(func(c *fake.Cloud) { c.Switches.ReferenceKept = true }) {
				return
			}
			_, err = z.DeleteHostedZone(z.t.Context(), &route53.DeleteHostedZoneInput{Id: second.Id})
			require.NoError(z.t, err)
			z.refuseZone("HostedZoneAlreadyExists", "", z.request("orders.internal", "orders.internal on "+z.h.vpc, z.h.vpc))
		})},
	{num: 61, section: "3.5", op: "CreateHostedZone", behaviour: "one zone of a name on a VPC", evidence: "TF#37783", how: "sure",
		test: withZone(func(z zones) {
			z.refuseZone("ConflictingDomainExists", "has already been associated with the hosted zone "+z.id()+" with the same domain name.", z.request("Orders.Internal.", "second", z.h.vpc))
			z.make("orders.internal", z.h.bareVPC)
		})},
	{num: 62, section: "3.5", op: "CreateHostedZone", behaviour: "an unknown VPC is InvalidVPCId", evidence: "LS", how: "sure",
		test: withZone(func(z zones) {
			for _, id := range []string{"vpc-00000000000000000", z.h.strangersVPC} {
				_, err := z.CreateHostedZone(z.t.Context(), z.request("x.internal", "x", id))
				requireRefusal(z.t, err, "InvalidVPCId", 400, "The VPC ID is invalid.")
			}
		})},
	{num: 63, section: "7", op: "CreateHostedZone", behaviour: "a VPC without a HostedZoneConfig makes a private zone", evidence: "R53:CreateHostedZone", how: "sure",
		test: withZone(func(z zones) {
			out := z.make("x.internal", z.h.vpc)
			require.True(z.t, out.HostedZone.Config.PrivateZone)
			require.Nil(z.t, out.DelegationSet)
			require.Equal(z.t, z.h.vpc, *out.VPC.VPCId)
		})},
	{num: 64, section: "7", op: "ListResourceRecordSets", behaviour: "names come back in lower case, with a dot and escaped", evidence: "R53DG:DomainNameFormat", how: "sure",
		test: withZone(func(z zones) {
			z.must(create(aRecord("*.Shop.ORDERS.internal", "10.1.1.9")), create(aRecord(`\052.api.orders.internal.`, "10.1.1.9")))
			require.Equal(z.t, []string{`\052.api.orders.internal. A`, `\052.shop.orders.internal. A`}, z.list()[2:])
		})},
	{num: 65, section: "7", op: "CreateHostedZone", behaviour: "a zone is born with NS and SOA", evidence: "LS", how: "sure",
		test: withZone(func(z zones) {
			require.EqualValues(z.t, 2, *z.zone.ResourceRecordSetCount)
			require.Equal(z.t, []string{"orders.internal. NS", "orders.internal. SOA"}, z.list())
		})},
	{num: 72, section: "7", op: "GetChange", behaviour: "PENDING, later INSYNC", evidence: "R53:GetChange", how: "sure",
		cloud: func(c *fake.Cloud) { c.Timing.ZoneChange = 40 * time.Second },
		test: withZone(func(z zones) {
			out := z.make("x.internal", z.h.vpc)
			require.Equal(z.t, r53.ChangeStatusPending, out.ChangeInfo.Status)
			got, err := z.GetChange(z.t.Context(), &route53.GetChangeInput{Id: out.ChangeInfo.Id})
			require.NoError(z.t, err)
			require.Equal(z.t, r53.ChangeStatusPending, got.ChangeInfo.Status)
			waiter := route53.NewResourceRecordSetsChangedWaiter(z)
			require.NoError(z.t, waiter.Wait(z.t.Context(), &route53.GetChangeInput{Id: out.ChangeInfo.Id}, 3*time.Minute))
			_, err = z.GetChange(z.t.Context(), &route53.GetChangeInput{Id: aws.String("C00000000000000000000")})
			requireRefusal(z.t, err, "NoSuchChange", 404, "")
		})},
	{num: 73, section: "3.5", op: "DeleteHostedZone", behaviour: "a zone with records is not deleted", evidence: "R53:DeleteHostedZone", how: "sure",
		test: withZone(func(z zones) {
			z.must(create(aRecord("api.orders.internal", "10.1.1.9")))
			_, err := z.DeleteHostedZone(z.t.Context(), &route53.DeleteHostedZoneInput{Id: z.zone.Id})
			requireCode(z.t, err, "HostedZoneNotEmpty", "non-required resource record sets")
		})},
	{num: 78, section: "7", op: "ListHostedZonesByName", behaviour: "DNSName is where to start, in reversed-label order", evidence: "R53:ListHostedZonesByName", how: "sure",
		test: withZone(func(z zones) {
			for _, name := range []string{"a.internal", "z.a.internal", "x.example"} {
				z.make(name, z.h.vpc)
			}
			out, err := z.ListHostedZonesByName(z.t.Context(), &route53.ListHostedZonesByNameInput{DNSName: aws.String("b.a.internal"), MaxItems: aws.Int32(1)})
			require.NoError(z.t, err)
			require.Equal(z.t, "z.a.internal.", *out.HostedZones[0].Name)
			require.True(z.t, out.IsTruncated)
			require.Equal(z.t, "orders.internal.", *out.NextDNSName)
			require.Equal(z.t, z.id(), *out.NextHostedZoneId)
		})},
	{num: 79, section: "7", op: "ListHostedZones", behaviour: "zones and record sets come in pages", evidence: "R53:ListHostedZones", how: "sure", test: withZone(pagesOfZones)},
}

func pagesOfZones(z zones) {
	for i := range 4 {
		z.make(fmt.Sprintf("n%d.internal", i), z.h.vpc)
	}
	n := 0
	for p := route53.NewListHostedZonesPaginator(z, &route53.ListHostedZonesInput{MaxItems: aws.Int32(2)}); p.HasMorePages(); {
		out, err := p.NextPage(z.t.Context())
		require.NoError(z.t, err)
		n += len(out.HostedZones)
	}
	require.Equal(z.t, 5, n)
	var changes []r53.Change
	for i := range 350 {
		changes = append(changes, create(aRecord(fmt.Sprintf("h%d.orders.internal", i), "10.1.1.9")))
	}
	z.must(changes...)
	first, err := z.ListResourceRecordSets(z.t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: z.zone.Id, MaxItems: aws.Int32(1000)})
	require.NoError(z.t, err)
	require.True(z.t, first.IsTruncated)
	require.Len(z.t, first.ResourceRecordSets, 300)
	second, err := z.ListResourceRecordSets(z.t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: z.zone.Id,
		StartRecordName: first.NextRecordName, StartRecordType: first.NextRecordType})
	require.NoError(z.t, err)
	require.False(z.t, second.IsTruncated)
	require.Len(z.t, second.ResourceRecordSets, 52)
}

// endpointName makes a service and an endpoint that is available, and gives its regional name and zone.
func (z zones) endpointName() (name, zone string) {
	svc := z.h.service(z.t, false)
	ep := z.h.create(z.t, *svc.ServiceName)
	ep = z.h.reach(z.t, *ep.VpcEndpointId, "available")
	return *ep.DnsEntries[0].DnsName, *ep.DnsEntries[0].HostedZoneId
}
