package fake

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// blow is what befalls one call.
type blow struct {
	call   *Call
	now    time.Time
	draw   *rand.Rand
	in     *injected // the fault that strikes
	missed bool      // the fault looked at the call and let it pass
	mortal *mortal

	sendAfter, lateBy, answerAfter time.Duration
	refusal, loss                  error
	dies                           bool // when the call has taken effect
	stale                          time.Duration
	spared                         []spared
}

func (b *blow) refuse(err error) { b.refusal = err }

// fail refuses the call or, after its effect, replaces its answer.
func (b *blow) fail(f *Fault, err error) {
	if f.afterEffect {
		b.loss = err
		return
	}
	b.refusal = err
}

func (b *blow) crash(afterEffect bool) {
	if afterEffect {
		b.dies = true
		return
	}
	b.refusal = b.mortal.crash()
}

// before is what happens on the request's way. An error means that it has no effect.
func (b *blow) before(ctx context.Context) error {
	if b == nil {
		return nil
	}
	if err := pause(ctx, b.sendAfter); err != nil {
		return err
	}
	if b.lateBy > 0 {
		time.Sleep(b.lateBy)
	}
	return b.refusal
}

// after is what happens on the answer's way. An error means that it is lost.
func (b *blow) after(ctx context.Context) error {
	if b == nil {
		return nil
	}
	if b.dies {
		return b.mortal.crash()
	}
	if err := pause(ctx, b.answerAfter); err != nil {
		return err
	}
	return b.loss
}

// pause waits, or ends with the caller.
func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return &aws.RequestCanceledError{Err: ctx.Err()}
	}
}
