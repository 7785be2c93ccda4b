// Package awserr says what AWS's error codes mean to us: one table, from code to sentinel and to what the caller may do about it.
package awserr

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"syscall"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Means is what a refusal means for the one who asked.
type Means uint8

// The meanings.
const (
	Final     Means = iota // the caller's mistake, or AWS's last word
	Spent                  // the idempotency token was used before
	NotUnique              // AWS's rule of uniqueness: something is in the way, perhaps our own
	Busy                   // AWS is at work on the resource; the same request may succeed later
	Overtaken              // somebody else changed it since it was read; read again
	Missing                // what the request names is not there (any longer, or yet)
	Hidden                 // what the request refers to does not exist, or the caller may not see it (yet)
	Transient              // throttled, a server's failure, or a broken connection
)

// Refusal is an error, classified.
type Refusal struct {
	Sentinel error // nil where none fits
	Means    Means
}

var (
	missing   = Refusal{privatelink.ErrNotFound, Missing}
	busy      = Refusal{privatelink.ErrPending, Busy}
	inUse     = Refusal{privatelink.ErrInUse, Final}
	spent     = Refusal{privatelink.ErrConflict, Spent}
	notUnique = Refusal{privatelink.ErrConflict, NotUnique}
	denied    = Refusal{privatelink.ErrDenied, Final}
	throttled = Refusal{privatelink.ErrThrottled, Transient}
	quota     = Refusal{privatelink.ErrQuota, Final}
	overtaken = Refusal{privatelink.ErrPending, Overtaken}
	hidden    = Refusal{privatelink.ErrNotFound, Hidden}
	absent    = Refusal{privatelink.ErrNotFound, Final} // something that the declaration refers to
)

// codes is the table. Codes that end in .NotFound or begin with Idempotent are matched by form.
var codes = map[string]Refusal{
	"InvalidServiceName":                  hidden,
	"InvalidVPCId":                        absent,
	"LoadBalancerNotFound":                absent,
	"InvalidConnectionNotification":       missing,
	"NoSuchHostedZone":                    missing,
	"NoSuchChange":                        missing,
	"VPCAssociationNotFound":              missing,
	"HostedZoneAlreadyExists":             spent,
	"ConflictingDomainExists":             notUnique,
	"RouteAlreadyExists":                  notUnique,
	"OperationInProgress":                 busy,
	"IncorrectState":                      busy,
	"InvalidState":                        busy,
	"ConcurrentTagAccess":                 busy,
	"ConcurrentModification":              busy,
	"PriorRequestNotComplete":             busy,
	"Unavailable":                         busy, // an endpoint on a service that has only just become available
	"RouteNotSupported":                   busy, // a route to an endpoint that is not available yet
	"ExistingVpcEndpointConnections":      inUse,
	"DependencyViolation":                 inUse,
	"HostedZoneNotEmpty":                  inUse,
	"ResourceInUse":                       inUse,
	"UnauthorizedOperation":               denied,
	"AccessDenied":                        denied,
	"AccessDeniedException":               denied,
	"AuthFailure":                         denied,
	"OperationNotPermitted":               denied,
	"NotAuthorizedException":              denied,
	"Blocked":                             denied,
	"OptInRequired":                       denied,
	"RequestLimitExceeded":                throttled,
	"Throttling":                          throttled,
	"ThrottlingException":                 throttled,
	"ThrottledException":                  throttled,
	"RequestThrottled":                    throttled,
	"RequestThrottledException":           throttled,
	"TooManyRequestsException":            throttled,
	"SlowDown":                            throttled,
	"EC2ThrottledException":               throttled,
	"VpcEndpointLimitExceeded":            quota,
	"TagLimitExceeded":                    quota,
	"TooManyHostedZones":                  quota,
	"LimitsExceeded":                      quota,
	"TooManyVPCAssociationAuthorizations": quota,
	"InternalError":                       {nil, Transient},
	"InternalFailure":                     {nil, Transient},
	"ServerInternal":                      {nil, Transient},
	"ServiceUnavailable":                  {nil, Transient},
}

// shared are the cases in which AWS uses one code for several things: only there the text decides.
var shared = []struct {
	code, fragment string
	refusal        Refusal
}{
	{"InvalidParameter", "conflicting DNS domain", notUnique},
	{"InvalidParameter", "already associated with another VPC Endpoint Service", notUnique},
	{"InvalidParameter", "already has a route with destination-prefix-list-id", notUnique},
	{"InvalidParameter", "must be removed from route table before deletion", inUse},
	{"InvalidChangeBatch", "but it already exists", overtaken},
	{"InvalidChangeBatch", "but it was not found", overtaken},
	{"InvalidChangeBatch", "do not match the current values", overtaken},
}

// Code gives AWS's error code, "" for an error that is not AWS's.
func Code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

// Of classifies an error.
func Of(err error) Refusal {
	var api smithy.APIError
	var marked *marked
	switch {
	case err == nil:
		return Refusal{}
	case errors.As(err, &marked):
		return marked.Refusal
	case !errors.As(err, &api):
		return ofTransport(err)
	}
	code := api.ErrorCode()
	if r, ok := codes[code]; ok {
		return r
	}
	for _, s := range shared {
		if code == s.code && strings.Contains(api.ErrorMessage(), s.fragment) {
			return s.refusal
		}
	}
	switch {
	case strings.HasPrefix(code, "Idempotent"):
		return spent
	case strings.HasSuffix(code, ".NotFound"):
		return missing
	case strings.HasSuffix(code, "InProgress"):
		return busy
	case strings.HasSuffix(code, "LimitExceeded"):
		return quota
	case api.ErrorFault() == smithy.FaultServer, status(err) >= 500:
		return Refusal{nil, Transient}
	}
	return Refusal{}
}

func status(err error) int {
	var r *smithyhttp.ResponseError
	if errors.As(err, &r) && r.Response != nil && r.Response.Response != nil {
		return r.HTTPStatusCode()
	}
	return 0
}

// ofTransport classifies an error without an answer of AWS. A deadline is the client's own: whoever waits looks at the caller's context first.
func ofTransport(err error) Refusal {
	var timeout net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return Refusal{}
	case errors.Is(err, context.DeadlineExceeded):
		return Refusal{nil, Transient}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return Refusal{nil, Transient}
	case errors.As(err, &timeout) && timeout.Timeout():
		return Refusal{nil, Transient}
	case status(err) >= 500:
		return Refusal{nil, Transient}
	}
	return Refusal{}
}

type marked struct {
	Refusal
	error
}

func (m *marked) Unwrap() error { return m.error }

// Mark gives err a classification of its own, where the one who asked knows better than the table.
func Mark(err error, sentinel error, means Means) error {
	return &marked{Refusal{sentinel, means}, err}
}

// All makes one error of several, on one line; nil of none.
func All(errs []error) error {
	switch errs = slices.DeleteFunc(errs, func(err error) bool { return err == nil }); len(errs) {
	case 0:
		return nil
	case 1:
		return errs[0]
	}
	return several(errs)
}

type several []error

func (s several) Error() string {
	var texts []string
	for _, err := range s {
		texts = append(texts, err.Error())
	}
	return strings.Join(texts, "; ")
}

func (s several) Unwrap() []error { return s }

// Item makes an error of what a batch operation lists as unsuccessful inside its success.
func Item(id, code, message string) error {
	return fmt.Errorf("%s: %w", id, &smithy.GenericAPIError{Code: code, Message: message, Fault: smithy.FaultClient})
}
