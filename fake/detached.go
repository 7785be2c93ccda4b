package fake

import (
	"context"
	"runtime"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// ending is how a detached call came to its end.
type ending[Out any] struct {
	out      *Out
	err      error
	panicked any
	cut      bool // by a panic or by runtime.Goexit
}

// detached runs a call in a goroutine of its own, so that a caller whose context ends has its answer at once while the request, which
// is on its way, still takes effect. A panic, or an end by t.FailNow, goes to the caller, if it is still there.
func detached[Out any](ctx context.Context, run func() (*Out, error)) (*Out, error) {
	done, left := make(chan ending[Out]), make(chan struct{})
	go func() {
		end := ending[Out]{cut: true}
		defer func() {
			if end.cut {
				end.panicked = recover()
			}
			select {
			case done <- end:
			case <-left:
				if end.panicked != nil {
					panic(end.panicked)
				}
			}
		}()
		end.out, end.err = run()
		end.cut = false
	}()
	select {
	case end := <-done:
		return end.give()
	case <-ctx.Done():
		close(left)
		return nil, &aws.RequestCanceledError{Err: ctx.Err()}
	}
}

func (e ending[Out]) give() (*Out, error) {
	if e.panicked != nil {
		panic(e.panicked)
	}
	if e.cut {
		runtime.Goexit()
	}
	return e.out, e.err
}
