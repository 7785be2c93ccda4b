package dnszone_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
)

// inWorlds runs a property in worlds that answer at once, after a while, and late.
func inWorlds(t *testing.T, holds func(t *testing.T, a *author, p *partners, seed string)) (called map[string]bool) {
	pairs := 240
	if testing.Short() {
		pairs = 40
	}
	called = map[string]bool{}
	clouds := []fake.Cloud{{}, {Delay: 10 * time.Second}, {Delay: 20 * time.Second, Lag: 3 * time.Second, Switches: fake.Switches{Date: true, RandomLag: true, ReferenceKept: true}}}
	for seed := range pairs {
		synctest.Test(t, func(t *testing.T) {
			c := &clouds[seed%len(clouds)]
			p := newPartners()
			p.cloud.Delay, p.cloud.Lag, p.cloud.Switches, p.cloud.Seed = c.Delay, c.Lag, c.Switches, uint64(seed)
			holds(t, &author{rand.New(rand.NewPCG(uint64(seed), 7)), called}, p, fmt.Sprintf("seed %d", seed))
		})
	}
	return called
}

func (p *partners) settled() { time.Sleep(2*(p.cloud.Delay+p.cloud.Lag) + time.Millisecond) }

// From one declaration to another, in a zone that holds records of somebody's and of another owner, at some of our hosts too: the writes are those
// that the plan listed, everything else stays, and in the end nothing of ours is left.
func TestRecordsInPropertyWritesAreWhatPlanListed(t *testing.T) {
	called := inWorlds(t, func(t *testing.T, a *author, p *partners, seed string) {
		target := aTarget(t, p)
		id := foreign(t, p.api, domain, pick(a, "", p.a))
		p.settled()
		upsert(t, p.world, id, "taken", "10.9.9.9")
		upsert(t, p.world, id, "theirs", "10.9.9.9")
		neighbour := dnszone.RecordsIn(id).Owner("neighbour")
		for _, host := range []string{"", "api", "db", "own"} {
			neighbour.Record(dnszone.Record{Host: host, Type: dnszone.TypePTR, TTL: minute, Values: []string{"a.example.com"}})
		}
		_, err := neighbour.WaitReady(t.Context(), p.api)
		require.NoError(t, err, seed)
		p.settled()
		others := p.sets(t, id)
		declare := func() *dnszone.RecordsBuilder {
			b := dnszone.RecordsIn(id)
			a.set(b, "Owner", "mine")
			a.records(b, target)
			if a.sometimes() {
				a.set(b, "Overwrite", pick(a, "taken", "Taken."+domain+"."), dnszone.TypeA)
				a.set(b, "A", "taken", minute, four)
			}
			return b
		}
		first, second := declare(), declare()
		require.NoError(t, first.Validate(), seed)
		_, err = first.WaitReady(t.Context(), p.api)
		require.NoError(t, err, seed)
		p.settled()
		p.meddle(t, a, id, others)
		p.settled()
		p.toSecond(t, second, id, seed)
		require.NoError(t, second.WaitGone(t.Context(), p.api), seed)
		p.settled()
		left := p.sets(t, id)
		if _, there := left["record taken."+domain+" A"]; !there {
			delete(others, "record taken."+domain+" A") // it was overwritten, and so was ours
		}
		require.Equal(t, others, left, seed)
	})
	require.ElementsMatch(t, settersOf(&dnszone.RecordsBuilder{}), slices.Collect(maps.Keys(called)))
}

// meddle changes and deletes some of our A records by hand.
func (p *partners) meddle(t *testing.T, a *author, id string, others map[string]types.ResourceRecordSet) {
	have := p.sets(t, id)
	for _, at := range slices.Sorted(maps.Keys(have)) {
		s := have[at]
		if _, theirs := others[at]; !theirs && s.Type == types.RRTypeA && s.SetIdentifier == nil && *s.Name != domain+"." && a.IntN(3) == 0 {
			upsert(t, p.world, id, strings.TrimSuffix(*s.Name, "."+domain+"."), "10.9.9.8")
		}
	}
}

// toSecond brings a zone to a declaration.
func (p *partners) toSecond(t *testing.T, b *dnszone.RecordsBuilder, id, seed string) {
	before := p.sets(t, id)
	plan, err := b.Plan(t.Context(), p.api)
	require.NoError(t, err, seed)
	require.Equal(t, id, plan.ID, seed)
	for i := range plan.Changes { // a wildcard's mark, as placeIn names it
		plan.Changes[i].Field = strings.Replace(plan.Changes[i].Field, `\052`, "*", 1)
	}
	var z *dnszone.Zone
	sent := p.sent(t, func() { z, err = b.WaitReady(t.Context(), p.api) })
	require.NoError(t, err, "%s: %v", seed, plan)
	require.True(t, z.Ready, seed)
	require.ElementsMatch(t, announced(plan, ""), made(sent), "%s: %v", seed, plan)
	p.settled()
	after, err := b.Plan(t.Context(), p.api)
	require.NoError(t, err, seed)
	require.True(t, after.Empty(), "%s: %v", seed, after)
	untouched(t, plan, before, p.sets(t, id), seed)
	for at, s := range p.sets(t, id) {
		if strings.Contains(aws.ToString(s.Name), "_privatelink.") {
			require.NotEmpty(t, s.ResourceRecords, at)
		}
	}
}
