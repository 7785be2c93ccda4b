package converge_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/smithy-go"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

const window = 10 * time.Second

type snap struct {
	ID, Value, Waiting string
	Outcome            privatelink.Outcome
}

type (
	row  = converge.Row[snap]
	rows = converge.Rows[snap]
)

// stub is a kind whose AWS a test scripts. It notes what it is asked, and when.
type stub struct {
	ident    converge.Ident
	value    string // declared; "" declares nothing
	look     func(wide bool) []row
	read     func(id string) []row
	create   func(ctx context.Context, token string) (row, error)
	change   func(have *snap) (*snap, error)
	problems []string
	client   any
	window   time.Duration
	date     func() time.Time
	vanished func() bool
	sent     func() time.Time      // of looks; nil for just now
	failing  func(wide bool) error // of looks

	looks, wideLooks, reads []time.Time
	tokens                  []string
	deleted                 []string
}

var _ converge.Kind[snap] = (*stub)(nil)

func newStub() *stub {
	return &stub{
		ident: converge.Ident{Kind: "thing", Name: "orders", Scope: "vpc-1"}, client: "a client", window: window,
		look: func(bool) []row { return nil }, read: func(string) []row { return nil },
		create: func(context.Context, string) (row, error) { return fresh("t-1"), nil },
	}
}

// late gets past the guard at an identity's hour's start: the bubble's clock begins at an hour, which the identity shifts.
func late(t *testing.T, f func(t *testing.T, s *stub)) {
	synctest.Test(t, func(t *testing.T) {
		s := newStub()
		for s.guarded() {
			time.Sleep(time.Minute)
		}
		f(t, s)
	})
}

// guarded tells whether the guard held a create up, which then has passed it.
func (s *stub) guarded() bool {
	probe, began := *s, time.Now()
	_, err := converge.Ensure(context.Background(), &probe)
	return err != nil || time.Since(began) > 0
}

func alive(id string) row { return at(id, privatelink.Available) }

func at(id string, state privatelink.State) row {
	return row{ID: id, State: state, Created: time.Now().Add(-time.Hour), Snap: &snap{ID: id}}
}

func fresh(id string) row {
	r := alive(id)
	r.Created = time.Now()
	return r
}

func code(code string) error { return &smithy.GenericAPIError{Code: code, Message: "AWS says so"} }

func (s *stub) answer(list []row) rows {
	r := rows{Rows: list, Window: s.window}
	if s.date != nil {
		r.Date = s.date()
	}
	r.Vanished = s.vanished != nil && s.vanished()
	return r
}

func (s *stub) API() any                         { return s.client }
func (s *stub) Ident() converge.Ident            { return s.ident }
func (s *stub) Problems(converge.Scope) []string { return s.problems }
func (s *stub) Pace() poll.Pace {
	return poll.Pace{First: 5 * time.Second, Then: 5 * time.Second, After: time.Hour, Most: time.Minute}
}
func (s *stub) Refusal(err error) awserr.Refusal              { return awserr.Of(err) }
func (s *stub) Ready(*snap) string                            { return "" }
func (s *stub) Mark(h *snap, o privatelink.Outcome, w string) { h.Outcome, h.Waiting = o, w }

func (s *stub) Look(ctx context.Context, wide bool) (rows, error) {
	if wide {
		s.wideLooks = append(s.wideLooks, time.Now())
	} else {
		s.looks = append(s.looks, time.Now())
	}
	if s.failing != nil {
		if err := s.failing(wide); err != nil {
			return rows{}, err
		}
	}
	var sent time.Time
	if s.sent != nil {
		sent = s.sent()
	}
	r := s.answer(s.look(wide))
	r.Sent = sent
	return r, ctx.Err()
}

func (s *stub) Read(ctx context.Context, ids ...string) (rows, error) {
	s.reads = append(s.reads, time.Now())
	var out []row
	for _, id := range ids {
		out = append(out, s.read(id)...)
	}
	return s.answer(out), ctx.Err()
}

func (s *stub) Create(ctx context.Context, token string) (row, error) {
	s.tokens = append(s.tokens, token)
	return s.create(ctx, token)
}

func (s *stub) Diff(have *snap) []converge.Delta {
	if have == nil || s.value == "" || have.Value == s.value {
		return nil
	}
	return []converge.Delta{{Change: privatelink.Change{Field: "value", From: have.Value, To: s.value}}}
}

func (s *stub) Change(_ context.Context, have *snap) (*snap, error) { return s.change(have) }

func (s *stub) Delete(_ context.Context, list []row) error {
	for _, r := range list {
		s.deleted = append(s.deleted, r.ID)
	}
	return nil
}

func (s *stub) Left(context.Context, []row) (string, error) { return "", nil }

// distinct are the tokens without repeats, in order.
func distinct(tokens []string) []string { return slices.Compact(slices.Clone(tokens)) }
