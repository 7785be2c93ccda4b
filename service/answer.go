package service

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// visible is how long Accept and Reject wait until a connection shows.
const visible = 2 * time.Minute

// Accept accepts the connections of these endpoints, at least one. It waits up to two minutes until each is visible to the provider, and is then
// ErrNotFound naming the missing; AWS makes an accepted endpoint available a moment later (endpoint.WaitState, WaitReady). Accepting what is
// accepted already is success; a connection that has failed, or is being deleted, is ErrFailed, after those that were visible with it have
// been accepted.
func Accept(ctx context.Context, api API, serviceID string, endpointIDs ...string) error {
	v := &verdict{op: "accept connections of", api: api, service: serviceID, send: accept}
	v.judge = func(c Connection) (step, error) {
		switch {
		case c.State.Is(privatelink.Available), c.State.Is(privatelink.Pending):
			return holds, nil
		case c.State.Is(privatelink.PendingAcceptance), c.State.Is(privatelink.Rejected):
			return wanted, nil
		}
		return holds, fmt.Errorf("%s of account %s is %s, which cannot be accepted any more", c.EndpointID, c.Owner, c.State)
	}
	return v.run(ctx, endpointIDs)
}

// Reject rejects the connections of these endpoints, at least one, also accepted ones; their traffic stops. The consumers' endpoints stay, in state
// rejected, until the consumers delete them. It waits up to two minutes until each is visible to the provider, and is then ErrNotFound naming
// the missing. Rejecting what is rejected or gone already is success.
func Reject(ctx context.Context, api API, serviceID string, endpointIDs ...string) error {
	v := &verdict{op: "reject connections of", api: api, service: serviceID, send: reject}
	v.judge = func(c Connection) (step, error) {
		if c.live() {
			return wanted, nil
		}
		return holds, nil
	}
	return v.run(ctx, endpointIDs)
}

// answering sends a verdict about connections. AWS answers with success even where every item failed.
type answering func(ctx context.Context, api API, serviceID string, ids []string) ([]types.UnsuccessfulItem, error)

func accept(ctx context.Context, api API, serviceID string, ids []string) ([]types.UnsuccessfulItem, error) {
	out, err := api.AcceptVpcEndpointConnections(ctx, &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: aws.String(serviceID), VpcEndpointIds: ids})
	if err != nil {
		return nil, err
	}
	return out.Unsuccessful, nil
}

func reject(ctx context.Context, api API, serviceID string, ids []string) ([]types.UnsuccessfulItem, error) {
	out, err := api.RejectVpcEndpointConnections(ctx, &ec2.RejectVpcEndpointConnectionsInput{ServiceId: aws.String(serviceID), VpcEndpointIds: ids})
	if err != nil {
		return nil, err
	}
	return out.Unsuccessful, nil
}

// unanswered are the errors of items; that one is not there, any longer or yet, is none.
func unanswered(items []types.UnsuccessfulItem) error {
	var errs []error
	for _, item := range items {
		if err := itemError(item); err != nil && awserr.Of(err).Means != awserr.Missing {
			errs = append(errs, err)
		}
	}
	return awserr.All(errs)
}

// taken are those of ids that AWS does not list as unsuccessful.
func taken(ids []string, items []types.UnsuccessfulItem) (out []string) {
	for _, id := range ids {
		if !slices.ContainsFunc(items, func(item types.UnsuccessfulItem) bool { return aws.ToString(item.ResourceId) == id }) {
			out = append(out, id)
		}
	}
	return out
}

type step uint8

const (
	wanted step = iota // the verdict has to be sent
	holds              // it holds already
)

// verdict is one Accept or Reject.
type verdict struct {
	op, service string
	api         API
	send        answering
	judge       func(Connection) (step, error)
	open        []string // still without a verdict
}

func (v *verdict) run(ctx context.Context, ids []string) error {
	if err := v.check(ids); err != nil {
		return err
	}
	v.open = slices.Compact(slices.Sorted(slices.Values(ids)))
	settings := privatelink.NewWaitSettings(privatelink.Timeout(visible))
	status, err := poll.Until(ctx, privatelink.Progress{Kind: noun, ID: v.service}, settings, pace, v.look)
	var own *privatelink.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &own):
		return err
	case status.Last != nil:
		return fail(v.op, v.service, fmt.Errorf("%w (last answer: %w)", err, status.Last))
	case ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded):
		return &privatelink.Error{Op: v.op, Kind: noun, ID: v.service, Sentinel: privatelink.ErrNotFound,
			Err: fmt.Errorf("not visible after %s: %s: %w", visible, strings.Join(v.open, ", "), err)}
	}
	return fail(v.op, v.service, err)
}

func (v *verdict) check(ids []string) error {
	var p declare.Problems
	p.API(v.api)
	p.ID("the service", "vpce-svc", v.service)
	if len(ids) == 0 {
		p.Add("no endpoint is named: give the IDs of the consumers' endpoints, vpce-…")
	}
	for _, id := range ids {
		p.ID("the endpoint", "vpce", id)
	}
	return p.Error(v.op, noun, v.service)
}

// look sends the verdict for what is visible and without it.
func (v *verdict) look(ctx context.Context) (poll.Status, error) {
	status := poll.Status{ID: v.service, Waiting: "the connections of " + strings.Join(v.open, ", ") + " to be visible"}
	due, unfit, err := v.due(ctx)
	if err == nil && len(due) > 0 {
		err = v.sendAll(ctx, due)
	}
	if err == nil {
		err = unfit
	}
	if awserr.Of(err).Means == awserr.Transient || awserr.Of(err).Means == awserr.Busy {
		status.Last, err = err, nil
	}
	status.Done = err == nil && status.Last == nil && len(v.open) == 0
	return status, err
}

// due gives the visible connections that the verdict has to be sent for, strikes those where it holds, and says which are unfit for it.
func (v *verdict) due(ctx context.Context) (due []string, unfit, err error) {
	var errs []error
	for c, err := range Connections(ctx, v.api, v.service) {
		if err != nil {
			return nil, nil, err
		}
		i, asked := slices.BinarySearch(v.open, c.EndpointID)
		if !asked {
			continue
		}
		s, err := v.judge(c)
		switch {
		case err != nil:
			errs = append(errs, err)
		case s == wanted:
			due = append(due, c.EndpointID)
		default:
			v.open = slices.Delete(v.open, i, i+1)
		}
	}
	if len(errs) > 0 {
		unfit = &privatelink.Error{Op: v.op, Kind: noun, ID: v.service, Sentinel: privatelink.ErrFailed, Err: awserr.All(errs)}
	}
	return due, unfit, nil
}

// sendAll sends the verdict; a connection that AWS does not know yet is asked for again.
func (v *verdict) sendAll(ctx context.Context, due []string) error {
	items, err := v.send(ctx, v.api, v.service, due)
	if err != nil {
		return err
	}
	through := taken(due, items)
	v.open = slices.DeleteFunc(v.open, func(id string) bool { return slices.Contains(through, id) })
	return unanswered(items)
}
