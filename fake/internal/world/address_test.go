package world_test

import (
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// TestAddressesOfWhatIsGoneAreForgotten makes and drops more network interfaces than a subnet has addresses, and with IPv6 addresses that
// never come again.
func TestAddressesOfWhatIsGoneAreForgotten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := world.New(0)
		s := &world.Subnet{CIDR: netip.MustParsePrefix("10.0.0.0/28"), CIDR6: netip.MustParsePrefix("2600:1f18::/64")}
		for range 100 {
			w.Do(world.Config{Lag: time.Second}, "111111111111", "us-east-1", func(tx *world.Tx) {
				ni := &world.NetworkInterface{Meta: tx.Meta(tx.NewID("eni"), nil), Subnet: s.ID}
				var four, six bool
				ni.IPv4, four = tx.TakeIPv4(s, ni.ID)
				ni.IPv6, six = tx.TakeIPv6(s, ni.ID)
				require.True(t, four && six)
				tx.Interfaces.Put(tx.Now, ni)
				tx.Interfaces.Drop(ni.ID, tx.Now.Add(time.Second))
			})
			time.Sleep(time.Second)
		}
		require.LessOrEqual(t, w.Taken(), 6)
		time.Sleep(time.Minute)
		w.Do(world.Config{}, "", "", func(*world.Tx) {})
		require.Zero(t, w.Taken())
	})
}
