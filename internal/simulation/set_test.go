package simulation_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
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
