package zone_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/zone"
)

func TestCanonical(t *testing.T) {
	long := strings.Repeat("a", 64)
	for _, tt := range []struct{ in, want, err string }{
		{in: "API.Orders.Internal", want: "api.orders.internal."},
		{in: "api.orders.internal.", want: "api.orders.internal."},
		{in: "*.orders.internal", want: `\052.orders.internal.`},
		{in: `\052.orders.internal.`, want: `\052.orders.internal.`},
		{in: "_tok-1.example.com", want: "_tok-1.example.com."},
		{in: "a@b.example.com", want: `a\100b.example.com.`},
		{in: `a\056b.example.com`, want: `a\056b.example.com.`},
		{in: `\101.example.com`, want: "a.example.com."},
		{in: "..", err: "DomainLabelEmpty"},
		{in: "a..b", err: "DomainLabelEmpty"},
		{in: ".a", err: "DomainLabelEmpty"},
		{in: long + ".com", err: "DomainLabelTooLong"},
		{in: strings.Repeat("abcdefg.", 40) + "com", err: "DomainNameTooLong"},
		{in: "a b.com", err: "UnsupportedCharacter"},
		{in: "bücher.de", err: "UnsupportedCharacter"},
		{in: `a\9.com`, err: "InvalidEscape"},
		{in: `a\777.com`, err: "InvalidEscape"},
		{in: `a\05`, err: "InvalidEscape"},
		{in: ".", want: "."},
	} {
		t.Run(tt.in, func(t *testing.T) {
			got, err := zone.Canonical(tt.in)
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
			again, err := zone.Canonical(got)
			require.NoError(t, err)
			require.Equal(t, got, again)
		})
	}
}

func TestSortKeyOrdersFromTheRightAndCountsTheDot(t *testing.T) {
	names := []string{"www.example.com.", "example.com.", "example.org.", "api.example.com.", "x.api.example.com.",
		"example-x.com.", `\052.example.com.`}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(zone.SortKey(a), zone.SortKey(b)) })
	require.Equal(t, []string{"example-x.com.", "example.com.", `\052.example.com.`, "api.example.com.",
		"x.api.example.com.", "www.example.com.", "example.org."}, names)
}

func TestSortKeyTellsNamesApart(t *testing.T) {
	for _, pair := range [][2]string{{`b\056a.com.`, "a.b.com."}, {`a\000b.com.`, "a.com."}, {".", "com."}, {`\052.com.`, "052.com."}} {
		require.NotEqual(t, zone.SortKey(pair[0]), zone.SortKey(pair[1]))
	}
	require.Equal(t, `com.ex\344mple.`, zone.SortKey(`ex\344mple.com.`))
	require.Empty(t, zone.SortKey("."))
}

func TestWithin(t *testing.T) {
	require.True(t, zone.Within("a.b.", "b."))
	require.True(t, zone.Within("b.", "b."))
	require.False(t, zone.Within("ab.", "b."))
	require.False(t, zone.Within("b.", "a.b."))
}

func FuzzCanonical(f *testing.F) {
	for _, s := range []string{"", ".", "*.a", `\052.a.`, "a..b", "é", strings.Repeat("a.", 200)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name, err := zone.Canonical(s)
		if err != nil {
			return
		}
		again, err := zone.Canonical(name)
		require.NoError(t, err)
		require.Equal(t, name, again)
	})
}
