package dnszone_test

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

const public = "example.com"

// shared is a public zone that somebody made by hand.
func shared(t *testing.T, w *world) (id string) {
	t.Helper()
	out, err := w.api.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String(public), CallerReference: aws.String("by hand")})
	require.NoError(t, err)
	return strings.TrimPrefix(*out.HostedZone.Id, "/hostedzone/")
}

// byHand changes a record set as a person would.
func byHand(t *testing.T, w *world, id string, action types.ChangeAction, host, typ string, values ...string) {
	t.Helper()
	set := &types.ResourceRecordSet{Name: aws.String(host + public), Type: types.RRType(typ), TTL: aws.Int64(60)}
	for _, v := range values {
		set.ResourceRecords = append(set.ResourceRecords, types.ResourceRecord{Value: aws.String(v)})
	}
	_, err := w.api.ChangeResourceRecordSets(context.Background(), &route53.ChangeResourceRecordSetsInput{HostedZoneId: aws.String(id),
		ChangeBatch: &types.ChangeBatch{Changes: []types.Change{{Action: action, ResourceRecordSet: set}}}})
	require.NoError(t, err)
}

// claimed is the value of a mark.
func claimed(id, owner, typ string) string {
	return fmt.Sprintf(`"aws-privatelink owner=%s zone=%s type=%s"`, owner, id, typ)
}

func TestRecordsInMarksWhatIsItsOwn(t *testing.T) {
	w := newWorld()
	id := shared(t, w)
	byHand(t, w, id, "CREATE", "www.", "A", "192.0.2.1")
	b := dnszone.RecordsIn("/hostedzone/"+id).A("api", minute, four).TXT("api", minute, "hello").A("*", minute, five).AAAA("", minute, six).
		CNAME("old", minute, "api."+public).Alias("alias", privatelink.DNSName{Name: "api." + public, ZoneID: id}).
		Record(dnszone.Record{Host: "Mail.", Type: dnszone.TypeMX, TTL: minute, Values: []string{"10 mx." + public}})
	_, err := b.Ensure(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrInvalid, "mail. is outside of the zone")
	require.Len(t, w.records(t, id), 1)
	b = dnszone.RecordsIn(id).A("api", minute, four).TXT("api", minute, "hello").A("*", minute, five).AAAA("", minute, six).
		CNAME("old", minute, "api."+public).Alias("alias", privatelink.DNSName{Name: "api." + public, ZoneID: id}).
		Record(dnszone.Record{Host: "Mail." + public + ".", Type: dnszone.TypeMX, TTL: minute, Values: []string{"10 mx." + public}})
	z, err := b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.True(t, z.Ready)
	require.Equal(t, privatelink.Updated, z.Outcome)
	require.Equal(t, public, z.Domain)
	require.Equal(t, map[string][]string{
		"www.example.com. A":                  {"192.0.2.1"},
		"api.example.com. A":                  {"10.0.0.4"},
		"api.example.com. TXT":                {`"hello"`},
		"_privatelink.api.example.com. TXT":   {claimed(id, "privatelink", "A"), claimed(id, "privatelink", "TXT")},
		"*.example.com. A":                    {"10.0.0.5"},
		`_privatelink.\052.example.com. TXT`:  {claimed(id, "privatelink", "A")},
		"example.com. AAAA":                   {"fd00::6"},
		"_privatelink.example.com. TXT":       {claimed(id, "privatelink", "AAAA")},
		"old.example.com. CNAME":              {"api.example.com"},
		"_privatelink.old.example.com. TXT":   {claimed(id, "privatelink", "CNAME")},
		"alias.example.com. A":                nil,
		"_privatelink.alias.example.com. TXT": {claimed(id, "privatelink", "A")},
		"mail.example.com. MX":                {"10 mx.example.com"},
		"_privatelink.mail.example.com. TXT":  {claimed(id, "privatelink", "MX")},
	}, w.records(t, id))
	plan, err := b.Plan(t.Context(), w.api)
	require.NoError(t, err)
	require.True(t, plan.Empty(), plan.String())
	require.NoError(t, b.WaitGone(t.Context(), w.api))
	require.Equal(t, map[string][]string{"www.example.com. A": {"192.0.2.1"}}, w.records(t, id))
}

