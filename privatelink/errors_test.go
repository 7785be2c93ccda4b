package privatelink_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestErrorMatchesItsSentinelAndItsCause(t *testing.T) {
	cause := &smithy.GenericAPIError{Code: "InvalidServiceName", Message: "The Vpc Endpoint Service 'x' does not exist"}
	err := fmt.Errorf("provision: %w", &privatelink.Error{Op: "ensure", Kind: "interface endpoint", Name: "orders", Scope: "vpc-1", Sentinel: privatelink.ErrNotFound, Err: cause})
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	require.NotErrorIs(t, err, privatelink.ErrConflict)
	var api smithy.APIError
	require.ErrorAs(t, err, &api)
	require.Equal(t, "InvalidServiceName", api.ErrorCode())
}

func TestErrorReadsAsOneLine(t *testing.T) {
	for want, err := range map[string]*privatelink.Error{
		`ensure interface endpoint "orders" in vpc-1: no`:                                {Op: "ensure", Kind: "interface endpoint", Name: "orders", Scope: "vpc-1", Err: errors.New("no")},
		`find interface endpoint "orders" in vpc-1: not found`:                           {Op: "find", Kind: "interface endpoint", Name: "orders", Scope: "vpc-1", Sentinel: privatelink.ErrNotFound},
		`wait for interface endpoint (vpce-1): state pending: context deadline exceeded`: {Op: "wait for", Kind: "interface endpoint", ID: "vpce-1", State: "pending", Err: context.DeadlineExceeded},
		`ensure interface endpoint "orders": state rejected: rejected`:                   {Op: "ensure", Kind: "interface endpoint", Name: "orders", State: "rejected", Sentinel: privatelink.ErrRejected},
		`ensure interface endpoint "orders": api error UnauthorizedOperation: no (IAMPolicy tells what is needed)`: {Op: "ensure", Kind: "interface endpoint", Name: "orders", Sentinel: privatelink.ErrDenied,
			Err: &smithy.GenericAPIError{Code: "UnauthorizedOperation", Message: "no"}},
		`associate hosted zone: api error NotAuthorizedException: no`: {Op: "associate", Kind: "hosted zone", Sentinel: privatelink.ErrDenied, Err: &smithy.GenericAPIError{Code: "NotAuthorizedException", Message: "no"}},
		`list endpoint: api error Throttling: Rate exceeded (call again later)`: {Op: "list", Kind: "endpoint", Sentinel: privatelink.ErrThrottled,
			Err: &smithy.GenericAPIError{Code: "Throttling", Message: "Rate exceeded"}},
	} {
		require.EqualError(t, err, want)
	}
}

func TestRejectedIsFailedToo(t *testing.T) {
	require.ErrorIs(t, privatelink.ErrRejected, privatelink.ErrFailed)
	require.NotErrorIs(t, privatelink.ErrFailed, privatelink.ErrRejected)
}

func TestProblemsAreListedThroughEveryWrapping(t *testing.T) {
	invalid := func(problems ...string) error {
		return &privatelink.Error{Op: "ensure", Sentinel: privatelink.ErrInvalid, Err: &privatelink.InvalidError{Problems: problems}}
	}
	require.Equal(t, []string{"a", "b"}, privatelink.Problems(invalid("a", "b")))
	require.Equal(t, []string{"a", "b", "c"}, privatelink.Problems(errors.Join(fmt.Errorf("x: %w", invalid("a")), invalid("b", "c"))))
	require.Nil(t, privatelink.Problems(nil))
	require.Nil(t, privatelink.Problems(errors.New("other")))
	require.ErrorIs(t, &privatelink.InvalidError{}, privatelink.ErrInvalid)
}
