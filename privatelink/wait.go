package privatelink

import (
	"context"
	"time"

	"github.com/cenkalti/backoff/v4"
)

// DefaultTimeout is how long a wait lasts when neither Timeout nor the context says otherwise.
const DefaultTimeout = 10 * time.Minute

// WaitOption changes how WaitReady, WaitGone and the other waits wait.
type WaitOption interface{ Apply(*WaitSettings) }

// WaitSettings is what the options add up to. It is exported for the packages of this module.
type WaitSettings struct {
	Timeout time.Duration          // at most so long; 0: as long as the context
	Policy  func() backoff.BackOff // a fresh one for each wait; nil: the kind's own
	OnPoll  []func(Progress)
	Gate    Gate // nil: nobody bounds how many waits are at work
}

// Gate bounds how many waits are at work at once: a wait goes out while it pauses. It is exported for the packages of this module.
type Gate interface {
	Enter(context.Context) error
	Leave()
}

// Progress tells where a wait stands.
type Progress struct {
	Kind, Name, Scope, ID string
	State                 State         // as last seen; "" before anything was
	Waiting               string        // for what it waits
	Elapsed               time.Duration // since the wait began
	Polls                 int           // looks so far
}

type waitOption func(*WaitSettings)

func (o waitOption) Apply(s *WaitSettings) { o(s) }

// Timeout ends a wait after d, by default DefaultTimeout; 0 or less leaves it to the context alone. The earlier of d and the context's
// deadline counts. A wait that runs out names the state it was stuck in and matches context.DeadlineExceeded.
func Timeout(d time.Duration) WaitOption {
	return waitOption(func(s *WaitSettings) { s.Timeout = max(d, 0) })
}

// Backoff sets the pauses between looks; policy is called once for each wait. When it answers backoff.Stop the wait has run out. The
// default looks sparsely at first and closely around the time that AWS usually takes, with a jitter of ±10 %.
func Backoff(policy func() backoff.BackOff) WaitOption {
	return waitOption(func(s *WaitSettings) { s.Policy = policy })
}

// OnPoll calls f after each look, in the goroutine of the wait. Given several times, each is called.
func OnPoll(f func(Progress)) WaitOption {
	return waitOption(func(s *WaitSettings) {
		if f != nil {
			s.OnPoll = append(s.OnPoll, f)
		}
	})
}

// NewWaitSettings gives the defaults with the options applied, nil ones passed over. It is exported for the packages of this module.
func NewWaitSettings(opts ...WaitOption) WaitSettings {
	s := WaitSettings{Timeout: DefaultTimeout}
	for _, o := range opts {
		if o != nil {
			o.Apply(&s)
		}
	}
	return s
}
