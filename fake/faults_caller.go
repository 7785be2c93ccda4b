package fake

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// ErrCrashed is the cause of the end of a context (context.Cause) whose caller crashed.
var ErrCrashed = errors.New("fake: the caller crashed")

// Crash ends the caller's life before the call takes effect, with AfterEffect when it has: the context that [Caller] gave ends, so that no
// call of this caller comes after. It befalls only callers that have such a context.
func Crash() Fault {
	f := Fault{name: "Crash", canBeAfter: true, strike: func(f *Fault, b *blow) { b.crash(f.afterEffect) }}
	f.mortal = true
	return f
}

// mortal is a caller that can crash.
type mortal struct {
	name string
	end  context.CancelCauseFunc
}

type mortalKey struct{}

// Caller gives the context of one caller, such as one process: faults know it by name (Fault.From), the journal shows it (Call.Caller), and
// Crash ends it. A caller that comes back after a crash needs a new one, which may have the same name.
func Caller(ctx context.Context, name string) context.Context {
	ctx, end := context.WithCancelCause(ctx)
	return context.WithValue(ctx, mortalKey{}, &mortal{name, end})
}

func mortalOf(ctx context.Context) *mortal {
	m, _ := ctx.Value(mortalKey{}).(*mortal)
	return m
}

func (m *mortal) crash() error {
	m.end(ErrCrashed)
	return &aws.RequestCanceledError{Err: context.Canceled}
}
