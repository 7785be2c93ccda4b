package simulation_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// story is one verb in one scene, played with faults: lives of one writer that remembers nothing, until one of them has done it.
type story struct {
	*set
	schedule simulation.Schedule

	stage *stage
	actor actor
	mu    sync.Mutex
	ops   []string // the calls of all lives, in order; a call may outlive its caller
	own   int      // how many of them are of the verb itself
	blows map[*fake.Call]simulation.Fault
	tell  bool           // keep a journal
	most  [verbCount]int // the calls of the longest life of each verb

	refused bool   // EC2 refused a call, or an item of one
	plain   *story // the story without faults, nil for that itself
	ends    string // what is there in the end beside the neighbours, without its IDs
}

// play tells the story; the error says which invariant it broke.
func (s *story) play(t *testing.T) error {
	s.stage = s.enter()
	s.actor = s.subject.actor(s.stage)
	s.perform()
	if err := s.lives(t.Context(), s.verb); err != nil {
		return err
	}
	s.own = s.calls()
	if s.verb != s.verb.whole() {
		if err := s.lives(t.Context(), s.verb.whole()); err != nil {
			return err
		}
	}
	return s.verdict(t.Context())
}

// perform lets the faults of the schedule befall the calls from now on.
func (s *story) perform() {
	s.blows = map[*fake.Call]simulation.Fault{}
	s.stage.cloud.Forget = !s.tell
	s.stage.cloud.Before = func(_ context.Context, c *fake.Call) error {
		if s.setting.pages {
			simulation.ShortPages(c)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.ops = append(s.ops, c.Op)
		if f, befalls := s.schedule.Fault(len(s.ops)); befalls {
			s.blows[c] = f
		}
		return nil
	}
	s.stage.cloud.After = func(ctx context.Context, c *fake.Call) error {
		if c.Service == "EC2" && simulation.Refused(c) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.refused = true
		}
		return s.stage.watch(ctx, c)
	}
	simulation.Arm(s.stage.cloud, s.schedule.Faults(), func(c *fake.Call, f simulation.Fault) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		chosen, befalls := s.blows[c]
		return befalls && chosen == f
	})
}

// calls is how many there were so far.
func (s *story) calls() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.ops)
}

// lives plays a verb until one life has done it. A life ends by death, or by an error that only a fault explains.
func (s *story) lives(ctx context.Context, v verb) error {
	for range 2*len(s.schedule) + 40 { // a bare Delete or Ensure may be called again while reads are behind
		life := fake.Caller(ctx, "writer")
		began, before := time.Now(), s.calls()
		err := s.actor.do(life, v, 0)
		calls := s.calls() - before
		s.most[v] = max(s.most[v], calls)
		switch {
		case s.plain != nil && calls > 6*s.plain.most[v]+10:
			return simulation.Bounded.Broken("%s made %d calls, at most %d are allowed", v, calls, 6*s.plain.most[v]+10)
		case time.Since(began) > time.Hour:
			return simulation.Ends.Broken("%s took %v", v, time.Since(began))
		case err == nil && v == remove && len(s.stage.census.Alive()) > 0:
			return simulation.Deleted.Broken("a completed Delete left alive: %v", s.stage.census.Alive())
		case err == nil:
			return nil
		case errors.Is(context.Cause(life), fake.ErrCrashed):
		case !v.excusable(err):
			return simulation.Explained.Broken("%s: %v", v, err)
		}
		if v != v.whole() {
			time.Sleep(time.Second) // as whoever calls again
		}
	}
	return simulation.Ends.Broken("%s did not end", v)
}

// excusable tells the errors that a fault may lead to: a bare Ensure or Delete is called again after them, and a wait outlasts them.
func (v verb) excusable(err error) bool {
	for _, never := range []error{privatelink.ErrInvalid, privatelink.ErrConflict, privatelink.ErrImmutable, privatelink.ErrFailed, privatelink.ErrInUse,
		privatelink.ErrDenied, privatelink.ErrQuota, privatelink.ErrNotFound} {
		if errors.Is(err, never) {
			return false
		}
	}
	passing := errors.Is(err, privatelink.ErrPending) || errors.Is(err, privatelink.ErrThrottled) || awserr.Of(err).Means == awserr.Transient
	return v != v.whole() && passing
}

// fail reports a story that broke an invariant, so that a person can see what happened.
func (s *story) fail(t *testing.T, err error) {
	t.Helper()
	again := &story{set: s.set, schedule: s.schedule, plain: s.plain, tell: true}
	if other := inBubble(t, again); fmt.Sprint(other) != fmt.Sprint(err) {
		err = fmt.Errorf("%w\nthe replay ended otherwise: %v", err, other)
	}
	require.Fail(t, "an invariant is broken", "%v\nreplay   go test ./internal/simulation -run TestReplay -scene '%s' -schedule '%s' -v\n%s",
		err, s.scene, s.schedule, again.told(t))
}

// told is what was declared, and what came of it.
func (s *story) told(t *testing.T) string {
	return fmt.Sprintf("scene    %s\nschedule %s\n%s\njournal\n%s", s.scene, s.schedule, s.subject.declared(t), journalOf(s.stage.cloud, simulation.Line))
}

// counting is a Before hook that counts calls.
func counting(n *int) func(context.Context, *fake.Call) error {
	return func(context.Context, *fake.Call) error {
		*n++
		return nil
	}
}

// further are the schedules with one more fault, at a later call of the verb, in whichever life. The wait that follows a bare Ensure or Delete shows
// what came of it; faults befall that in scenes of its own.
func (s *story) further(choose func(op string) []simulation.Fault) (out []simulation.Schedule) {
	last := 0
	if len(s.schedule) > 0 {
		last = s.schedule[len(s.schedule)-1].Call
	}
	for n := last + 1; n <= s.own; n++ {
		for _, f := range choose(s.ops[n-1]) {
			out = append(out, append(slices.Clone(s.schedule), simulation.Step{Call: n, Fault: f}))
		}
	}
	return out
}
