package page_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/page"
)

func key(s string) func() string { return func() string { return s } }

func TestBounds(t *testing.T) {
	t.Parallel()
	c, err := page.Open(nil, nil, 5, key("a"))
	require.NoError(t, err)
	require.Equal(t, page.Max, c.Limit)
	c, err = page.Open(aws.Int32(5000), nil, 5, key("a"))
	require.NoError(t, err)
	require.Equal(t, page.Max, c.Limit)
	_, err = page.Open(aws.Int32(4), nil, 5, key("a"))
	requireCode(t, err, "InvalidMaxResults")
}

func TestTokenIsBoundToItsRequest(t *testing.T) {
	t.Parallel()
	c, err := page.Open(nil, nil, 1, key("a"))
	require.NoError(t, err)
	next := c.Token(42)
	c, err = page.Open(nil, next, 1, key("a"))
	require.NoError(t, err)
	require.Equal(t, uint64(42), c.After)
	for _, bad := range []string{"x", "!!", *next + "A", "AAAAAAAAAAAAAAAAAAAAAA"} {
		_, err = page.Open(nil, &bad, 1, key("a"))
		requireCode(t, err, "InvalidNextToken")
	}
	_, err = page.Open(nil, next, 1, key("b"))
	requireCode(t, err, "InvalidNextToken")
}

func requireCode(t *testing.T, err error, code string) {
	t.Helper()
	var api smithy.APIError
	require.ErrorAs(t, err, &api)
	require.Equal(t, code, api.ErrorCode())
}
