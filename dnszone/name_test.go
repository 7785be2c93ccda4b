package dnszone_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Every way of writing a name means the same zone and the same record, and what is read back says so.
func TestNamesAreComparedCanonically(t *testing.T) {
	w := newWorld()
	z, err := dnszone.Private("Orders.Internal.").VPC(region, w.a).
		A("API", minute, four).A("*", minute, four).A("@", minute, four).A("a+b", minute, four).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.Len(t, z.Records, 4)
	for _, hosts := range [][]string{
		{"api", `\052`, "", `a\053b`},
		{"api.orders.internal.", "*.ORDERS.internal.", "orders.internal.", `A\053B.orders.internal.`},
	} {
		b := dnszone.Private(`orders\056internal`)
		require.NoError(t, b.VPC(region, w.a).Validate(), "an escaped dot is a character of a label")
		b = dnszone.Private("ORDERS.internal").VPC(region, w.a)
		for _, host := range hosts {
			b.A(host, minute, four)
		}
		same, err := b.Ensure(t.Context(), w.api)
		require.NoError(t, err)
		require.Equal(t, privatelink.Unchanged, same.Outcome)
		require.Equal(t, z.ID, same.ID)
	}
	last := dnszone.Private(domain).VPC(region, w.a).A("api", minute, five).A("api.orders.internal.", minute, six).A("API", minute, four)
	same, err := last.Ensure(t.Context(), w.api)
	require.NoError(t, err, "the last of several spellings counts, and only that")
	require.Equal(t, privatelink.Unchanged, same.Outcome)
}

func FuzzHost(f *testing.F) {
	for _, host := range []string{"api", "*.a", `\052`, "a b", "a..b", "Ü", "a.orders.internal.", strings.Repeat("x", 64), `\`, `\777`, "-", "@", "."} {
		f.Add(host)
	}
	f.Fuzz(func(t *testing.T, host string) {
		w := newWorld()
		b := dnszone.Private(domain).VPC(region, w.a).A(host, minute, four)
		if b.Validate() != nil {
			return
		}
		z, err := b.WaitReady(t.Context(), w.api)
		require.NoError(t, err, "what is valid here is taken")
		require.Len(t, z.Records, 1)
		again, err := dnszone.Private(domain).VPC(region, w.a).A(z.Records[0].Host, minute, four).Ensure(t.Context(), w.api)
		require.NoError(t, err)
		require.Equal(t, privatelink.Unchanged, again.Outcome, "what is read back can be declared")
	})
}
