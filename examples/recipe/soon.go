package recipe

import (
	"context"
	"errors"
	"time"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// fresh is how long a service that has just been made, and the permission to use it, may take to reach a consumer.
const fresh = time.Minute

// Soon repeats a verb that does not wait while the service it needs is on its way to the consumer, or AWS still at work.
func Soon[T any](ctx context.Context, verb func() (T, error)) (T, error) {
	for began := time.Now(); ; {
		v, err := verb()
		soon := errors.Is(err, privatelink.ErrPending) || errors.Is(err, privatelink.ErrNotFound) && time.Since(began) < fresh
		if !soon {
			return v, err
		}
		select {
		case <-time.After(3 * time.Second):
		case <-ctx.Done():
			return v, err
		}
	}
}
