package fake_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// TestConformance runs the rows on a network that was made by EC2 and ELBv2 calls, and lists how each ended: same, different (and how) or not
// offered by the target. The target is the fake, on which all must be the same, or with PRIVATELINK_CONFORMANCE=live what the SDK's
// configuration points to: one VPC pair and one set of load balancers for all rows, which it pays for and waits for. There it only reports.
func TestConformance(t *testing.T) {
	if os.Getenv("PRIVATELINK_CONFORMANCE") == "live" {
		report(t, conformLive(t))
		return
	}
	t.Parallel()
	results := conformFake(t)
	report(t, results)
	for _, r := range results {
		require.Equal(t, "same", r.ending, "%s: %s", r.row.name(), r.why)
	}
}

// result is how a row ended on a target.
type result struct {
	row         row
	ending, why string
}

func conformFake(t *testing.T) []result {
	var results []result
	for i, r := range allRows() {
		if testing.Short() && i%5 != 0 {
			continue
		}
		synctest.Test(t, func(t *testing.T) { results = append(results, r.conform(t, calledHarness(t, r.cloud))) })
	}
	return results
}

// calledHarness is newHarness, made by calls. The settings hold from then on, save how zones are named.
func calledHarness(t testing.TB, settings func(*fake.Cloud)) *harness {
	c, wanted := &fake.Cloud{}, &fake.Cloud{}
	if settings != nil {
		settings(wanted)
	}
	c.ShuffleAZs = wanted.ShuffleAZs
	p, q, s := c.Account("111111111111"), c.Account("222222222222"), c.Account("333333333333")
	b := &builder{t: t, target: target{provider: p, consumer: q, stranger: s, remote: q.In("eu-west-1"), balancing: p.LoadBalancing(), region: p.Region, abroad: "eu-west-1"}}
	h := b.network()
	h.cloud = c
	if settings != nil {
		settings(c)
	}
	return h
}

func conformLive(t *testing.T) []result {
	on, accounts, err := liveTarget(t.Context(), os.Getenv)
	require.NoError(t, err)
	return conformOn(t, on, accounts, liveOrder())
}

// conformOn runs rows on a target that is not made for them alone, and leaves nothing there.
func conformOn(t *testing.T, on target, accounts []*liveAccount, rows []row) []result {
	b, run := &builder{t: t, target: on}, rand.Text()[:8]
	defer func() {
		if err := takeDown(context.Background(), b.undo); err != nil {
			t.Errorf("left behind: %v", err)
		}
	}()
	h := b.network()
	for _, a := range accounts {
		a.keep()
	}
	var results []result
	for i, r := range rows {
		h.run = fmt.Sprintf("-%s-%d", run, i)
		results = append(results, r.conform(t, h))
		t.Log(results[len(results)-1])
		for _, a := range accounts {
			if err := a.tidy(t.Context()); err != nil {
				t.Errorf("left behind by %q: %v", r.name(), err)
			}
		}
	}
	return results
}

// spoiling are the operations whose rows delete a part of the network that all rows share on a live target.
var spoiling = []string{"DeleteRouteTable", "DeleteSubnet", "DeleteLoadBalancer"}

// liveOrder are the rows, those last after which the network is no longer whole.
func liveOrder() []row {
	rows := allRows()
	slices.SortStableFunc(rows, func(a, b row) int { return slices.Index(spoiling, a.op) - slices.Index(spoiling, b.op) })
	return rows
}

// TestLiveOrder holds that no row is lost, and that those that spoil the network come last.
func TestLiveOrder(t *testing.T) {
	t.Parallel()
	rows := liveOrder()
	require.Len(t, rows, len(allRows()))
	whole := slices.IndexFunc(rows, func(r row) bool { return slices.Contains(spoiling, r.op) })
	for _, r := range rows[whole:] {
		require.Contains(t, spoiling, r.op)
	}
	require.Equal(t, "DeleteLoadBalancer", rows[len(rows)-1].op, "every service needs one")
}

