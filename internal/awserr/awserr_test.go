package awserr_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"syscall"
	"testing"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func aws(code, message string) error {
	return &smithy.OperationError{ServiceID: "EC2", OperationName: "Anything", Err: &smithy.GenericAPIError{Code: code, Message: message}}
}

func TestOf(t *testing.T) {
	for _, c := range []struct {
		err      error
		sentinel error
		means    awserr.Means
	}{
		{nil, nil, awserr.Final},
		{aws("InvalidVpcEndpointId.NotFound", ""), privatelink.ErrNotFound, awserr.Missing},
		{aws("InvalidVpcEndpoint.NotFound", ""), privatelink.ErrNotFound, awserr.Missing},
		{aws("InvalidVpcEndpointServiceId.NotFound", ""), privatelink.ErrNotFound, awserr.Missing},
		{aws("InvalidVpcEndpointService.NotFound", ""), privatelink.ErrNotFound, awserr.Missing},
		{aws("NoSuchHostedZone", ""), privatelink.ErrNotFound, awserr.Missing},
		{aws("InvalidServiceName", ""), privatelink.ErrNotFound, awserr.Hidden},
		{aws("IdempotentParameterMismatch", ""), privatelink.ErrConflict, awserr.Spent},
		{aws("IdempotentInstanceTerminated", ""), privatelink.ErrConflict, awserr.Spent},
		{aws("HostedZoneAlreadyExists", ""), privatelink.ErrConflict, awserr.Spent},
		{aws("ConflictingDomainExists", ""), privatelink.ErrConflict, awserr.NotUnique},
		{aws("RouteAlreadyExists", ""), privatelink.ErrConflict, awserr.NotUnique},
		{aws("InvalidParameter", "private-dns-enabled cannot be set because there is already a conflicting DNS domain for x in the VPC vpc-1"), privatelink.ErrConflict, awserr.NotUnique},
		{aws("InvalidParameter", "LBs are already associated with another VPC Endpoint Service Configuration"), privatelink.ErrConflict, awserr.NotUnique},
		{aws("InvalidParameter", "route table rtb-1 already has a route with destination-prefix-list-id pl-1"), privatelink.ErrConflict, awserr.NotUnique},
		{aws("InvalidParameter", "something else"), nil, awserr.Final},
		{aws("OperationInProgress", ""), privatelink.ErrPending, awserr.Busy},
		{aws("SomethingNewInProgress", ""), privatelink.ErrPending, awserr.Busy},
		{aws("Unavailable", "The service is unavailable"), privatelink.ErrPending, awserr.Busy},
		{aws("PriorRequestNotComplete", ""), privatelink.ErrPending, awserr.Busy},
		{aws("InvalidChangeBatch", "Tried to create resource record set [name='a', type='A'] but it already exists"), privatelink.ErrPending, awserr.Overtaken},
		{aws("ExistingVpcEndpointConnections", ""), privatelink.ErrInUse, awserr.Final},
		{aws("DependencyViolation", ""), privatelink.ErrInUse, awserr.Final},
		{aws("UnauthorizedOperation", ""), privatelink.ErrDenied, awserr.Final},
		{aws("RequestLimitExceeded", ""), privatelink.ErrThrottled, awserr.Transient},
		{aws("Throttling", "Rate exceeded"), privatelink.ErrThrottled, awserr.Transient},
		{aws("VpcEndpointLimitExceeded", ""), privatelink.ErrQuota, awserr.Final},
		{aws("SomethingLimitExceeded", ""), privatelink.ErrQuota, awserr.Final},
		{aws("InternalError", ""), nil, awserr.Transient},
		{&smithy.GenericAPIError{Code: "Unheard", Fault: smithy.FaultServer}, nil, awserr.Transient},
		{&smithyhttp.ResponseError{Response: &smithyhttp.Response{Response: &http.Response{StatusCode: 502}}, Err: errors.New("bad gateway")}, nil, awserr.Transient},
		{fmt.Errorf("read: %w", io.ErrUnexpectedEOF), nil, awserr.Transient},
		{fmt.Errorf("read: %w", syscall.ECONNRESET), nil, awserr.Transient},
		{context.Canceled, nil, awserr.Final},
		{context.DeadlineExceeded, nil, awserr.Transient},
		{errors.New("unheard"), nil, awserr.Final},
		{awserr.Mark(aws("InvalidParameter", ""), privatelink.ErrInUse, awserr.Busy), privatelink.ErrInUse, awserr.Busy},
		{awserr.Item("vpce-1", "InvalidVpcEndpoint.NotFound", "gone"), privatelink.ErrNotFound, awserr.Missing},
	} {
		got := awserr.Of(c.err)
		require.Equal(t, c.means, got.Means, "%v", c.err)
		require.Equal(t, c.sentinel, got.Sentinel, "%v", c.err)
	}
}

func TestMarkKeepsAWSsErrorInTheChain(t *testing.T) {
	err := awserr.Mark(aws("InvalidParameter", "no"), privatelink.ErrInUse, awserr.Busy)
	var api smithy.APIError
	require.ErrorAs(t, err, &api)
	require.Equal(t, "InvalidParameter", awserr.Code(err))
	require.Empty(t, awserr.Code(errors.New("not AWS's")))
}
