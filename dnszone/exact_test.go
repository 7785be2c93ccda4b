package dnszone_test

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// batchesSent are the batches of changes that f sends, each within Route 53's limits, and with no set in two of them.
func batchesSent(t *testing.T, w *world, f func()) (all [][]types.Change) {
	t.Helper()
	before := len(w.cloud.Calls())
	f()
	in := map[string]int{}
	for _, c := range w.cloud.Calls()[before:] {
		change, ok := c.Input.(*route53.ChangeResourceRecordSetsInput)
		if !ok {
			continue
		}
		records, characters := 0, 0
		for _, c := range change.ChangeBatch.Changes {
			s := c.ResourceRecordSet
			require.Contains(t, []types.ChangeAction{types.ChangeActionCreate, types.ChangeActionDelete}, c.Action)
			key := aws.ToString(s.Name) + string(s.Type) + aws.ToString(s.SetIdentifier)
			n, seen := in[key]
			require.True(t, !seen || n == len(all), "%s is in two batches", key)
			in[key] = len(all)
			records += max(1, len(s.ResourceRecords))
			for _, v := range s.ResourceRecords {
				characters += len(aws.ToString(v.Value))
			}
		}
		require.LessOrEqual(t, records, 1000)
		require.LessOrEqual(t, characters, 32000)
		all = append(all, change.ChangeBatch.Changes)
	}
	return all
}

func TestExactlyWithinTheLimitsOfABatch(t *testing.T) {
	w := newWorld()
	many := func(first, n int) (addrs []netip.Addr) {
		for i := range n {
			addrs = append(addrs, netip.AddrFrom4([4]byte{10, byte(first), byte(i / 250), byte(i%250 + 1)}))
		}
		return addrs
	}
	declare := func(round int) *dnszone.PrivateBuilder {
		b := dnszone.Private(domain).VPC(region, w.a)
		for i := range 12 {
			b.TXT(fmt.Sprint("t", i), minute, strings.Repeat(string(rune('a'+round)), 3800))
			b.A(fmt.Sprint("a", i), minute, many(round, 1+i*30)...)
			b.AAAA(fmt.Sprint("a", i), minute, netip.AddrFrom16([16]byte{0xfd, byte(round), 15: byte(i)}))
		}
		for i := range 3 { // more at one name than a batch can hold of both rounds
			r := routedA(fmt.Sprint("set", i), "", dnszone.Weighted(round+i))
			r.Values = nil
			for _, a := range many(100+round+i, 200) {
				r.Values = append(r.Values, a.String())
			}
			b.Record(r)
		}
		return b
	}
	for round := range 3 {
		sent := batchesSent(t, w, func() {
			z, err := declare(round).WaitReady(t.Context(), w.api)
			require.NoError(t, err)
			require.Len(t, z.Records, 12*3+3)
		})
		require.Greater(t, len(sent), 1)
		require.Empty(t, batchesSent(t, w, func() {
			z, err := declare(round).Ensure(t.Context(), w.api)
			require.NoError(t, err)
			require.Equal(t, privatelink.Unchanged, z.Outcome)
		}), "equal sets are not written")
	}
	batchesSent(t, w, func() { require.NoError(t, declare(0).WaitGone(t.Context(), w.api)) })
	fake.NoLeaks(t, w.cloud)
}

func TestThreeThousandRecordsAreListedInElevenPages(t *testing.T) {
	w := newWorld()
	b := dnszone.Private(domain).VPC(region, w.a)
	for i := range 3000 {
		b.A(fmt.Sprintf("h%04d", i), minute, four)
	}
	pages := func(f func()) (n int) {
		for _, op := range w.calls(f) {
			if op == "ListResourceRecordSets" {
				n++
			}
		}
		return n
	}
	ensure := func() { _, err := b.Ensure(t.Context(), w.api); require.NoError(t, err) }
	require.Zero(t, pages(ensure), "a zone that was just made holds nothing")
	require.Equal(t, 11, pages(ensure), "with the zone's own SOA and NS there are 3,002 sets")
	for i := range 300 {
		b.A(fmt.Sprintf("h%04d", i*10), minute, five)
	}
	require.Equal(t, 11, pages(ensure))
	require.Equal(t, 11, pages(func() { require.NoError(t, b.WaitGone(t.Context(), w.api)) }))
	fake.NoLeaks(t, w.cloud)
}

