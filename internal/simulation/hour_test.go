package simulation_test

import (
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

// Two writers at every moment of an hour: the first one's create is late, or arrives when it was given up; the second comes some seconds later. Whether
// they meet in one hour or in two, and so ask with one token or with two, there is one resource.
func TestLateCreatesAtAnyTimeOfTheHour(t *testing.T) {
	creates := map[string]string{"interface": "CreateVpcEndpoint", "nlb-service": "CreateVpcEndpointServiceConfiguration",
		"gwlb-service": "CreateVpcEndpointConnectionNotification", "public-zone": "CreateHostedZone"}
	for _, kind := range subjects() {
		create, ok := creates[kind.name]
		if !ok {
			continue
		}
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			built, declared := scene{kind, ready, absent, friendly}.build(t), kind.declared(t)
			step := 8 * time.Second
			if testing.Short() {
				step *= 5
			}
			for at := time.Duration(0); at < time.Hour; at += step {
				for _, second := range []time.Duration{12 * time.Second, 24 * time.Second} {
					for _, late := range []fake.Fault{simulation.LateCall.Inject(), fake.LateCall(simulation.Stray)} {
						synctest.Test(t, func(t *testing.T) { lateCreate(t, built, declared, at, second, late.On(create)) })
					}
				}
			}
		})
	}
}

// lateCreate plays two writers, the first at a moment of the hour.
func lateCreate(t *testing.T, built *set, declared string, at, second time.Duration, late fake.Fault) {
	stage := built.enter()
	cloud := stage.cloud
	cloud.Forget = false
	time.Sleep(at)
	cloud.Inject(late.From("writer 1").Times(1))
	a := built.subject.actor(stage)
	var writers sync.WaitGroup
	for i, after := range []time.Duration{0, second} {
		writers.Go(func() {
			time.Sleep(after)
			if err := a.do(fake.Caller(t.Context(), fmt.Sprint("writer ", i+1)), ready, 0); err != nil {
				t.Error(simulation.Explained.Broken("%v", err))
			}
		})
	}
	writers.Wait()
	time.Sleep(simulation.Late) // for what was given up
	twins := stage.census.Twins()
	require.Empty(t, twins, "%v\nat       %v of the clock's hour, the second writer %v later\nreplay   go test ./internal/simulation -run TestLateCreatesAtAnyTimeOfTheHour/%s -v\n%s\njournal\n%s",
		simulation.OneLive.Broken("%s", strings.Join(twins, "; ")), at, second, built.subject.name, declared, journalOf(cloud, simulation.Line))
}
