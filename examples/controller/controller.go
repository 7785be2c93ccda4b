package main

import (
	"context"
	"errors"
	"time"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// object is what a user of the controller wants, as a custom resource would hold it.
type object struct {
	name    string
	want    *endpoint.InterfaceBuilder
	deleted bool
	refused int // passes in a row that came to nothing
}

// controller reconciles objects. It keeps nothing about AWS between passes, so it may be restarted at any time.
type controller struct {
	api    endpoint.API
	report func(o *object, status string, again time.Duration)
}

// When an object is looked at again.
const (
	never  = time.Duration(0)
	poll   = 15 * time.Second // AWS, or the provider, has something left to do
	resync = 10 * time.Minute // all is well, as far as we know
	most   = 5 * time.Minute  // the longest pause of a backoff
)

// reconcile makes one pass over one object, and says when the next one is due. It does not wait for AWS to finish its work.
func (c *controller) reconcile(ctx context.Context, o *object) time.Duration {
	if o.deleted {
		return c.finalise(ctx, o)
	}
	e, err := o.want.Ensure(ctx, c.api)
	switch {
	case errors.Is(err, privatelink.ErrPending): // nothing is wrong: AWS is at work on it, and takes no change meanwhile
		return c.backOff(o, err)
	case errors.Is(err, privatelink.ErrInvalid), errors.Is(err, privatelink.ErrImmutable), errors.Is(err, privatelink.ErrFailed):
		return c.done(o, err.Error(), never) // until the object is changed: trying again would not help
	case err != nil:
		return c.backOff(o, err)
	case !e.Ready:
		return c.done(o, "waiting for "+e.Waiting, poll)
	}
	return c.done(o, "ready: "+e.ID, resync)
}

// finalise takes away what belongs to an object; only then may the object itself go. WaitGone promises that nothing is left, and needs some
// seconds for that promise: here it may take a minute of the worker's time.
func (c *controller) finalise(ctx context.Context, o *object) time.Duration {
	err := o.want.WaitGone(ctx, c.api, privatelink.Timeout(time.Minute))
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return c.done(o, "still going", poll)
	case err != nil:
		return c.backOff(o, err)
	}
	return c.done(o, "gone", never)
}

func (c *controller) done(o *object, status string, again time.Duration) time.Duration {
	o.refused = 0
	c.report(o, status, again)
	return again
}

// backOff waits longer each time: 5 s, 10 s, 20 s …
func (c *controller) backOff(o *object, err error) time.Duration {
	again := min(5*time.Second<<min(o.refused, 10), most)
	o.refused++
	c.report(o, err.Error(), again)
	return again
}
