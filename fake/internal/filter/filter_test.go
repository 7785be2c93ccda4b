package filter_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/filter"
)

func TestMatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, value string
		want           bool
	}{
		{"orders", "orders", true}, {"orders", "Orders", false}, {"orders", "orders-eu", false},
		{"orders*", "orders-eu", true}, {"*eu", "orders-eu", true}, {"*d*r*", "orders", true}, {"*x*", "orders", false},
		{"order?", "orders", true}, {"order?", "order", false}, {`order\*`, "order*", true}, {`order\*`, "orders", false},
		{`a\?`, "a?", true}, {`a\?`, "ab", false}, {`a\\`, `a\`, true}, {"*", "", true}, {"?", "", false}, {"", "", true},
		{"Z?rich", "Zürich", true}, {"Z??rich", "Zürich", false}, {"*?", "ü", true}, {"*??", "ü", false}, {"ü*h", "ürich", true},
		{"a*b*c", "axxbyyc", true}, {"a*b*c", "axxbyy", false}, {"**", "anything", true}, {`\`, `\`, true},
	} {
		got, err := filter.Parse([]types.Filter{{Name: aws.String("vpc-id"), Values: []string{c.pattern}}}, false, "vpc-id")
		require.NoError(t, err)
		require.Equal(t, c.want, got[0].Match(c.value), "%q against %q", c.value, c.pattern)
	}
}

func TestExact(t *testing.T) {
	t.Parallel()
	got, err := filter.Parse([]types.Filter{{Name: aws.String("tag:a"), Values: []string{"x", "y"}}}, false, "tag:")
	require.NoError(t, err)
	values, ok := got[0].Exact()
	require.True(t, ok)
	require.Equal(t, []string{"x", "y"}, values)
	key, ok := got[0].TagKey()
	require.True(t, ok)
	require.Equal(t, "a", key)
}

func TestLimitCountsTheValuesOfAllFilters(t *testing.T) {
	t.Parallel()
	many := func(n int) types.Filter { return types.Filter{Name: aws.String("vpc-id"), Values: make([]string, n)} }
	_, err := filter.Parse([]types.Filter{many(100), many(100)}, false, "vpc-id")
	require.NoError(t, err)
	_, err = filter.Parse([]types.Filter{many(100), many(101)}, false, "vpc-id")
	require.ErrorContains(t, err, "FilterLimitExceeded")
}

func TestValuesHave255CharactersAtMost(t *testing.T) {
	t.Parallel()
	long := func(n int) []types.Filter {
		return []types.Filter{{Name: aws.String("tag:city"), Values: []string{strings.Repeat("ü", n)}}}
	}
	_, err := filter.Parse(long(255), false, "tag:")
	require.NoError(t, err)
	_, err = filter.Parse(long(256), false, "tag:")
	require.ErrorContains(t, err, "InvalidFilter")
}
