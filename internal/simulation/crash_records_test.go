package simulation_test

import (
	"context"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// The same as TestCrash, for records in a zone that is the provider's, and for split horizons whose public zone is ours or the provider's.
func TestCrashOfRecordsAndSplitHorizons(t *testing.T) {
	for name, job := range map[string]job{
		"mark":           {before: (*stage).lend, run: (*stage).mark, check: holds(ours)},
		"remark":         {before: (*stage).marked, run: (*stage).remark, check: holds(ours2)},
		"unmark":         {before: (*stage).marked, run: (*stage).unmark, check: holds(nil)},
		"split":          {run: (*stage).split, check: (*stage).halves},
		"resplit":        {before: (*stage).split, run: (*stage).resplit, check: (*stage).halvesAgain},
		"unsplit":        {before: (*stage).split, run: (*stage).unsplit, check: (*stage).unhalved},
		"split a loan":   {before: (*stage).lend, run: (*stage).borrow, check: holds(borrowed)},
		"unsplit a loan": {before: (*stage).borrowed, run: (*stage).giveBack, check: holds(nil)},
	} {
		t.Run(name, func(t *testing.T) {
			stories := 0
			for _, s := range few() {
				synctest.Test(t, func(t *testing.T) { stories += job.crashEverywhere(t, s) })
			}
			t.Logf("%d stories under %d settings", stories, len(few()))
			require.Greater(t, stories, len(few()))
		})
	}
}

const lent = "lent.example.com"

var other = netip.MustParseAddr("10.1.1.6")

// lend makes a zone of the provider's, with a record of his.
func (s *stage) lend(ctx context.Context) error {
	out, err := s.provider.CreateHostedZone(ctx, &route53.CreateHostedZoneInput{Name: aws.String(lent), CallerReference: aws.String("lent")})
	if err != nil {
		return err
	}
	_, err = s.provider.ChangeResourceRecordSets(ctx, &route53.ChangeResourceRecordSetsInput{HostedZoneId: out.HostedZone.Id,
		ChangeBatch: &types.ChangeBatch{Changes: []types.Change{{Action: types.ChangeActionCreate, ResourceRecordSet: &types.ResourceRecordSet{
			Name: aws.String("www." + lent), Type: types.RRTypeTxt, TTL: aws.Int64(60), ResourceRecords: []types.ResourceRecord{{Value: aws.String(`"his"`)}}}}}}})
	time.Sleep(10 * time.Second) // until reads show it
	return err
}

// lentZone is its ID.
func (s *stage) lentZone(ctx context.Context) (id string, err error) {
	for z, err := range dnszone.Lookup(ctx, s.provider, lent) {
		if err != nil {
			return "", err
		}
		if !z.Private {
			return z.ID, nil
		}
	}
	return "", privatelink.ErrNotFound
}

// guests are the records of ours there: of two hosts, one of which has two types and stands beside the provider's.
func (s *stage) guests(ctx context.Context, verb func(*dnszone.RecordsBuilder) error) error {
	id, err := s.lentZone(ctx)
	if err != nil {
		return err
	}
	return verb(dnszone.RecordsIn(id))
}

func (s *stage) mark(ctx context.Context) error {
	return s.guests(ctx, func(b *dnszone.RecordsBuilder) error {
		_, err := b.A("www", time.Minute, addr).AAAA("www", time.Minute, netip.MustParseAddr("fd00::5")).A("api", time.Minute, addr).WaitReady(ctx, s.provider)
		return err
	})
}

func (s *stage) marked(ctx context.Context) error {
	if err := s.lend(ctx); err != nil {
		return err
	}
	return s.mark(ctx)
}

func (s *stage) remark(ctx context.Context) error {
	return s.guests(ctx, func(b *dnszone.RecordsBuilder) error {
		_, err := b.A("www", time.Minute, other).CNAME("api", time.Minute, "www."+lent).A("*", time.Minute, addr).WaitReady(ctx, s.provider)
		return err
	})
}

func (s *stage) unmark(ctx context.Context) error {
	return s.guests(ctx, func(b *dnszone.RecordsBuilder) error { return b.WaitGone(ctx, s.provider) })
}

// What the lent zone holds of ours, marks included.
var (
	ours     = map[string]int{"www A": 1, "www AAAA": 1, "api A": 1, "_privatelink.www TXT": 2, "_privatelink.api TXT": 1}
	ours2    = map[string]int{"www A": 1, "api CNAME": 1, "* A": 1, "_privatelink.www TXT": 1, "_privatelink.api TXT": 1, `_privatelink.\052 TXT`: 1}
	borrowed = map[string]int{"api A": 1, "_privatelink.api TXT": 1}
)

// holds asserts that the lent zone holds these sets, with so many values, and what is the provider's.
func holds(want map[string]int) func(*stage, *testing.T, string) {
	return func(s *stage, t *testing.T, about string) {
		t.Helper()
		time.Sleep(10 * time.Second)
		id, err := s.lentZone(t.Context())
		require.NoError(t, err, about)
		all := map[string]int{"www TXT": 1}
		for k, n := range want {
			all[k] = n
		}
		z, err := dnszone.Get(t.Context(), s.provider, id)
		require.NoError(t, err, about)
		have := map[string]int{}
		for _, r := range z.Records {
			have[r.Host[:len(r.Host)-len("."+lent+".")]+" "+string(r.Type)] = len(r.Values)
		}
		require.Equal(t, all, have, about)
		zones := map[string]int{"public zone " + lent + ".": 1}
		if _, split := want["api A"]; split && len(want) == len(borrowed) {
			zones["private zone "+lent+"."] = 1
		}
		require.Equal(t, zones, s.census.Alive(), about)
	}
}

// horizon is a split horizon of the consumer's.
func (s *stage) horizon() *dnszone.SplitHorizonBuilder {
	return dnszone.SplitHorizon("split.example.com").VPC(s.consumer.Region, s.vpc).
		Inside(dnszone.A("api", time.Minute, addr)).Outside(dnszone.A("api", time.Minute, other)).Both(dnszone.TXT("", time.Minute, "both"))
}

func (s *stage) split(ctx context.Context) error {
	_, err := s.horizon().WaitReady(ctx, s.consumer)
	return err
}

func (s *stage) changed() *dnszone.SplitHorizonBuilder {
	return s.horizon().Inside(dnszone.A("api", time.Minute, other)).Outside(dnszone.A("api", time.Minute, addr), dnszone.CNAME("more", time.Minute, "elsewhere.example.org"))
}

func (s *stage) resplit(ctx context.Context) error {
	_, err := s.changed().WaitReady(ctx, s.consumer)
	return err
}

func (s *stage) unsplit(ctx context.Context) error {
	return privatelink.DeleteAll(ctx, s.horizon().On(s.consumer))
}

func (s *stage) halves(t *testing.T, about string) { t.Helper(); s.hold(t, s.horizon(), about) }

func (s *stage) halvesAgain(t *testing.T, about string) { t.Helper(); s.hold(t, s.changed(), about) }

// hold asserts that both halves are there, once, and as declared.
func (s *stage) hold(t *testing.T, b *dnszone.SplitHorizonBuilder, about string) {
	t.Helper()
	require.Equal(t, 2, s.census.Births(), about)
	time.Sleep(10 * time.Second)
	plan, err := b.Plan(t.Context(), s.consumer)
	require.NoError(t, err, about)
	require.True(t, plan.Empty(), "%s: %v", about, plan)
}

// unhalved asserts that no more than two zones ever were, and that nothing is left.
func (s *stage) unhalved(t *testing.T, about string) {
	t.Helper()
	require.Equal(t, 2, s.census.Births(), about)
	require.Equal(t, s.before, s.cloud.Dump(), about)
}

// loan is a split horizon whose public zone is the provider's.
func (s *stage) loan(ctx context.Context) (*dnszone.SplitHorizonBuilder, error) {
	id, err := s.lentZone(ctx)
	return dnszone.SplitHorizon(lent).VPC(s.consumer.Region, s.vpc).PublicZone(id, s.provider).
		Inside(dnszone.A("api", time.Minute, addr)).Outside(dnszone.A("api", time.Minute, other)), err
}

func (s *stage) borrow(ctx context.Context) error {
	b, err := s.loan(ctx)
	if err == nil {
		_, err = b.WaitReady(ctx, s.consumer)
	}
	return err
}

func (s *stage) borrowed(ctx context.Context) error {
	if err := s.lend(ctx); err != nil {
		return err
	}
	return s.borrow(ctx)
}

func (s *stage) giveBack(ctx context.Context) error {
	b, err := s.loan(ctx)
	if err == nil {
		err = b.WaitGone(ctx, s.consumer)
	}
	return err
}
