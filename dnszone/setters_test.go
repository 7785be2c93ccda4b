package dnszone_test

import (
	"context"
	"net/netip"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// anyZone is a declaration of a zone of ours of any kind.
type anyZone = privatelink.Resource[dnszone.API, dnszone.Zone]

// setting is one setter: the writes of a declaration with it, besides those that make the zone, and the writes that a change of it sends.
type setting struct {
	name          string
	without, with anyZone
	created       []any
	changed       anyZone
	sent          []any
}

// The parts of requests.
func rr(name string, typ types.RRType, change func(*types.ResourceRecordSet), values ...string) *types.ResourceRecordSet {
	s := &types.ResourceRecordSet{Name: aws.String(name), Type: typ}
	if len(values) > 0 {
		s.TTL = aws.Int64(60)
	}
	for _, v := range values {
		s.ResourceRecords = append(s.ResourceRecords, types.ResourceRecord{Value: aws.String(v)})
	}
	if change != nil {
		change(s)
	}
	return s
}

func created(sets ...*types.ResourceRecordSet) any {
	in := &route53.ChangeResourceRecordSetsInput{ChangeBatch: &types.ChangeBatch{}}
	for _, s := range sets {
		in.ChangeBatch.Changes = append(in.ChangeBatch.Changes, types.Change{Action: types.ChangeActionCreate, ResourceRecordSet: s})
	}
	return in
}

func replaced(old, new *types.ResourceRecordSet) any {
	in := created(new).(*route53.ChangeResourceRecordSetsInput)
	in.ChangeBatch.Changes = append([]types.Change{{Action: types.ChangeActionDelete, ResourceRecordSet: old}}, in.ChangeBatch.Changes...)
	return in
}

func tagged(key, value string) any {
	return &route53.ChangeTagsForResourceInput{ResourceType: types.TagResourceTypeHostedzone, AddTags: []types.Tag{{Key: aws.String(key), Value: aws.String(value)}}}
}

func vpcIn(v dnszone.VPC) *types.VPC {
	return &types.VPC{VPCId: aws.String(v.ID), VPCRegion: types.VPCRegion(v.Region)}
}

// recorder is what the builders of zones of ours have in common; B is the builder.
type recorder[B any] interface {
	anyZone
	A(string, time.Duration, ...netip.Addr) B
	AAAA(string, time.Duration, ...netip.Addr) B
	CNAME(string, time.Duration, string) B
	TXT(string, time.Duration, ...string) B
	Alias(string, privatelink.DNSName) B
	Record(dnszone.Record) B
	Tag(string, string) B
	Tags(privatelink.Tags) B
	Exclusive(bool) B
}

// ofRecords are the settings that all kinds of zones have. The zone has an A record "target" in it already, at which aliases point; zone is its ID.
func ofRecords[B recorder[B]](kind, domain, zone string, b func() B) []setting {
	at := func(host string) string { return host + "." + domain + "." }
	alias := func(host, target string) *types.ResourceRecordSet {
		return rr(at(host), types.RRTypeA, func(s *types.ResourceRecordSet) {
			s.AliasTarget = &types.AliasTarget{DNSName: aws.String(at(target)), HostedZoneId: aws.String(zone)}
		})
	}
	to := func(host string) privatelink.DNSName { return privatelink.DNSName{Name: at(host), ZoneID: zone} }
	weighted := func(weight int64) func(*types.ResourceRecordSet) {
		return func(s *types.ResourceRecordSet) {
			s.SetIdentifier, s.Weight = aws.String("blue"), aws.Int64(weight)
		}
	}
	mx := func(weight int) dnszone.Record {
		return dnszone.Record{Host: "h", Type: dnszone.TypeMX, TTL: minute, Values: []string{"10 mail.example.com"}, SetIdentifier: "blue", Routing: dnszone.Weighted(weight)}
	}
	a1, a2 := rr(at("h"), "A", nil, "10.0.0.4"), rr(at("h"), "A", nil, "10.0.0.5")
	six1, six2 := rr(at("h"), "AAAA", nil, "fd00::6"), rr(at("h"), "AAAA", nil, "fd00::7")
	c1, c2 := rr(at("h"), "CNAME", nil, "a.example.com"), rr(at("h"), "CNAME", nil, "b.example.com")
	t1, t2 := rr(at("h"), "TXT", nil, `"one"`, `"t\"wo"`), rr(at("h"), "TXT", nil, `"one"`)
	m1, m2 := rr(at("h"), "MX", weighted(1), "10 mail.example.com"), rr(at("h"), "MX", weighted(2), "10 mail.example.com")
	gone := created()
	gone.(*route53.ChangeResourceRecordSetsInput).ChangeBatch.Changes = []types.Change{
		{Action: types.ChangeActionDelete, ResourceRecordSet: rr(at("target"), "A", nil, "10.0.0.9")}, {Action: types.ChangeActionDelete, ResourceRecordSet: rr(at("target2"), "A", nil, "10.0.0.9")}}
	return []setting{
		{kind + " A", b(), b().A("h", minute, four), []any{created(a1)}, b().A("h", minute, five), []any{replaced(a1, a2)}},
		{kind + " AAAA", b(), b().AAAA("h", minute, six), []any{created(six1)}, b().AAAA("h", minute, six.Next()), []any{replaced(six1, six2)}},
		{kind + " CNAME", b(), b().CNAME("h", minute, "a.example.com"), []any{created(c1)}, b().CNAME("h", minute, "b.example.com"), []any{replaced(c1, c2)}},
		{kind + " TXT", b(), b().TXT("h", minute, "one", `t"wo`), []any{created(t1)}, b().TXT("h", minute, "one"), []any{replaced(t1, t2)}},
		{kind + " Alias", b(), b().Alias("h", to("target")), []any{created(alias("h", "target"))}, b().Alias("h", to("target2")),
			[]any{replaced(alias("h", "target"), alias("h", "target2"))}},
		{kind + " Record", b(), b().Record(mx(1)), []any{created(m1)}, b().Record(mx(2)), []any{replaced(m1, m2)}},
		{kind + " Tag", b(), b().Tag("team", "one"), []any{tagged("team", "one")}, b().Tag("team", "two"), []any{tagged("team", "two")}},
		{kind + " Tags", b(), b().Tags(privatelink.Tags{"team": "one"}), []any{tagged("team", "one")}, b().Tags(privatelink.Tags{"team": "two"}), []any{tagged("team", "two")}},
		{kind + " Exclusive", b(), b().Exclusive(false), nil, b().Exclusive(true), []any{gone}},
	}
}

// settingsOf gives the setters in a world whose zones are there already.
func settingsOf(p *partners, stage func(anyZone) string) []setting {
	private := func() *dnszone.PrivateBuilder { return dnszone.Private(domain).VPC(region, p.a) }
	public := func() *dnszone.PublicBuilder { return dnszone.Public(site) }
	inside, outside := stage(private()), stage(public())
	all := append(ofRecords("Private", domain, inside, private), ofRecords("Public", site, outside, public)...)
	b, c := dnszone.VPC{Region: region, ID: p.b}, dnszone.VPC{Region: "eu-west-1", ID: p.c}
	return append(all,
		setting{"Private VPC", private(), private().VPC(b.Region, b.ID), []any{&route53.AssociateVPCWithHostedZoneInput{VPC: vpcIn(b)}},
			private().Exclusive(true).A("target", minute, nine).A("target2", minute, nine), []any{&route53.DisassociateVPCFromHostedZoneInput{VPC: vpcIn(b)}}},
		setting{"Private SharedWith", private(), private().SharedWith(c.Region, c.ID, p.them),
			[]any{&route53.CreateVPCAssociationAuthorizationInput{VPC: vpcIn(c)}, &route53.AssociateVPCWithHostedZoneInput{VPC: vpcIn(c)}, &route53.DeleteVPCAssociationAuthorizationInput{VPC: vpcIn(c)}},
			private().Exclusive(true).A("target", minute, nine).A("target2", minute, nine), []any{&route53.DisassociateVPCFromHostedZoneInput{VPC: vpcIn(c)}}})
}

// stageOf makes a zone that holds two foreign records.
func stageOf(t *testing.T, p *partners) func(anyZone) string {
	return func(b anyZone) string {
		z, err := b.WaitReady(t.Context(), p.api)
		require.NoError(t, err)
		for _, host := range []string{"target", "target2"} {
			upsert(t, p.world, z.ID, host, nine.String(), z.Domain)
		}
		return z.ID
	}
}

// Each setter: what it writes where there is nothing yet, nothing where it holds, what a change of it writes; and a declaration without it
// leaves all as it is.
func TestSettersAreSentComparedAndLeftAlone(t *testing.T) {
	first := newPartners()
	for i := range settingsOf(first, stageOf(t, first)) {
		p := newPartners()
		s := settingsOf(p, stageOf(t, p))[i]
		t.Run(s.name, func(t *testing.T) {
			ensure := func(b anyZone, want privatelink.Outcome, writes []any) {
				t.Helper()
				plan, err := b.Plan(t.Context(), p.api)
				require.NoError(t, err)
				require.Equal(t, len(writes) == 0, plan.Empty(), plan)
				sent := p.sent(t, func() {
					z, err := b.Ensure(t.Context(), p.api)
					require.NoError(t, err)
					require.Equal(t, want, z.Outcome)
				})
				require.Equal(t, append([]any{}, writes...), sent)
			}
			ensure(s.without, privatelink.Unchanged, nil)
			outcome := privatelink.Updated
			if len(s.created) == 0 {
				outcome = privatelink.Unchanged
			}
			ensure(s.with, outcome, s.created)
			ensure(s.with, privatelink.Unchanged, nil)
			ensure(s.without, privatelink.Unchanged, nil)
			ensure(s.changed, privatelink.Updated, s.sent)
			ensure(s.changed, privatelink.Unchanged, nil)
		})
	}
}

// sent are the inputs of the writes of f that took effect, without the zone's ID.
func (p *partners) sent(t *testing.T, f func()) []any {
	t.Helper()
	before, out := len(p.cloud.Calls()), []any{}
	f()
	for _, c := range p.cloud.Calls()[before:] {
		if c.Err != nil {
			continue
		}
		switch in := c.Input.(type) {
		case *route53.ChangeResourceRecordSetsInput:
			in.HostedZoneId = nil
			out = append(out, in)
		case *route53.ChangeTagsForResourceInput:
			in.ResourceId = nil
			out = append(out, in)
		case *route53.AssociateVPCWithHostedZoneInput:
			in.HostedZoneId = nil
			out = append(out, in)
		case *route53.DisassociateVPCFromHostedZoneInput:
			in.HostedZoneId = nil
			out = append(out, in)
		case *route53.CreateVPCAssociationAuthorizationInput:
			in.HostedZoneId = nil
			out = append(out, in)
		case *route53.DeleteVPCAssociationAuthorizationInput:
			in.HostedZoneId = nil
			out = append(out, in)
		case *route53.CreateHostedZoneInput, *route53.DeleteHostedZoneInput:
			out = append(out, in)
		}
	}
	return out
}

// The requests that make a zone, to the last member.
func TestZonesAreMadeWithTheseRequests(t *testing.T) {
	p := newPartners()
	for _, b := range []anyZone{dnszone.Private(domain).VPC(region, p.a), dnszone.Public(site)} {
		sent := p.sent(t, func() { _, err := b.Ensure(context.Background(), p.api); require.NoError(t, err) })
		require.Len(t, sent, 1)
		in := sent[0].(*route53.CreateHostedZoneInput)
		require.NotEmpty(t, aws.ToString(in.CallerReference))
		want := &route53.CreateHostedZoneInput{CallerReference: in.CallerReference, Name: aws.String(site + "."),
			HostedZoneConfig: &types.HostedZoneConfig{Comment: aws.String("made by aws-privatelink")}}
		if in.VPC != nil {
			want.Name, want.VPC, want.HostedZoneConfig.PrivateZone = aws.String(domain+"."), vpcIn(dnszone.VPC{Region: region, ID: p.a}), true
		}
		require.Equal(t, want, in)
	}
}
