package simulation_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// The main job, a service, its accepted endpoint and the zone that names it: the caller dies before or after every single AWS call, and again at every
// call of the recovery; run once more, from nothing remembered, it ends with exactly one of each, and taking it down with none.
func TestCrash(t *testing.T) {
	t.Parallel()
	for name, job := range map[string]job{
		"up":   {run: (*stage).up, check: complete(3)},
		"down": {before: (*stage).up, run: (*stage).down, check: (*stage).empty},
	} {
		t.Run(name, func(t *testing.T) {
			stories := 0
			for _, s := range []setting{friendly, harsh} {
				synctest.Test(t, func(t *testing.T) { stories += job.crashEverywhere(t, s) })
			}
			t.Logf("%d stories", stories)
			require.Greater(t, stories, 2)
		})
	}
}

// job is what a caller was about to do when it died.
type job struct {
	before, run func(*stage, context.Context) error
	check       func(*stage, *testing.T, string)
}

// death is one edge of one call; the zero death does not happen.
type death struct {
	call  int
	after bool
}

func (d death) String() string {
	return fmt.Sprintf("died %s call %d", map[bool]string{false: "before", true: "after"}[d.after], d.call)
}

func (d death) fault() fake.Fault {
	if d.after {
		return fake.Crash().AfterEffect().Nth(d.call)
	}
	return fake.Crash().Nth(d.call)
}

func (j job) crashEverywhere(t *testing.T, s setting) (stories int) {
	for first := (death{call: 1}); ; first = first.next() {
		stories++
		if !j.story(t, s, first) {
			return stories // the job was done before: every call has been tried
		}
		for second := (death{call: 1}); j.story(t, s, first, second); second = second.next() {
			stories++
		}
	}
}

// next is the other edge, or the next call.
func (d death) next() death {
	if !d.after {
		return death{d.call, true}
	}
	return death{d.call + 1, false}
}

// story plays lives that end at these deaths, one after the other, then one to the end. It tells whether the last of them happened.
func (j job) story(t *testing.T, s setting, deaths ...death) (died bool) {
	stage := newStage(s.cloud())
	if j.before != nil {
		require.NoError(t, j.before(stage, t.Context()), s.name)
	}
	about := s.name
	for _, d := range deaths {
		about += ", " + d.String()
		stage.cloud.Inject(d.fault())
		life := fake.Caller(t.Context(), "caller")
		err := j.run(stage, life)
		if died = errors.Is(context.Cause(life), fake.ErrCrashed); !died {
			require.NoError(t, err, about)
		}
		stage.cloud.Heal()
	}
	require.NoError(t, j.run(stage, t.Context()), about)
	j.check(stage, t, about)
	return died
}

func (s *stage) endpoint(serviceName string) *endpoint.InterfaceBuilder {
	return endpoint.Interface("orders").VPC(s.vpc).Service(serviceName).Subnets(s.subnets...).SecurityGroups(s.group)
}

func (s *stage) zone(target privatelink.DNSName) *dnszone.PrivateBuilder {
	return dnszone.Private("orders.internal").VPC(s.consumer.Region, s.vpc).Alias("api", target)
}

// up is the main job, from nothing remembered.
func (s *stage) up(ctx context.Context) error {
	svc, err := s.service().WaitReady(ctx, s.provider)
	if err != nil {
		return err
	}
	ep := s.endpoint(svc.ServiceName)
	e, err := ep.Ensure(ctx, s.consumer)
	for errors.Is(err, privatelink.ErrPending) && ctx.Err() == nil {
		time.Sleep(time.Second)
		e, err = ep.Ensure(ctx, s.consumer)
	}
	if err != nil {
		return err
	}
	if err := service.Accept(ctx, s.provider, svc.ID, e.ID); err != nil {
		return err
	}
	if e, err = ep.WaitReady(ctx, s.consumer); err != nil {
		return err
	}
	_, err = s.zone(e.DNS.Regional).WaitReady(ctx, s.consumer)
	return err
}

// down takes everything away again.
func (s *stage) down(ctx context.Context) error {
	return privatelink.DeleteAll(ctx, s.zone(privatelink.DNSName{}).On(s.consumer), s.endpoint("").On(s.consumer), s.service().On(s.provider))
}

// complete asserts that there is one of each of so many, and that no more ever were.
func complete(identities int) func(*stage, *testing.T, string) {
	return func(s *stage, t *testing.T, about string) {
		t.Helper()
		require.Empty(t, s.census.Twins(), about)
		alive := s.census.Alive()
		require.Len(t, alive, identities, "%s: %v", about, alive)
	}
}

// empty asserts that nothing is left.
func (s *stage) empty(t *testing.T, about string) {
	t.Helper()
	require.Empty(t, s.census.Twins(), about)
	require.Equal(t, s.before, s.cloud.Dump(), about)
}
