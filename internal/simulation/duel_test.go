package simulation_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
)

// Two writers, the second some seconds after the first, while AWS forgets the token of a former life of their resource: one may find it spent,
// and the other make something with it. There are never two, but where AWS forgets a token less than a window after an ask, or less than two where
// it answers with a code and every ask is followed by a window of looks: that it does not is what the promise rests on.
func TestDuels(t *testing.T) {
	for _, kind := range subjects() {
		if kind.name != "interface" && kind.name != "nlb-service" {
			continue
		}
		for _, answer := range []fake.SpentToken{fake.AnswerCurrent, fake.AnswerFirst, fake.MismatchWhenDead, fake.AlwaysIdempotentError} {
			t.Run(fmt.Sprintf("%s/%v", kind.name, answer), func(t *testing.T) {
				t.Parallel()
				former := formerLife(t, kind, answer)
				played, excused := 0, 0
				play := func(d duel) {
					synctest.Test(t, func(t *testing.T) {
						if !d.play(t) {
							excused++
						}
					})
					played++
				}
				for offset := range 14 {
					for forgotten := range 24 {
						play(duel{past: former, offset: time.Duration(offset) * time.Second, forgotten: time.Duration(forgotten)*time.Second + time.Second/2})
					}
				}
				for forgotten := 14; forgotten < 40; forgotten += 2 {
					for slow := 1; slow < 12; slow++ {
						for offset := range 2 {
							play(duel{past: former, offset: time.Duration(offset) * time.Second, forgotten: time.Duration(forgotten) * time.Second, slow: slow})
						}
					}
				}
				t.Logf("%d duels; in %d of them AWS forgot a token too soon after an ask", played, excused)
				require.Less(t, excused, played/2)
			})
		}
	}
}

// past is a resource that was made and deleted.
type past struct {
	*set
	deleted  time.Duration // before the end of the making
	declared string
}

// formerLife makes and deletes.
func formerLife(t *testing.T, kind subject, answer fake.SpentToken) past {
	s := scene{kind, ready, absent, setting{name: "duel", switches: fake.Switches{TokenMemory: fake.ForgetAfterDelete, SpentToken: answer}}}
	out := past{set: &set{scene: s}, declared: kind.declared(t)}
	synctest.Test(t, func(t *testing.T) {
		began, deleted := time.Now(), time.Now()
		out.stage = newStage(s.setting.cloud())
		kind.plant(out.stage)
		time.Sleep(30 * time.Second) // until reads show the neighbours
		out.stage.census.Begin()
		out.stage.cloud.Before = func(_ context.Context, c *fake.Call) error {
			if strings.HasPrefix(c.Op, "Delete") {
				deleted = time.Now()
			}
			return nil
		}
		a := kind.actor(out.stage)
		require.NoError(t, a.do(t.Context(), ready, 0))
		require.NoError(t, a.do(t.Context(), gone, 0))
		out.took, out.deleted, out.cloud = time.Since(began), time.Since(deleted), out.stage.cloud.Snapshot()
	})
	return out
}

// duel is two writers.
type duel struct {
	past
	offset    time.Duration // of the second one
	forgotten time.Duration // when, after the first one began, AWS forgets the token
	slow      int           // the read of the first one whose answer comes late, so that what it shows is over: the first, the second and so on; 0 for none
}

// play tells whether AWS kept to what the promise rests on.
func (d duel) play(t *testing.T) bool {
	time.Sleep(d.took)
	cloud := d.setting.cloud()
	cloud.Switches.TokenLife = d.deleted + d.forgotten
	stage := d.stage.in(cloud, d.cloud)
	cloud.Forget = false
	var tokens simulation.Tokens
	var mu sync.Mutex
	cloud.After = func(ctx context.Context, c *fake.Call) error {
		mu.Lock()
		defer mu.Unlock()
		tokens.Watch(c, d.kept())
		return stage.watch(ctx, c)
	}
	reads := 0
	cloud.Inject(simulation.LateAnswer.Inject().From("writer 1").When(func(c *fake.Call) bool {
		if simulation.Reads(c.Op) {
			reads++
		}
		return simulation.Reads(c.Op) && reads == d.slow
	}).Times(1))
	a := d.subject.actor(stage)
	var writers sync.WaitGroup
	for i, late := range []time.Duration{0, d.offset} {
		writers.Go(func() {
			time.Sleep(late)
			if err := a.do(fake.Caller(t.Context(), fmt.Sprint("writer ", i+1)), ready, 0); err != nil && len(tokens.Hasty()) == 0 {
				t.Errorf("%v\nreplay   go test ./internal/simulation -run TestDuels/%s -v", simulation.Explained.Broken("%v", err), d.subject.name)
			}
		})
	}
	writers.Wait()
	if twins := stage.census.Twins(); len(twins) > 0 && len(tokens.Hasty()) == 0 {
		require.Fail(t, "an invariant is broken", "%v\nduel     %s, the second writer comes after %v, the token of the former life is forgotten after %v, slow is read %d of the first\n"+
			"replay   go test ./internal/simulation -run TestDuels/%s -v\n%s\njournal\n%s", simulation.OneLive.Broken("%s", strings.Join(twins, "; ")),
			d.subject.name, d.offset, d.forgotten, d.slow, d.subject.name, d.declared, journalOf(cloud, simulation.Line))
	}
	return len(tokens.Hasty()) == 0
}

// kept is for how long after an ask AWS has to remember a token.
func (d duel) kept() time.Duration {
	if answer := d.setting.switches.SpentToken; answer == fake.AnswerCurrent || answer == fake.AnswerFirst {
		return d.stage.cloud.Lag
	}
	return 2*d.stage.cloud.Lag + time.Millisecond
}
