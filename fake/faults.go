package fake

import (
	"fmt"
	"net"
	"syscall"
	"time"

	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/zone"
)

// Fault is something that goes wrong with calls; [Cloud.Inject] lets it. Each constructor names what goes wrong, and by default it does so
// to every call that it can befall. The methods narrow that down: On, By, In, From and When say to which calls it may happen, Nth, Skip,
// Times and Chance to which of these it does. A Fault is a value: a method gives a narrower one and leaves its receiver as it was.
//
//	cloud.Inject(
//		fake.LoseAnswer().On("CreateVpcEndpoint").Nth(1),
//		fake.RateLimit(0.3, 4).On("CreateVpcEndpoint", "DeleteVpcEndpoints"),
//		fake.ServerError().Chance(0.05).Seed(7),
//	)
type Fault struct {
	name    string
	befalls func(o operationName) bool // nil: every operation
	strike  func(*Fault, *blow)
	limit   rateLimit
	choice
	from, to    time.Duration
	afterEffect bool
	canBeAfter  bool
}

// Throttle refuses calls as AWS does when there are too many: RequestLimitExceeded (503) on EC2, Throttling (400) elsewhere. They have no
// effect. RateLimit is for limits that depend on the rate.
func Throttle() Fault {
	return Fault{name: "Throttle", strike: func(_ *Fault, b *blow) { b.refuse(throttled(b.call)) }}
}

func throttled(c *Call) error {
	if c.Service == ec2Face.service {
		return says.EC2Throttled.Error()
	}
	return says.Throttled.Error()
}

// ServerError answers InternalError or InternalFailure, 500. The call has no effect; with AfterEffect it has.
func ServerError() Fault {
	return Fault{name: "ServerError", canBeAfter: true, strike: func(f *Fault, b *blow) {
		if b.call.Service == ec2Face.service {
			b.fail(f, says.InternalError.Error())
			return
		}
		b.fail(f, says.ServerFailed.Error())
	}}
}

// Refuse answers any error of AWS's, 400, by code and message: Refuse("OperationInProgress", "VpcEndpoint modify operation in progress").
// The call has no effect; with AfterEffect it has.
func Refuse(code, message string) Fault {
	text := says.Text{Code: code, Format: message}
	return Fault{name: "Refuse", canBeAfter: true, strike: func(f *Fault, b *blow) { b.fail(f, text.Error()) }}
}

// Denied refuses calls as AWS does where IAM does not allow them: UnauthorizedOperation on EC2, AccessDenied elsewhere, 403.
func Denied() Fault {
	return Fault{name: "Denied", strike: func(_ *Fault, b *blow) {
		if b.call.Service == ec2Face.service {
			b.refuse(says.Unauthorized.Error())
			return
		}
		b.refuse(says.AccessDenied.Error(b.call.Op))
	}}
}

var quotas = map[operationName]says.Text{
	"CreateVpcEndpoint":                 {Code: says.EndpointLimit.Code, Format: fmt.Sprintf(says.EndpointLimit.Format, 0)},
	"CreateTags":                        says.TagLimitExceeded,
	"CreateHostedZone":                  says.TooManyZones,
	"AssociateVPCWithHostedZone":        says.TooManyZoneVPCs,
	"CreateVPCAssociationAuthorization": says.TooManyZoneRules,
}

// Quota refuses creates because a quota of the account is used up: VpcEndpointLimitExceeded, TooManyHostedZones and their like. It befalls the
// operations of which AWS documents such a code; Refuse gives any other.
func Quota() Fault {
	return Fault{name: "Quota", befalls: func(o operationName) bool { return quotas[o].Code != "" },
		strike: func(_ *Fault, b *blow) { b.refuse(zone.Refusal(quotas[operationName(b.call.Op)])) }}
}

// broken is a connection that was cut, as the SDK's clients report it.
func broken(doing string) error {
	return &smithyhttp.RequestSendError{Err: &net.OpError{Op: doing, Net: "tcp", Err: syscall.ECONNRESET}}
}

// LoseRequest breaks the connection before the request arrives: the call has no effect. Its caller cannot tell it from LoseAnswer.
func LoseRequest() Fault {
	return Fault{name: "LoseRequest", strike: func(_ *Fault, b *blow) { b.refuse(broken("read")) }}
}

// LoseAnswer breaks the connection when the call has taken effect: the caller has an error and does not know.
func LoseAnswer() Fault {
	return Fault{name: "LoseAnswer", strike: func(_ *Fault, b *blow) { b.loss = broken("read") }}
}

// Latency lets calls take time: the request arrives d later. A caller whose context ends meanwhile takes the request back, and it has no
// effect. With AfterEffect the request arrives at once and the answer d later.
func Latency(d time.Duration) Fault {
	return Fault{name: "Latency", from: d, canBeAfter: true, strike: func(f *Fault, b *blow) {
		if f.afterEffect {
			b.answerAfter += f.span(b)
			return
		}
		b.sendAfter += f.span(b)
	}}
}

// LateCall lets requests arrive d later, whether the caller still waits or not: it may have given up, and begun anew.
func LateCall(d time.Duration) Fault {
	return Fault{name: "LateCall", from: d, strike: func(f *Fault, b *blow) { b.lateBy += f.span(b) }}
}

// StaleRead answers reads with the world as it was d ago. As with Cloud.Lag, the library knows how stale reads may be: its window is the
// larger of Lag and of all StaleReads injected.
func StaleRead(d time.Duration) Fault {
	return Fault{name: "StaleRead", from: d, befalls: operationName.reads, strike: func(f *Fault, b *blow) { b.stale = f.span(b) }}
}

// Unsuccessful lets a call on several things (DeleteVpcEndpoints, AcceptVpcEndpointConnections and their like) succeed but for some: these
// are left alone, and stand with the code and message in the answer's Unsuccessful. They are those of the given IDs; where none is given,
// the last of each request.
func Unsuccessful(code, message string, ids ...string) Fault {
	return Fault{name: "Unsuccessful", befalls: operationName.batches, strike: func(_ *Fault, b *blow) {
		b.spared = append(b.spared, spared{code, message, ids})
	}}
}

// AfterEffect lets a fault come when the call has taken effect: of ServerError, Refuse, Latency and Crash. Of any other it panics.
func (f Fault) AfterEffect() Fault {
	if !f.canBeAfter {
		panic("fake: " + f.name + " cannot come after the effect")
	}
	f.afterEffect = true
	return f
}

// UpTo draws the duration of Latency, LateCall and StaleRead anew for each call, between the one given first and most.
func (f Fault) UpTo(most time.Duration) Fault {
	if most < f.from {
		panic(fmt.Sprintf("fake: %s of %s cannot last up to %s", f.name, f.from, most))
	}
	f.to = most
	return f
}

func (f *Fault) span(b *blow) time.Duration {
	if f.to <= f.from {
		return f.from
	}
	return f.from + time.Duration(b.draw.Int64N(int64(f.to-f.from)+1))
}