func TestRecordsInBudget(t *testing.T) {
	w := newWorld()
	id := shared(t, w)
	b := dnszone.RecordsIn(id).A("api", minute, four)
	look := []string{"GetHostedZone", "ListResourceRecordSets"}
	change := append(append([]string{}, look...), "ChangeResourceRecordSets")
	verb := func(b *dnszone.RecordsBuilder) []string {
		return w.calls(func() {
			_, err := b.Ensure(t.Context(), w.api)
			require.NoError(t, err)
		})
	}
	require.Equal(t, change, verb(b))
	require.Equal(t, look, verb(b))
	require.Equal(t, change, verb(b.Clone().A("api", minute, five).A("b", minute, five)))
	require.Equal(t, change, verb(b))
	require.Equal(t, look, w.calls(func() { _, _ = b.Find(t.Context(), w.api) }))
	require.Equal(t, look, w.calls(func() { _, _ = b.Plan(t.Context(), w.api) }))
	require.Equal(t, change, w.calls(func() { require.NoError(t, b.Delete(t.Context(), w.api)) }))
	require.Equal(t, look, w.calls(func() { require.NoError(t, b.Delete(t.Context(), w.api)) }))
}

// A mark counts as a record: twice as many go into the batches as are declared.
func TestRecordsInThreeThousandRecords(t *testing.T) {
	w := newWorld()
	id := shared(t, w)
	b := dnszone.RecordsIn(id).Owner("o")
	for i := range 3000 {
		b.A(fmt.Sprintf("h%d", i), minute, netip.AddrFrom4([4]byte{10, 1, byte(i >> 8), byte(i)}))
	}
	count := func(f func() error) map[string]int {
		out := map[string]int{}
		for _, op := range w.calls(func() { require.NoError(t, f()) }) {
			out[op]++
		}
		return out
	}
	ensure := func() error { _, err := b.Ensure(t.Context(), w.api); return err }
	up := count(ensure)
	require.Equal(t, map[string]int{"GetHostedZone": 1, "ListResourceRecordSets": 1, "ChangeResourceRecordSets": 7}, up, "their characters count as well")
	require.Equal(t, map[string]int{"GetHostedZone": 1, "ListResourceRecordSets": 21}, count(ensure))
	for i := range 300 {
		b.A(fmt.Sprintf("h%d", i), minute, four)
	}
	require.Equal(t, 1, count(ensure)["ChangeResourceRecordSets"], "marks that stay are not written")
	down := count(func() error { return b.Delete(t.Context(), w.api) })
	require.Equal(t, 7, down["ChangeResourceRecordSets"])
	require.Empty(t, w.records(t, id))
}

func TestRecordsInOwnersShareAZoneAndEvenAHost(t *testing.T) {
	w := newWorld()
	id := shared(t, w)
	byHand(t, w, id, "CREATE", "api.", "MX", "10 mx.example.com")
	blue := dnszone.RecordsIn(id).Owner("blue").A("api", minute, four).A("blue", minute, four)
	green := dnszone.RecordsIn(id).Owner("green").TXT("api", minute, "green").A("green", minute, four)
	all := func() map[string][]string { return w.records(t, id) }
	for _, b := range []*dnszone.RecordsBuilder{blue, green, blue, green} {
		_, err := b.WaitReady(t.Context(), w.api)
		require.NoError(t, err)
	}
	require.Equal(t, []string{claimed(id, "blue", "A"), claimed(id, "green", "TXT")}, all()["_privatelink.api.example.com. TXT"])
	both := all()
	require.Len(t, both, 8)
	_, err := dnszone.RecordsIn(id).Owner("green").WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, map[string][]string{
		"api.example.com. MX": {"10 mx.example.com"}, "api.example.com. A": {"10.0.0.4"}, "blue.example.com. A": {"10.0.0.4"},
		"_privatelink.api.example.com. TXT":  {claimed(id, "blue", "A")},
		"_privatelink.blue.example.com. TXT": {claimed(id, "blue", "A")},
	}, all(), "what green declares no longer is gone, and nothing else")
	_, err = green.Find(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	_, err = green.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, both, all())
	require.NoError(t, blue.WaitGone(t.Context(), w.api))
	require.NoError(t, blue.WaitGone(t.Context(), w.api))
	require.Len(t, all(), 5)
	require.NoError(t, green.WaitGone(t.Context(), w.api))
	require.Equal(t, map[string][]string{"api.example.com. MX": {"10 mx.example.com"}}, all())
}

func TestRecordsInMendsWhatOthersDidToItsOwn(t *testing.T) {
	w := newWorld()
	id := shared(t, w)
	b := dnszone.RecordsIn(id).A("api", minute, four).A("two", minute, four)
	_, err := b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	good := w.records(t, id)
	byHand(t, w, id, "UPSERT", "api.", "A", "192.0.2.9")
	byHand(t, w, id, "DELETE", "two.", "A", "10.0.0.4")
	_, err = b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, good, w.records(t, id))
	byHand(t, w, id, "DELETE", "two.", "A", "10.0.0.4")
	require.NoError(t, b.WaitGone(t.Context(), w.api), "a mark without its set is ours as well")
	require.Empty(t, w.records(t, id))
}

