package recipe_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestProgressSaysWhatIsNew(t *testing.T) {
	var out bytes.Buffer
	show := recipe.Watch(&out)
	p := privatelink.Progress{Kind: "interface endpoint", Name: "orders", ID: "vpce-1", State: privatelink.Pending, Waiting: "AWS"}
	for range 15 { // of two seconds each: new at the start, then every ten seconds
		show(p)
		p.Elapsed += 2 * time.Second
	}
	p.State, p.Waiting = privatelink.Available, ""
	show(p)
	require.Equal(t, `    interface endpoint "orders"              vpce-1                     AWS  (0s)
    interface endpoint "orders"              vpce-1                     AWS  (10s)
    interface endpoint "orders"              vpce-1                     AWS  (20s)
    interface endpoint "orders"              vpce-1                     available  (30s)
`, out.String())
}

// An endpoint of one name in each of many VPCs is a resource each, with lines of its own.
func TestProgressTellsResourcesOfOneNameApart(t *testing.T) {
	var out bytes.Buffer
	show := recipe.Watch(&out)
	for range 2 {
		for _, vpc := range []string{"1", "2"} {
			show(privatelink.Progress{Kind: "interface endpoint", Name: "fleet", Scope: "vpc-" + vpc, ID: "vpce-" + vpc, State: privatelink.Deleting})
		}
	}
	require.Equal(t, `    interface endpoint "fleet"               vpce-1                     deleting  (0s)
    interface endpoint "fleet"               vpce-2                     deleting  (0s)
`, out.String())
}

func TestProgressOfManySaysHowFarItIs(t *testing.T) {
	var out bytes.Buffer
	show := recipe.WatchAll(&out)
	for i := range 41 {
		show(privatelink.AllProgress{Done: i, Waiting: 40 - i, Elapsed: time.Duration(i) * 100 * time.Millisecond, Calls: 2 * i})
	}
	require.Equal(t, `    0 ready, 40 to go, 0 failed  (0s, 0 calls)
    10 ready, 30 to go, 0 failed  (1s, 20 calls)
    20 ready, 20 to go, 0 failed  (2s, 40 calls)
    30 ready, 10 to go, 0 failed  (3s, 60 calls)
    40 ready, 0 to go, 0 failed  (4s, 80 calls)
`, out.String())
}
