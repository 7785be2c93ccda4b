package service

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// RejectAll cuts every consumer off, so that a delete can follow: it rejects until no connection is left that is live, or waits to be accepted. The
// consumers' endpoints stay, in state rejected, until the consumers delete them. New connections may come all the while: take away who may
// connect first (Allow without principals), or let Acceptance be required and nothing accept. Idempotent.
func RejectAll(ctx context.Context, api API, serviceID string, opts ...privatelink.WaitOption) error {
	const op = "reject all connections of"
	if err := checkID(op, api, serviceID); err != nil {
		return err
	}
	r := &clearing{api: api, service: serviceID, began: time.Now()}
	status, err := poll.Until(ctx, privatelink.Progress{Kind: noun, ID: serviceID}, privatelink.NewWaitSettings(opts...), pace, r.look)
	var own *privatelink.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &own):
		return err
	}
	return fail(op, serviceID, unended(status, err))
}

// unended says for what a wait that was cut short was waiting, and what AWS answered last.
func unended(status poll.Status, err error) error {
	if status.Last != nil {
		err = fmt.Errorf("%w (last answer: %w)", err, status.Last)
	}
	if status.Waiting == "" {
		return err
	}
	return fmt.Errorf("waiting for %s: %w", status.Waiting, err)
}

// clearing is one RejectAll.
type clearing struct {
	api     API
	service string
	began   time.Time
	looks   int
}

// look rejects what is live. An empty look proves nothing before a window has passed: connections show late.
func (r *clearing) look(ctx context.Context) (status poll.Status, err error) {
	status = poll.Status{ID: r.service, Waiting: "the connections to be listed"}
	r.looks++
	sent := time.Now()
	live, window, err := r.live(ctx)
	if err != nil {
		return passing(status, err)
	}
	if len(live) > 0 {
		status.Waiting, status.Prompt = fmt.Sprintf("%d connections to be rejected", len(live)), window == 0 && r.looks == 1
		items, err := reject(ctx, r.api, r.service, live)
		if err == nil {
			err = unanswered(items)
		}
		return passing(status, err)
	}
	if early := window - sent.Sub(r.began); early > 0 {
		status.Prompt = true
		return status, poll.Sleep(ctx, early)
	}
	status.Done = true
	return status, nil
}

func (r *clearing) live(ctx context.Context) (ids []string, window time.Duration, err error) {
	list, window, err := all(ctx, r.api, r.service)
	for _, c := range list {
		if c.live() {
			ids = append(ids, c.EndpointID)
		}
	}
	return ids, window, err
}

// passing lets a wait outlast AWS at work, throttles, failures of the server or the connection.
func passing(status poll.Status, err error) (poll.Status, error) {
	if means := awserr.Of(err).Means; means == awserr.Transient || means == awserr.Busy {
		status.Last, err = err, nil
	}
	return status, err
}
