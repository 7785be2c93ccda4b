package dnszone_test

import (
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// inBatch is a batch of deletions and what takes their place.
func inBatch(gone []*types.ResourceRecordSet, made ...*types.ResourceRecordSet) any {
	in := created(made...).(*route53.ChangeResourceRecordSetsInput)
	var changes []types.Change
	for _, s := range gone {
		changes = append(changes, types.Change{Action: types.ChangeActionDelete, ResourceRecordSet: s})
	}
	in.ChangeBatch.Changes = append(changes, in.ChangeBatch.Changes...)
	return in
}

// markIn is the mark of host h for some types.
func markIn(zone, owner string, typs ...string) *types.ResourceRecordSet {
	var values []string
	for _, typ := range typs {
		values = append(values, claimed(zone, owner, typ))
	}
	return rr("_privatelink.h."+public+".", types.RRTypeTxt, func(s *types.ResourceRecordSet) { s.TTL = aws.Int64(300) }, values...)
}

// Each setter: the exact batch that it writes where there is nothing yet, nothing where it holds, what a change of it writes, and what is written
// when it is declared no longer: the set and its mark go together.
func TestRecordsInSettersAreSentComparedAndRemoved(t *testing.T) {
	type sets []*types.ResourceRecordSet
	at := "h." + public + "."
	for _, c := range []struct {
		name        string
		with, other func(zone string, b *dnszone.RecordsBuilder) *dnszone.RecordsBuilder
		first, then func(zone string) sets
		typ         string
	}{
		{"A", func(_ string, b *dnszone.RecordsBuilder) *dnszone.RecordsBuilder { return b.A("h", minute, four) },
			func(_ string, b *dnszone.RecordsBuilder) *dnszone.RecordsBuilder { return b.A("h", minute, five, nine) },
			func(string) sets { return sets{rr(at, "A", nil, "10.0.0.4")} }, func(string) sets { return sets{rr(at, "A", nil, "10.0.0.5", "10.0.0.9")} }, "A"},
		{"AAAA", func(_ string, b *dnszone.RecordsBuilder) *dnszone.RecordsBuilder { return b.AAAA("h", minute, six) },
			func(_ string, b *dnszone.RecordsBuilder) *dnszone.RecordsBuilder { return b.AAAA("h", 2*minute, six) },
			func(string) sets { return sets{rr(at, "AAAA", nil, "fd00::6")} },
			func(string) sets {
				return sets{rr(at, "AAAA", func(s *types.ResourceRecordSet) { s.TTL = aws.Int64(120) }, "fd00::6")}
			}, "AAAA"},
		{"CNAME", func(_ string, b *dnszone.RecordsBuilder) *dnszone.RecordsBuilder {
			return b.CNAME("h", minute, "a.example.com")
		},
			func(_ string, b *dnszone.RecordsBuilder) *dnszone.RecordsBuilder {
				return b.CNAME("h", minute, "b.example.com")
			},
			func(string) sets { return sets{rr(at, "CNAME", nil, "a.example.com")} }, func(string) sets { return sets{rr(at, "CNAME", nil, "b.example.com")} }, "CNAME"},
		{"TXT", func(_ string, b *dnszone.RecordsBuilder) *dnszone.RecordsBuilder {
			return b.TXT("h", minute, "one", `t"wo`)
		},
			func(_ string, b *dnszone.RecordsBuilder) *dnszone.RecordsBuilder { return b.TXT("h", minute, "one") },
			func(string) sets { return sets{rr(at, "TXT", nil, `"one"`, `"t\"wo"`)} }, func(string) sets { return sets{rr(at, "TXT", nil, `"one"`)} }, "TXT"},
		{"Alias", func(zone string, b *dnszone.RecordsBuilder) *dnszone.RecordsBuilder {
			return b.Alias("h", privatelink.DNSName{Name: "theirs." + public, ZoneID: zone})
		}, func(_ string, b *dnszone.RecordsBuilder) *dnszone.RecordsBuilder { return b.A("h", minute, four) },
			func(zone string) sets {
				return sets{rr(at, "A", func(s *types.ResourceRecordSet) {
					s.AliasTarget = &types.AliasTarget{DNSName: aws.String("theirs." + public + "."), HostedZoneId: aws.String(zone)}
				})}
			}, func(string) sets { return sets{rr(at, "A", nil, "10.0.0.4")} }, "A"},
		{"Record", func(_ string, b *dnszone.RecordsBuilder) *dnszone.RecordsBuilder {
			return b.Record(dnszone.Record{Host: "h", Type: dnszone.TypeMX, TTL: minute, Values: []string{"10 mail.example.com"}})
		}, func(_ string, b *dnszone.RecordsBuilder) *dnszone.RecordsBuilder {
			return b.Record(dnszone.Record{Host: "h", Type: dnszone.TypeMX, TTL: minute, Values: []string{"20 mail.example.com"}})
		}, func(string) sets { return sets{rr(at, "MX", nil, "10 mail.example.com")} }, func(string) sets { return sets{rr(at, "MX", nil, "20 mail.example.com")} }, "MX"},
	} {
		for _, owner := range []string{dnszone.DefaultOwner, "somebody"} {
			t.Run(fmt.Sprint(c.name, " Owner ", owner), func(t *testing.T) {
				p := newPartners()
				id := shared(t, p.world)
				byHand(t, p.world, id, "CREATE", "theirs.", "A", "192.0.2.1")
				b := func() *dnszone.RecordsBuilder { return dnszone.RecordsIn(id).Owner(owner) }
				ensure := func(b *dnszone.RecordsBuilder, writes ...any) {
					t.Helper()
					plan, err := b.Plan(t.Context(), p.api)
					require.NoError(t, err)
					require.Equal(t, len(writes) == 0, plan.Empty(), plan)
					sent := p.sent(t, func() { _, err := b.Ensure(t.Context(), p.api); require.NoError(t, err) })
					require.Equal(t, append([]any{}, writes...), sent)
				}
				first, then, mark := c.first(id), c.then(id), markIn(id, owner, c.typ)
				ensure(b())
				ensure(c.with(id, b()), inBatch(nil, append(sets{mark}, first...)...))
				ensure(c.with(id, b()))
				ensure(c.with(id, b().Owner("another"))) // which takes an equal set as it is
				ensure(c.other(id, b()), inBatch(first, then...))
				ensure(c.with(id, b().Owner("another").Overwrite("h", dnszone.RecordType(c.typ))), inBatch(append(sets{mark}, then...), append(sets{markIn(id, "another", c.typ)}, first...)...))
				ensure(c.other(id, b().Overwrite("h", dnszone.RecordType(c.typ))), inBatch(append(sets{markIn(id, "another", c.typ)}, first...), append(sets{mark}, then...)...))
				ensure(b(), inBatch(append(then, mark)))
				require.Equal(t, map[string][]string{"theirs.example.com. A": {"192.0.2.1"}}, p.records(t, id))
			})
		}
	}
}
