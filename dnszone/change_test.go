package dnszone_test

import (
	"context"
	"fmt"
	"net/netip"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// upsert sets an A record as another tool would, in the zone of a name, which is the private one unless told otherwise.
func upsert(t *testing.T, w *world, zone, host, addr string, name ...string) {
	t.Helper()
	set := &types.ResourceRecordSet{Name: aws.String(host + "." + append(name, domain)[0]), Type: types.RRTypeA, TTL: aws.Int64(60),
		ResourceRecords: []types.ResourceRecord{{Value: aws.String(addr)}}}
	_, err := w.api.ChangeResourceRecordSets(t.Context(), &route53.ChangeResourceRecordSetsInput{HostedZoneId: aws.String(zone),
		ChangeBatch: &types.ChangeBatch{Changes: []types.Change{{Action: types.ChangeActionUpsert, ResourceRecordSet: set}}}})
	require.NoError(t, err)
}

// between runs f once, right before the next batch that this library sends.
func between(w *world, f func()) {
	done := false
	w.cloud.Before = func(_ context.Context, c *fake.Call) error {
		if c.Op == "ChangeResourceRecordSets" && !done {
			done = true
			f()
		}
		return nil
	}
}

func TestConcurrentEditFailsTheBatchAndIsReadAgain(t *testing.T) {
	w := newWorld()
	b := dnszone.Private(domain).VPC(region, w.a).A("api", minute, four)
	z, err := b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)

	between(w, func() { upsert(t, w, z.ID, "api", "10.0.0.9"); upsert(t, w, z.ID, "www", "10.0.0.8") })
	before := len(w.cloud.Calls())
	_, err = b.A("api", minute, five).Ensure(t.Context(), w.api)
	require.NoError(t, err)
	var deleted []string
	for _, c := range w.cloud.Calls()[before:] {
		if in, ok := c.Input.(*route53.ChangeResourceRecordSetsInput); ok {
			for _, change := range in.ChangeBatch.Changes {
				if change.Action == types.ChangeActionDelete {
					deleted = append(deleted, aws.ToString(change.ResourceRecordSet.ResourceRecords[0].Value))
				}
			}
		}
	}
	require.Equal(t, []string{"10.0.0.4", "10.0.0.9"}, deleted, "the first batch is refused, the second names what then stood there")
	require.Equal(t, map[string][]string{"api.orders.internal. A": {"10.0.0.5"}, "www.orders.internal. A": {"10.0.0.8"}}, w.records(t, z.ID))

	between(w, func() { upsert(t, w, z.ID, "api", "10.0.0.6") })
	again, err := b.A("api", minute, netip.MustParseAddr("10.0.0.6")).Ensure(t.Context(), w.api)
	require.NoError(t, err, "somebody else made the very same change")
	require.Equal(t, map[string][]string{"api.orders.internal. A": {"10.0.0.6"}, "www.orders.internal. A": {"10.0.0.8"}}, w.records(t, again.ID))
}

func TestRefusedRecordIsTheCallersError(t *testing.T) {
	w := newWorld()
	b := dnszone.Private(domain).VPC(region, w.a).Alias("api", privatelink.DNSName{Name: "vpce-0.vpce-svc-0.us-east-1.vpce.amazonaws.com", ZoneID: "Z7HUB22UULQXV"})
	_, err := b.Ensure(t.Context(), w.api)
	var refused *types.InvalidChangeBatch
	require.ErrorAs(t, err, &refused)
	require.ErrorContains(t, err, `ensure private zone "orders.internal"`)
}

func TestThreeThousandRecordsGoInThreeBatches(t *testing.T) {
	w := newWorld()
	b := dnszone.Private(domain).VPC(region, w.a)
	host := func(i int) string { return fmt.Sprintf("h%04d", i) }
	for i := range 3000 {
		b.A(host(i), minute, four)
	}
	count := func(f func()) map[string]int {
		n := map[string]int{}
		for _, op := range w.calls(f) {
			n[op]++
		}
		return n
	}
	ensure := func() {
		_, err := b.Ensure(t.Context(), w.api)
		require.NoError(t, err)
	}
	require.Equal(t, 3, count(ensure)["ChangeResourceRecordSets"])
	require.Equal(t, map[string]int{"ListHostedZonesByName": 1, "GetHostedZone": 1, "ListResourceRecordSets": 11}, count(ensure))
	for i := range 300 {
		b.A(host(i*10), minute, five)
	}
	require.Equal(t, 1, count(ensure)["ChangeResourceRecordSets"])
	n := count(func() { require.NoError(t, b.WaitGone(t.Context(), w.api)) })
	require.Equal(t, 3, n["ChangeResourceRecordSets"])
	fake.NoLeaks(t, w.cloud)
}

func TestReplacementIsNeverSplit(t *testing.T) {
	w := newWorld()
	b := dnszone.Private(domain).VPC(region, w.a)
	many := func(third byte) (addrs []netip.Addr) {
		for i := range 300 {
			addrs = append(addrs, netip.AddrFrom4([4]byte{10, third, byte(i / 256), byte(i)}))
		}
		return addrs
	}
	for round := range 2 {
		for host := range 5 {
			b.A(fmt.Sprint("h", host), minute, many(byte(10*round+host))...)
		}
		before := len(w.cloud.Calls())
		_, err := b.WaitReady(t.Context(), w.api)
		require.NoError(t, err)
		for _, c := range w.cloud.Calls()[before:] {
			in, ok := c.Input.(*route53.ChangeResourceRecordSetsInput)
			if !ok {
				continue
			}
			touched := map[string]int{}
			for _, change := range in.ChangeBatch.Changes {
				touched[aws.ToString(change.ResourceRecordSet.Name)]++
			}
			for name, n := range touched {
				require.Equal(t, round+1, n, name)
			}
		}
	}
}