// Aliases stand on other sets of the zone, which come before them and go after them, also where that takes several batches.
func TestAliasesComeAfterWhatTheyPointAt(t *testing.T) {
	w := newWorld()
	z, err := dnszone.Private(domain).VPC(region, w.a).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	b := dnszone.Private(domain).VPC(region, w.a)
	for i := range 700 {
		b.Alias(fmt.Sprintf("a%03d", i), privatelink.DNSName{Name: fmt.Sprintf("z%03d.%s", i, domain), ZoneID: z.ID}).A(fmt.Sprintf("z%03d", i), minute, four)
	}
	require.Len(t, batchesSent(t, w, func() { _, err := b.Ensure(t.Context(), w.api); require.NoError(t, err) }), 2)
	down := batchesSent(t, w, func() { require.NoError(t, b.WaitGone(t.Context(), w.api)) })
	require.Len(t, down, 2)
	for i, c := range slices.Concat(down...) {
		require.Equal(t, i < 700, c.ResourceRecordSet.AliasTarget != nil, "%d: aliases go first", i)
	}
	fake.NoLeaks(t, w.cloud)
}

// Somebody else edits the zone right before every one of our batches, for as long as that is: what we delete is always what stood there, and what
// we do not declare stays.
func TestEditsBySomebodyElseAreNeverLost(t *testing.T) {
	for name, b := range map[string]func(w *world) *dnszone.PrivateBuilder{
		"declared": func(w *world) *dnszone.PrivateBuilder { return dnszone.Private(domain).VPC(region, w.a) },
		"exclusive": func(w *world) *dnszone.PrivateBuilder {
			return dnszone.Private(domain).VPC(region, w.a).Exclusive(true)
		},
	} {
		for edits := range 4 {
			w := newWorld()
			declared := b(w).A("api", minute, four).A("new", minute, four).TXT("t", minute, "x")
			z, err := b(w).A("api", minute, five).WaitReady(t.Context(), w.api)
			require.NoError(t, err)
			upsert(t, w, z.ID, "old", "10.9.0.1")
			n := 0
			w.cloud.Before = func(_ context.Context, c *fake.Call) error {
				if in, ok := c.Input.(*route53.ChangeResourceRecordSetsInput); ok && n < edits && in.ChangeBatch.Changes[0].Action != types.ChangeActionUpsert {
					n++
					for _, host := range []string{"api", "new", "old", fmt.Sprint("theirs", n)} {
						upsert(t, w, z.ID, host, fmt.Sprintf("10.9.1.%d", n))
					}
				}
				return nil
			}
			before := len(w.cloud.Calls())
			_, err = declared.WaitReady(t.Context(), w.api)
			require.NoError(t, err, "%s, %d edits", name, edits)
			w.cloud.Before = nil
			refused := 0
			for _, c := range w.cloud.Calls()[before:] {
				if c.Op == "ChangeResourceRecordSets" && c.Err != nil {
					refused++
				}
			}
			require.Equal(t, edits, refused, "each edit fails our batch, and the zone is read again")
			got := w.records(t, z.ID)
			require.Equal(t, []string{"10.0.0.4"}, got["api.orders.internal. A"])
			require.Equal(t, []string{"10.0.0.4"}, got["new.orders.internal. A"])
			if name == "declared" {
				require.Len(t, got, 4+edits, "all that is not declared is there as it was left")
			} else {
				require.Len(t, got, 3)
			}
			require.NoError(t, declared.Exclusive(true).WaitGone(t.Context(), w.api))
		}
	}
}

func TestINSYNCOfManyChangesTakesFewGetChangeCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.cloud.Delay = 40 * time.Second
		b := dnszone.Private(domain).VPC(region, w.a).VPC(region, w.b)
		for i := range 5000 {
			b.A(fmt.Sprintf("h%04d", i), minute, four)
		}
		looks := 0
		for _, op := range w.calls(func() { _, err := b.WaitReady(t.Context(), w.api); require.NoError(t, err) }) {
			if op == "GetChange" {
				looks++
			}
		}
		t.Logf("%d looks at 7 changes in 40 s", looks)
		require.LessOrEqual(t, looks, 7+9, "one a change, and one a poll")
	})
}