// Whatever was done to our records meanwhile goes as well, declared or not; nothing else does, and never the zone.
func TestRecordsInDeleteRemovesExactlyWhatIsOurs(t *testing.T) {
	w := newWorld()
	id := shared(t, w)
	byHand(t, w, id, "CREATE", "api.", "MX", "10 mx.example.com")
	byHand(t, w, id, "CREATE", "_privatelink.", "TXT", `"not a mark"`)
	_, err := dnszone.RecordsIn(id).Owner("other").TXT("api", minute, "other").A("x", minute, four).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	before := w.cloud.Dump()
	_, err = dnszone.RecordsIn(id).A("api", minute, four).A("*", minute, four).CNAME("c", minute, "a.example.com").AAAA("x", minute, six).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	byHand(t, w, id, "UPSERT", "api.", "A", "192.0.2.9")
	byHand(t, w, id, "DELETE", "c.", "CNAME", "a.example.com")
	identity := dnszone.RecordsIn(id) // the zone and the owner are enough
	require.NoError(t, identity.Delete(t.Context(), w.api))
	require.Equal(t, before, w.cloud.Dump())
	require.Len(t, w.calls(func() { require.NoError(t, identity.Delete(t.Context(), w.api)) }), 2)
}

// An edit between our read and our deletion makes Route 53 refuse the batch, which is read again.
func TestRecordsInDeleteSeesAnEditInBetween(t *testing.T) {
	w := newWorld()
	id := shared(t, w)
	b := dnszone.RecordsIn(id).A("api", minute, four).A("www", minute, four)
	_, err := b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	between(w, func() {
		byHand(t, w, id, "UPSERT", "api.", "A", "192.0.2.9")
		byHand(t, w, id, "CREATE", "new.", "A", "192.0.2.9")
	})
	require.NoError(t, b.Delete(t.Context(), w.api))
	require.Equal(t, map[string][]string{"new.example.com. A": {"192.0.2.9"}}, w.records(t, id))
}

func TestRecordsInAbsentZoneIsNotFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		b := dnszone.RecordsIn("Z0123456789ABCDEFGHIJ").A("api", minute, four)
		_, err := b.Ensure(t.Context(), w.api)
		require.ErrorIs(t, err, privatelink.ErrNotFound)
		require.ErrorContains(t, err, `ensure records "privatelink" in Z0123456789ABCDEFGHIJ: there is no such zone`)
		_, err = b.WaitReady(t.Context(), w.api)
		require.ErrorIs(t, err, privatelink.ErrNotFound)
		_, err = b.Plan(t.Context(), w.api)
		require.ErrorIs(t, err, privatelink.ErrNotFound)
		_, err = b.Find(t.Context(), w.api)
		require.ErrorIs(t, err, privatelink.ErrNotFound)
		require.NoError(t, b.Delete(t.Context(), w.api))
		require.NoError(t, b.WaitGone(t.Context(), w.api))
		fake.NoLeaks(t, w.cloud)
	})
}

func TestRecordsInProblemsAreToldBeforeAnyCall(t *testing.T) {
	w := newWorld()
	long := strings.Repeat("a.", 115) + "example.com." // room for itself, none for its mark
	b := dnszone.RecordsIn("zone").Owner("two words").A("a b", minute, four).A(long, minute, four).A("_privatelink.api", minute, four).
		A("x", 0).Overwrite("", dnszone.TypeNS).Overwrite("*b", dnszone.TypeA).Overwrite("c", "QQ")
	calls := w.calls(func() {
		_, err := b.Ensure(t.Context(), w.api)
		require.ErrorIs(t, err, privatelink.ErrInvalid)
		require.Equal(t, privatelink.Problems(b.Validate()), privatelink.Problems(err))
		require.Len(t, privatelink.Problems(err), 10)
		for _, want := range []string{"zone's ID", "owner", `"a b"`, "too long for its mark", "keeps its marks", "TTL of 0s", "no value", "overwrit"} {
			require.ErrorContains(t, err, want)
		}
		require.ErrorIs(t, dnszone.RecordsIn("").Delete(t.Context(), w.api), privatelink.ErrInvalid)
		_, err = dnszone.RecordsIn("Z1").Ensure(t.Context(), nil)
		require.ErrorIs(t, err, privatelink.ErrInvalid)
	})
	require.Empty(t, calls)
}

// Some mistakes show only when the zone's name is known: before anything is written.
func TestRecordsInProblemsOfTheZoneAreToldBeforeAnyWrite(t *testing.T) {
	w := newWorld()
	id := shared(t, w)
	before := w.cloud.Dump()
	b := dnszone.RecordsIn(id).A("api.example.org.", minute, four).CNAME(public+".", minute, "x.example.com").Overwrite("a.example.org.", dnszone.TypeA)
	require.NoError(t, b.Validate())
	_, err := b.Ensure(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrInvalid)
	require.Len(t, privatelink.Problems(err), 3)
	_, err = b.Plan(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrInvalid)
	require.Equal(t, before, w.cloud.Dump())
	require.NoError(t, b.Delete(t.Context(), w.api), "which needs the zone and the owner only")
}

