package fake

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Call is one call of an AWS operation, as the hooks see it and the journal keeps it.
type Call struct {
	Account, Region string
	Service, Op     string // as AWS names them: "EC2", "CreateVpcEndpoint"
	Input, Output   any    // pointers to the SDK's structs: *ec2.CreateVpcEndpointInput; Output is nil with an error
	Err             error  // the refusal or the hook's error
	Time            time.Time
}

// Calls are all calls so far, refused ones and those with lost answers included, in the order in which they ended; none with Forget.
func (c *Cloud) Calls() []Call {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.calls)
}

// site is where calls of one face of one account go.
type site struct {
	cloud           *Cloud
	face            *face
	account, region string
}

// operation is what does the work of a call, under the world's lock.
type operation[In, Out any] func(*world.Tx, *In) (*Out, error)

// call carries every operation: hooks, checks, the operation itself, metadata, the journal.
func call[In, Out any](ctx context.Context, s site, op string, in *In, run operation[In, Out]) (*Out, error) {
	if err := ctx.Err(); err != nil {
		return nil, s.failed(op, &aws.RequestCanceledError{Err: err})
	}
	if in == nil {
		in = new(In)
	}
	c := s.cloud
	if c.Before == nil && c.After == nil {
		if c.Forget {
			return perform(s, op, in, run)
		}
		return journalled(ctx, s, op, deepCopy(in), run)
	}
	in = deepCopy(in)
	out, err := detached(ctx, func() (*Out, error) { return journalled(ctx, s, op, in, run) })
	if err != nil {
		return nil, s.failed(op, err)
	}
	return out, nil
}

// journalled runs a call between its hooks and writes it down.
func journalled[In, Out any](ctx context.Context, s site, op string, in *In, run operation[In, Out]) (*Out, error) {
	entry := Call{Account: s.account, Region: s.region, Service: s.face.service, Op: op, Input: in, Time: time.Now()}
	c := s.cloud
	if c.Before != nil {
		if err := c.Before(ctx, &entry); err != nil {
			entry.Err = s.failed(op, err)
			c.note(entry)
			return nil, entry.Err
		}
	}
	out, err := perform(s, op, in, run)
	entry.Err = err
	if err == nil {
		entry.Output = out
	}
	if c.After != nil {
		if err := c.After(ctx, &entry); err != nil {
			entry.Err, entry.Output = s.failed(op, err), nil
		}
	}
	out, _ = entry.Output.(*Out)
	if out != nil {
		entry.Output = deepCopy(out)
	}
	c.note(entry)
	return out, entry.Err
}

func (c *Cloud) note(entry Call) {
	if c.Forget {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls = append(c.calls, entry)
}

// perform checks the input and runs the operation under the world's lock.
func perform[In, Out any](s site, op string, in *In, run operation[In, Out]) (out *Out, err error) {
	check := s.face.check(op, in)
	s.cloud.do(s.account, s.region, func(tx *world.Tx) {
		if err = check.refusal(op, in); err == nil {
			out, err = run(tx, in)
		}
		if err != nil {
			out, err = nil, s.failed(op, identified(tx, err))
			return
		}
		setMetadata(tx, check.metadata(out))
	})
	return out, err
}

// failed wraps an error as the SDK's clients do, once.
func (s site) failed(op string, err error) error {
	var done *smithy.OperationError
	if errors.As(err, &done) {
		return err
	}
	return &smithy.OperationError{ServiceID: s.face.service, OperationName: op, Err: err}
}

// identified gives a refusal its request ID, on a copy, since a refusal may be replayed.
func identified(tx *world.Tx, err error) error {
	var resp *awshttp.ResponseError
	if !errors.As(err, &resp) {
		return err
	}
	copied := *resp
	copied.RequestID = tx.RequestID()
	return &copied
}