// The hidden zone of an endpoint with private DNS belongs to AWS.
func TestZoneOwnedByAWSIsAConflict(t *testing.T) {
	w := newWorld()
	vpc := w.api.VPC("10.5.0.0/16")
	_, err := endpoint.Interface("registry").VPC(vpc.ID).Service(endpoint.AWSService(region, "ecr.api")).
		Subnets(vpc.Subnet("us-east-1a", "10.5.1.0/24").ID).PrivateDNS(true).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	b := dnszone.Private("api.ecr.us-east-1.amazonaws.com").VPC(region, vpc.ID).A("", minute, four)
	p, err := b.Plan(t.Context(), w.api)
	require.NoError(t, err)
	require.Len(t, p.Warnings, 1)
	_, err = b.Ensure(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrConflict)
	require.ErrorContains(t, err, "VPC us-east-1/"+vpc.ID+" is served under this name by hosted zone Z")
	require.ErrorContains(t, err, "of the AWS service ")
	require.NoError(t, b.WaitGone(t.Context(), w.api))
}

// A zone that another account shares with the VPC cannot be looked at from here.
func TestZoneOfAnotherAccountIsAConflict(t *testing.T) {
	for _, lag := range []time.Duration{0, 3 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			p := newPartners()
			p.cloud.Lag = lag
			time.Sleep(time.Minute)
			z, err := p.declared().WaitReady(t.Context(), p.api)
			require.NoError(t, err)
			time.Sleep(time.Minute)
			_, err = dnszone.Private(domain).VPC("eu-west-1", p.c).Ensure(t.Context(), p.them)
			require.ErrorIs(t, err, privatelink.ErrConflict)
			require.ErrorContains(t, err, "VPC eu-west-1/"+p.c+" is served under this name by hosted zone "+z.ID+" of account 111122223333")
		})
	}
}

// What keeps a zone that is signed is in no list.
func TestZoneThatIsSignedIsNotEmpty(t *testing.T) {
	for _, lag := range []time.Duration{0, 5 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld()
			w.cloud.Lag = lag
			time.Sleep(time.Minute)
			b := dnszone.Public(site).A("www", minute, four)
			z, err := b.WaitReady(t.Context(), w.api)
			require.NoError(t, err)
			time.Sleep(time.Minute)
			_, err = w.api.CreateKeySigningKey(t.Context(), &route53.CreateKeySigningKeyInput{HostedZoneId: &z.ID, Name: aws.String("key"), CallerReference: aws.String("key"),
				Status: aws.String("ACTIVE"), KeyManagementServiceArn: aws.String("arn:aws:kms:us-east-1:" + w.api.ID + ":key/00000000-0000-0000-0000-000000000000")})
			require.NoError(t, err)
			_, err = w.api.EnableHostedZoneDNSSEC(t.Context(), &route53.EnableHostedZoneDNSSECInput{HostedZoneId: &z.ID})
			require.NoError(t, err)
			began := time.Now()
			err = b.WaitGone(t.Context(), w.api, privatelink.Timeout(time.Hour))
			require.ErrorIs(t, err, privatelink.ErrInUse)
			require.ErrorContains(t, err, "DNSSEC signing may be on")
			require.ErrorContains(t, err, z.ID)
			require.Less(t, time.Since(began), time.Minute)
			_, err = w.api.DisableHostedZoneDNSSEC(t.Context(), &route53.DisableHostedZoneDNSSECInput{HostedZoneId: &z.ID})
			require.NoError(t, err)
			require.NoError(t, b.WaitGone(t.Context(), w.api))
			fake.NoLeaks(t, w.cloud)
		})
	}
}

// Many processes write to one zone at once, each its own records and one that all declare.
func TestWritersOfOneZoneLoseNothing(t *testing.T) {
	for _, busy := range []time.Duration{0, 300 * time.Millisecond} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld()
			w.cloud.Delay, w.cloud.Timing.ZoneBusy = 20*time.Second, busy
			var all sync.WaitGroup
			for i := range 8 {
				all.Go(func() {
					b := dnszone.Private(domain).VPC(region, w.a).A("api", minute, four).A(fmt.Sprint("h", i), minute, five).TXT(fmt.Sprint("t", i), minute, "x")
					z, err := b.WaitReady(t.Context(), w.api)
					require.NoError(t, err)
					require.GreaterOrEqual(t, len(z.Records), 3)
				})
			}
			all.Wait()
			z, err := dnszone.Private(domain).VPC(region, w.a).Find(t.Context(), w.api)
			require.NoError(t, err)
			require.Len(t, z.Records, 1+2*8)
			require.NoError(t, dnszone.Private(domain).VPC(region, w.a).Exclusive(true).WaitGone(t.Context(), w.api))
		})
	}
}
