package fake

import (
	"syscall"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/flow"
)

// Path is the way of a connection, as far as it gets: its Hops, and why it does not arrive (Blocked, "" when it does; Refused, whether somebody
// says so, where others are silent). To is the address that was tried, invalid where a name gave none. CrossesInternetGateway tells whether it
// leaves or enters a VPC there, String gives a line for each hop. The way back of the answers is in it, from HopAnswer on, only where that is
// what stops the connection.
type Path = flow.Path

// Hop is one thing that a connection meets: its Kind, its ID (AWS's, or a name or an address), and as Detail what matters about it here. String
// is all that on one line.
type Hop = flow.Hop

// HopKind is what a hop is.
type HopKind = flow.HopKind

// The kinds of hops.
const (
	HopSource           = flow.HopSource
	HopName             = flow.HopName
	HopZone             = flow.HopZone
	HopAddress          = flow.HopAddress
	HopRouteTable       = flow.HopRouteTable
	HopInternetGateway  = flow.HopInternetGateway
	HopInterface        = flow.HopInterface
	HopSecurityGroup    = flow.HopSecurityGroup
	HopEndpoint         = flow.HopEndpoint
	HopPolicy           = flow.HopPolicy
	HopService          = flow.HopService
	HopLoadBalancer     = flow.HopLoadBalancer
	HopAvailabilityZone = flow.HopAvailabilityZone
	HopAppliance        = flow.HopAppliance
	HopTarget           = flow.HopTarget
	HopAnswer           = flow.HopAnswer
)

// Unreachable is why a connection does not arrive: what DialContext's *net.OpError wraps. Its text is Path.Blocked. It comes at once, also where a
// real client would wait: what a security group, a missing route or an endpoint drops is a timeout to [net.Error] and matches
// syscall.ETIMEDOUT, which is what TCP gives up with. Only where a machine is there and does not listen, or an endpoint's policy says no, it is
// a refusal, and matches syscall.ECONNREFUSED.
type Unreachable struct{ Path Path }

// Error is Path.Blocked.
func (e *Unreachable) Error() string { return e.Path.Blocked }

// Timeout says whether nobody answers, as against a refusal.
func (e *Unreachable) Timeout() bool { return !e.Path.Refused }

// Is makes it match what TCP says in its place.
func (e *Unreachable) Is(target error) bool {
	if e.Path.Refused {
		return target == syscall.ECONNREFUSED
	}
	return target == syscall.ETIMEDOUT
}
