package simulation_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// set is a scene as its stories find it: they share its making.
type set struct {
	scene
	stage *stage
	cloud *fake.Snapshot
	took  time.Duration // the making, by the cloud's clock
}

// build makes what the verb of a scene finds.
func (s scene) build(t *testing.T) *set {
	out := &set{scene: s}
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		out.stage = newStage(s.setting.cloud())
		s.subject.plant(out.stage)
		time.Sleep(30 * time.Second) // until reads show the neighbours
		out.stage.before, out.stage.lines = out.stage.cloud.Dump(), map[string]bool{}
		for line := range strings.Lines(out.stage.before) {
			out.stage.lines[line] = true
		}
		out.stage.census.Begin()
		require.NoError(t, out.stage.begin(t.Context(), s), "%s: the scene cannot be set", s)
		if s.start != halfDone || !s.verb.up() {
			time.Sleep(10 * time.Second) // what an opposite verb has just done may not be listed yet
		}
		out.took, out.cloud = time.Since(began), out.stage.cloud.Snapshot()
	})
	return out
}

// begin brings about what a verb finds.
func (s *stage) begin(ctx context.Context, to scene) error {
	actor := to.subject.actor(s)
	switch to.start {
	case same:
		return actor.do(ctx, ready, 0)
	case changed:
		return actor.do(ctx, ready, 1)
	case halfDone:
		s.cloud.Inject(fake.Crash().AfterEffect().When(func(c *fake.Call) bool { return !simulation.Reads(c.Op) }).Times(1))
		defer s.cloud.Heal()
		if err := actor.do(fake.Caller(ctx, "maker"), ready, 0); err == nil {
			return errors.New("nothing was written")
		}
	}
	return nil
}

// enter gives the stage in a cloud of its own, as it was when its set was made.
func (s *set) enter() *stage {
	time.Sleep(s.took) // the cloud's clock is the local one
	return s.stage.in(s.setting.cloud(), s.cloud)
}

// in gives the stage in another cloud.
func (s *stage) in(cloud *fake.Cloud, state *fake.Snapshot) *stage {
	out := *s
	cloud.Restore(state)
	cloud.Forget = true
	out.cloud, out.provider, out.consumer = cloud, cloud.Account(s.provider.ID), cloud.Account(s.consumer.ID)
	out.census = s.census.Clone()
	cloud.After = out.watch
	return &out
}

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
	most  int  // the calls of the longest life
	tell  bool // keep a journal

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
		s.most = max(s.most, calls)
		switch {
		case s.plain != nil && calls > 6*s.plain.most+10:
			return simulation.Bounded.Broken("%s made %d calls, at most %d are allowed", v, calls, 6*s.plain.most+10)
		case time.Since(began) > time.Hour:
			return simulation.Ends.Broken("%s took %v", v, time.Since(began))
		case err == nil && v == remove && len(s.stage.census.Alive()) > 0:
			return simulation.Deleted.Broken("a completed Delete left alive: %v", s.stage.census.Alive())
		case err == nil:
			return nil
		case errors.Is(context.Cause(life), fake.ErrCrashed):
		case !s.excusable(v, err):
			return simulation.Explained.Broken("%s: %v", v, err)
		}
		if v == ensure || v == remove {
			time.Sleep(time.Second) // as whoever calls again
		}
	}
	return simulation.Ends.Broken("%s did not end", v)
}

// excusable tells the errors that a fault may lead to.
func (s *story) excusable(v verb, err error) bool {
	for _, never := range []error{privatelink.ErrInvalid, privatelink.ErrConflict, privatelink.ErrImmutable, privatelink.ErrFailed, privatelink.ErrInUse,
		privatelink.ErrDenied, privatelink.ErrQuota, privatelink.ErrNotFound} {
		if errors.Is(err, never) {
			return false
		}
	}
	return errors.Is(err, privatelink.ErrPending) && (v == ensure || v == remove) || errors.Is(err, privatelink.ErrThrottled) || awserr.Of(err).Means == awserr.Transient
}

// verdict looks at the truth: what was promised holds, and nothing else was touched.
func (s *story) verdict(ctx context.Context) error {
	s.stage.cloud.Heal()
	s.stage.cloud.Before, s.stage.cloud.Lag = nil, 0
	switch twins, offences := s.stage.census.Twins(), s.stage.census.Offences(); {
	case len(twins) > 0:
		return simulation.OneLive.Broken("%s", strings.Join(twins, "; "))
	case len(offences) > 0:
		return simulation.Untouched.Broken("%s", strings.Join(offences, "; "))
	case !s.verb.up():
		return unchanged(s.stage.before, s.stage.cloud.Dump())
	}
	plan, err := s.actor.plan(ctx, 0)
	switch {
	case err != nil:
		return simulation.Holds.Broken("what was made cannot be planned: %v", err)
	case !plan.Empty():
		return simulation.Holds.Broken("%s", plan)
	}
	s.ends = s.stage.beside(s.stage.cloud.Dump())
	if s.plain != nil && s.ends != s.plain.ends {
		return simulation.Holds.Broken("there is\n%s\nand without faults there would be\n%s", s.ends, s.plain.ends)
	}
	return nil
}

// ids are what differs between two stories that end alike.
var ids = regexp.MustCompile(`\b(Z[0-9A-Z]{19,20}|[0-9a-f]{16,40}|10\.\d+\.\d+\.\d+|fd00:[0-9a-f:]+)\b`)

// beside is what a Dump shows beside what was there before, without its IDs and addresses.
func (s *stage) beside(now string) string {
	var out []string
	for line := range strings.Lines(now) {
		if !s.lines[line] {
			out = append(out, ids.ReplaceAllString(line, "…"))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "")
}

// missing are the lines of one Dump that another lacks.
func missing(before, after string) (out []string) {
	kept := map[string]int{}
	for line := range strings.Lines(after) {
		kept[line]++
	}
	for line := range strings.Lines(before) {
		if kept[line]--; kept[line] < 0 && !strings.Contains(line, "route table") { // ours are in tables of others
			out = append(out, strings.TrimSpace(line))
		}
	}
	return out
}

// unchanged tells what a stage has lost, or has too much, once everything of ours is gone.
func unchanged(before, after string) error {
	lost, left := missing(before, after), missing(after, before)
	switch {
	case before == after:
		return nil
	case len(lost) > 0:
		return simulation.Untouched.Broken("lost: %s; in its place: %s", strings.Join(lost, "\n"), strings.Join(left, "\n"))
	}
	return simulation.Clean.Broken("%s", strings.Join(left, "\n"))
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