// conform runs a row and says how it ended.
func (r row) conform(t testing.TB, h *harness) result {
	got := record(t, func(t testing.TB) { r.test(t, h) })
	switch why := got.difference(); {
	case got.verdict() == "PASS":
		return result{r, "same", ""}
	case got.verdict() == "SKIP", missing(why):
		return result{r, "not offered", got.skipped + why}
	default:
		return result{r, "different", why}
	}
}

// missing says whether a target does not have what a row asks of it.
func missing(why string) bool {
	return containsAny(why, "InvalidAction", "UnsupportedOperation", "NotImplemented", "UnknownOperation", "is not modelled", "interface conversion")
}

func (r result) String() string {
	return strings.TrimSpace(fmt.Sprintf("%-11s  %s  %s", r.ending, r.row.name(), r.why))
}

// TestLiveRunsLeaveNothing runs the rows twice on one AWS that lasts, over the wire: nothing of the first run is in the way of the second, and
// nothing of either is left. What only settings of the fake can show ends as different there, as it would on AWS.
func TestLiveRunsLeaveNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := &fake.Cloud{Timing: fake.Timing{Delete: 20 * time.Second, ServiceDelete: 5 * time.Second, BalancerRelease: 5 * time.Second}, Forget: true}
		cfgs := [3]aws.Config{c.Account("111111111111").Config(), c.Account("222222222222").Config(), c.Account("333333333333").Config()}
		rows := slices.DeleteFunc(liveOrder(), func(r row) bool { return r.cloud != nil || testing.Short() && len(r.name())%5 != 0 })
		var endings [2][]string
		for i := range endings {
			on, accounts := targetOf(cfgs)
			for _, r := range conformOn(t, on, accounts, rows) {
				endings[i] = append(endings[i], r.ending+" "+r.row.name())
			}
			time.Sleep(time.Hour)
			require.Empty(t, c.Dump())
		}
		require.Equal(t, endings[0], endings[1])
		same := slices.DeleteFunc(endings[0], func(e string) bool { return !strings.HasPrefix(e, "same ") })
		require.Greater(t, len(same)*10, len(rows)*9)
	})
}

// TestLiveRunsEnd runs the rows that set the fake's times on an AWS that does not let itself be set, nor hastened: none waits for what takes
// that long there.
func TestLiveRunsEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := &fake.Cloud{Forget: true}
		on, accounts := targetOf([3]aws.Config{c.Account("111111111111").Config(), c.Account("222222222222").Config(), c.Account("333333333333").Config()})
		rows := slices.DeleteFunc(liveOrder(), func(r row) bool { return r.cloud == nil || testing.Short() && len(r.name())%5 != 0 })
		began := time.Now()
		conformOn(t, on, accounts, rows)
		require.Less(t, time.Since(began), time.Duration(len(rows))*2*patience)
	})
}

// TestLiveTarget builds the clients of the live run, without calling anyone.
func TestLiveTarget(t *testing.T) {
	for name, value := range map[string]string{"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
		"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull} {
		t.Setenv(name, value)
	}
	on, accounts, err := liveTarget(t.Context(), func(string) string { return "" })
	require.NoError(t, err)
	require.Len(t, accounts, 4)
	require.Equal(t, []string{"eu-west-1", "us-east-1"}, []string{on.region, on.abroad})
	for _, a := range accounts {
		require.Implements(t, (*route53Client)(nil), a)
		require.NoError(t, a.tidy(t.Context()))
	}
}

// report lists the results, the interesting ones last.
func report(t *testing.T, results []result) {
	count := map[string]int{}
	slices.SortStableFunc(results, func(a, b result) int { return strings.Compare(b.ending, a.ending) })
	var b strings.Builder
	for _, r := range results {
		count[r.ending]++
		fmt.Fprintln(&b, r)
	}
	t.Logf("%d same, %d different, %d not offered by the target\n%s", count["same"], count["different"], count["not offered"], b.String())
}