func TestRecordsInWaitGoneWaitsUntilTheRemovalIsPublished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		id := shared(t, w)
		b := dnszone.RecordsIn(id).A("api", minute, four)
		w.cloud.Delay = 40 * time.Second
		began := time.Now()
		ops := w.calls(func() {
			_, err := b.WaitReady(t.Context(), w.api)
			require.NoError(t, err)
		})
		require.GreaterOrEqual(t, time.Since(began), 40*time.Second)
		require.LessOrEqual(t, len(ops), 3+9+2)
		began = time.Now()
		var waits []string
		ops = w.calls(func() {
			require.NoError(t, b.WaitGone(t.Context(), w.api, privatelink.OnPoll(func(p privatelink.Progress) { waits = append(waits, p.Waiting) })))
		})
		require.GreaterOrEqual(t, time.Since(began), 40*time.Second)
		require.LessOrEqual(t, len(ops), 3+9+2)
		require.Contains(t, waits, "Route 53 to publish the change")
		require.Empty(t, w.records(t, id))
	})
}

func TestRecordsInNoTimePassesOnTheZeroFake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		id := shared(t, w)
		b := dnszone.RecordsIn(id).A("api", minute, four)
		_, err := b.WaitReady(t.Context(), w.api)
		require.NoError(t, err)
		_, err = dnszone.RecordsIn(id).Owner("other").A("api", minute, five).WaitReady(t.Context(), w.api)
		require.ErrorIs(t, err, privatelink.ErrConflict)
		require.NoError(t, b.WaitGone(t.Context(), w.api))
		require.NoError(t, b.WaitGone(t.Context(), w.api))
	})
}

// Sets of one host and type that routing policies tell apart have a mark each.
func TestRecordsInRoutingPolicies(t *testing.T) {
	w := newWorld()
	id := shared(t, w)
	weighted := func(set string, weight int, addr string) dnszone.Record {
		return dnszone.Record{Host: "api", Type: dnszone.TypeA, TTL: minute, Values: []string{addr}, SetIdentifier: set, Routing: dnszone.Weighted(weight)}
	}
	blue := dnszone.RecordsIn(id).Owner("blue").Record(weighted("the blue one", 1, "10.0.0.4"))
	green := dnszone.RecordsIn(id).Owner("green").Record(weighted("the green one", 2, "10.0.0.5"))
	for _, b := range []*dnszone.RecordsBuilder{blue, green, blue} {
		_, err := b.WaitReady(t.Context(), w.api)
		require.NoError(t, err)
	}
	z, err := green.Find(t.Context(), w.api)
	require.NoError(t, err)
	require.True(t, z.Ready)
	require.Len(t, z.Records, 3)
	_, err = dnszone.RecordsIn(id).A("api", minute, four).Ensure(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrConflict, "a simple set does not go with them")
	require.ErrorContains(t, err, "the blue one")
	require.NoError(t, blue.WaitGone(t.Context(), w.api))
	_, err = blue.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.NoError(t, green.WaitGone(t.Context(), w.api))
	both := blue.Clone().Record(weighted("another", 3, "10.0.0.9"))
	_, err = both.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	for i, set := range []string{"another", "the blue one"} { // a host's policy changes for all its sets at once
		r := weighted(set, 0, "10.0.0.9")
		r.Routing = []dnszone.Routing{dnszone.Primary(), dnszone.Secondary()}[i]
		r.HealthCheckID = w.api.HealthCheck().ID
		both.Record(r)
	}
	_, err = both.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.NoError(t, blue.WaitGone(t.Context(), w.api))
	require.Empty(t, w.records(t, id))
}

func TestRecordsInCloneAs(t *testing.T) {
	w := newWorld()
	id := shared(t, w)
	first := dnszone.RecordsIn("Z1").Owner("blue").Overwrite("api", dnszone.TypeA)
	second := first.CloneAs("/hostedzone/"+id).A("api", minute, four)
	require.NotErrorIs(t, first.Validate(), privatelink.ErrInvalid)
	plans, err := privatelink.PlanAll(t.Context(), second.On(w.api))
	require.NoError(t, err)
	require.Equal(t, `~ records "blue" in `+id+` (`+id+`)
    record _privatelink.api.example.com TXT: `+claimed(id, "blue", "A")+` for 5m0s
    record api.example.com A: 10.0.0.4 for 1m0s`, plans[0].String())
	require.NoError(t, second.On(w.api).WaitReady(t.Context()))
	require.NoError(t, privatelink.DeleteAll(t.Context(), second.On(w.api)))
	require.Empty(t, w.records(t, id))
}
