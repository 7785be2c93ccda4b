package fake

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
	"github.com/seed-326366ec/aws-privatelink/internal/lag"
)

// Call is one call of an AWS operation, as the hooks see it and the journal keeps it.
type Call struct {
	Account, Region string
	Service, Op     string   // as AWS names them: "EC2", "CreateVpcEndpoint"
	Caller          string   // who calls, where its context has a name by the function Caller
	Input, Output   any      // pointers to the SDK's structs: *ec2.CreateVpcEndpointInput; Output is nil with an error
	Err             error    // the refusal, the hook's error or the fault's
	Faults          []string // the injected faults that befell it: "LoseAnswer"
	Time            time.Time
}

// Calls are all calls so far, refused ones and those with lost answers included, in the order in which they ended; none with Forget. They
// are copies: nothing in them is shared with a caller or with the journal.
func (c *Cloud) Calls() []Call {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := slices.Clone(c.calls)
	for i := range out {
		out[i].Input, out[i].Output, out[i].Faults = copyOf(out[i].Input), copyOf(out[i].Output), slices.Clone(out[i].Faults)
	}
	return out
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
	if out, err, ok := throughClient[In, Out](ctx, s, op, in); ok {
		return out, err
	}
	if err := ctx.Err(); err != nil {
		return nil, s.failed(op, &aws.RequestCanceledError{Err: err})
	}
	if in == nil {
		in = new(In)
	}
	c := s.cloud
	quiet := c.Before == nil && c.After == nil && !c.faults.some.Load()
	switch {
	case quiet && c.Forget:
		return perform(ctx, s, op, in, run, 0)
	case quiet:
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
	if m := mortalOf(ctx); m != nil {
		entry.Caller = m.name
	}
	out, err := interfered(ctx, s, &entry, in, run)
	if err != nil {
		out, err = nil, s.failed(op, err)
	}
	entry.Err, entry.Output = err, nil
	if !s.cloud.Forget {
		if out != nil {
			entry.Output = deepCopy(out)
		}
		s.cloud.note(entry)
	}
	return out, err
}

// interfered runs a call between its hooks and the faults that befall it.
func interfered[In, Out any](ctx context.Context, s site, entry *Call, in *In, run operation[In, Out]) (*Out, error) {
	c := s.cloud
	if c.Before != nil {
		if err := c.Before(ctx, entry); err != nil {
			return nil, err
		}
	}
	var b *blow
	if c.faults.some.Load() {
		b = c.faults.befall(ctx, entry, c.now())
	}
	if err := b.before(ctx); err != nil {
		return nil, s.injected(err)
	}
	out, err := perform(ctx, s, entry.Op, in, sparing(entry.Op, b, run), b.staleness())
	if c.After != nil {
		if entry.Err = err; err == nil {
			entry.Output = out
		}
		if err := c.After(ctx, entry); err != nil {
			return nil, err
		}
		out, err = answered[Out](entry)
	}
	if lost := b.after(ctx); lost != nil {
		return nil, s.injected(lost)
	}
	return out, err
}

// answered is the answer that the After hook leaves. One that it took away is lost.
func answered[Out any](entry *Call) (*Out, error) {
	if entry.Err != nil {
		return nil, entry.Err
	}
	out, ok := entry.Output.(*Out)
	switch {
	case entry.Output != nil && !ok:
		panic(fmt.Sprintf("fake: the After hook gave %s an answer of type %T, want %T", entry.Op, entry.Output, out))
	case out == nil:
		return nil, broken("read")
	}
	return out, nil
}

func (c *Cloud) note(entry Call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls = append(c.calls, entry)
}

// perform checks the input and runs the operation under the world's lock. Reads are that stale, where it is more than nothing.
func perform[In, Out any](ctx context.Context, s site, op string, in *In, run operation[In, Out], stale time.Duration) (out *Out, err error) {
	check := s.face.check(op, in)
	cfg := s.cloud.config()
	cfg.Stale = stale
	lag.Say(ctx, cfg.Window)
	s.cloud.world().Do(cfg, s.account, s.region, func(tx *world.Tx) {
		if err = check.refusal(op, in); err == nil {
			out, err = run(tx, in)
		}
		if err != nil {
			out, err = nil, s.failed(op, s.identified(tx, err))
			return
		}
		if tx.Switches.Date {
			*check.metadata(out) = dated(tx)
		}
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

// injected is a fault's error as AWS would send it.
func (s site) injected(err error) error {
	s.cloud.do(s.account, s.region, func(tx *world.Tx) { err = s.identified(tx, err) })
	return err
}

// identified gives a refusal its request ID, on a copy, since a refusal may be replayed. EC2 documents no more of a status than its class.
func (s site) identified(tx *world.Tx, err error) error {
	var resp *awshttp.ResponseError
	if !errors.As(err, &resp) {
		return err
	}
	if tx.Switches.PlainStatus && s.face == ec2Face && resp.HTTPStatusCode() < http.StatusInternalServerError {
		errors.As(says.Response(http.StatusBadRequest, resp.Err), &resp)
	}
	copied := *resp
	copied.RequestID = tx.RequestID()
	return &copied
}
