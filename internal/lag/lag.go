// Package lag tells the library how far behind a lookup may be.
//
// The library listens in the context of its calls, and the fake says there what it knows, so that the knowledge passes through any
// decorator in between. AWS says nothing, and the library then assumes Default.
package lag

import (
	"context"
	"sync/atomic"
	"time"
)

// Default is how far behind AWS a lookup is assumed to be where nobody knows better.
const Default = 10 * time.Second

// Reader is an API that knows how far behind its lookups may be.
type Reader interface{ ReadLag() time.Duration }

// Of is how far behind the lookups of api may be: what it knows, else Default.
func Of(api any) time.Duration {
	if r, ok := api.(Reader); ok {
		return r.ReadLag()
	}
	return Default
}

// ear is the place in a context where calls say how far behind they may be: the most of it, and a nanosecond, so that 0 is silence. It
// is atomic, since a call whose caller has left may still be on its way.
type ear struct{ most atomic.Int64 }

type key struct{}

// Listen is a context for calls of api, and how far behind what they found may be: the most that any of them has said, else Of(api).
func Listen(ctx context.Context, api any) (context.Context, func() time.Duration) {
	e := new(ear)
	return context.WithValue(ctx, key{}, e), func() time.Duration {
		if most := e.most.Load(); most > 0 {
			return time.Duration(most - 1)
		}
		return Of(api)
	}
}

// Say tells who listens in a context that the lookup of a call may be d behind.
func Say(ctx context.Context, d time.Duration) {
	e, ok := ctx.Value(key{}).(*ear)
	for ok {
		was := e.most.Load()
		ok = int64(d) >= was && !e.most.CompareAndSwap(was, int64(d)+1)
	}
}
