package simulation_test

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// 64 at once declare the same: there is one resource, and no error.
func TestSixtyFourGoroutines(t *testing.T) {
	for _, subject := range subjects() {
		t.Run(subject.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(setting{name: "friendly", switches: fake.Switches{RandomLag: true}}.cloud())
				subject.plant(s)
				time.Sleep(30 * time.Second)
				s.census.Begin()
				a := subject.actor(s)
				errs := make([]error, 64)
				var all sync.WaitGroup
				for i := range errs {
					all.Go(func() { errs[i] = a.do(t.Context(), ready, 0) })
				}
				all.Wait()
				for _, err := range errs {
					require.NoError(t, err)
				}
				require.Empty(t, s.census.Twins())
				require.Len(t, s.census.Alive(), subject.alive)
				require.Equal(t, subject.alive, s.census.Births())
			})
		})
	}
}

// A name is made and deleted a hundred times under the memory and the answers of tokens that are worst for it: no incarnation costs more calls
// than the bound.
func TestReCreatedAHundredTimes(t *testing.T) {
	for _, subject := range subjects() {
		t.Run(subject.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(setting{switches: fake.Switches{TokenMemory: fake.NeverForget, SpentToken: fake.AlwaysIdempotentError, RulesFirst: true,
					ReferenceKept: true, Date: true}}.cloud())
				s.cloud.Timing = fake.Realistic()
				calls := 0
				s.cloud.Before = counting(&calls)
				subject.plant(s)
				time.Sleep(5 * time.Minute)
				a := subject.actor(s)
				took := func(v verb) int {
					before := calls
					require.NoError(t, a.do(t.Context(), v, 0), v)
					return calls - before
				}
				up, down := took(ready), took(gone)
				var most int
				for i := range 99 {
					n := took(ready)
					most = max(most, n)
					require.LessOrEqual(t, n, 6*up+10, "incarnation %d", i+2)
					require.LessOrEqual(t, took(gone), 6*down+10, "incarnation %d", i+2)
				}
				t.Logf("the first WaitReady made %d calls, the worst %d; 100 lives took %v", up, most, time.Since(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)))
			})
		})
	}
}
