//go:build onwire

package fake_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// TestFidelityTagTakesTheWire asserts that with the tag a method's call comes by the SDK's client: only that counts attempts.
func TestFidelityTagTakesTheWire(t *testing.T) {
	t.Parallel()
	out, err := (&fake.Cloud{}).Account("111111111111").DescribeVpcs(t.Context(), nil)
	require.NoError(t, err)
	tries, ok := retry.GetAttemptResults(out.ResultMetadata)
	require.True(t, ok)
	require.Len(t, tries.Results, 1)
}
