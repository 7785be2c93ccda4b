package simulation_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cenkalti/backoff/v4"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// subject is one kind of resource, as the simulation drives it.
type subject struct {
	name  string
	alive int          // how many identities it is, with those of its notifications
	plant func(*stage) // puts things beside it that are like it, and not its own
	actor func(*stage) actor
}

// subjects are all kinds. Each declares one identity in two variants.
func subjects() []subject {
	return []subject{
		{"interface", 1, (*stage).plantInterfaces, (*stage).interfaceActor},
		{"private-dns", 1, (*stage).plantPrivateDNS, (*stage).privateDNSActor},
		{"gateway", 1, (*stage).plantGateway, (*stage).gatewayActor},
		{"gwlb", 1, (*stage).plantGWLB, (*stage).gwlbActor},
		{"nlb-service", 1, (*stage).plantServices, (*stage).nlbActor},
		{"shop", 2, (*stage).plantShops, (*stage).shopActor},
		{"gwlb-service", 2, (*stage).plantAppliances, (*stage).appliancesActor},
		{"private-zone", 1, (*stage).plantZone, (*stage).privateZoneActor},
		{"shared-zone", 1, (*stage).plantSharedZone, (*stage).sharedZoneActor},
		{"public-zone", 1, (*stage).plantPublicZone, (*stage).publicZoneActor},
		{"records", 0, (*stage).plantRecords, (*stage).recordsActor},
		{"split-horizon", 2, (*stage).plantHorizon, (*stage).horizonActor},
		{"loan", 1, (*stage).plantRecords, (*stage).loanActor},
	}
}

// declared tells what is declared of a subject.
func (s subject) declared(t *testing.T) (text string) {
	synctest.Test(t, func(t *testing.T) {
		stage := newStage(&fake.Cloud{})
		s.plant(stage)
		for variant := range 2 {
			plan, err := s.actor(stage).plan(t.Context(), variant)
			require.NoError(t, err)
			text += fmt.Sprintf("declared as variant %d\n%s\n", variant, plan)
		}
	})
	return text
}

// verb is a verb that changes things.
type verb uint8

const (
	ensure verb = iota
	ready
	remove
	gone
	verbCount
)

var verbNames = [verbCount]string{"Ensure", "WaitReady", "Delete", "WaitGone"}

func (v verb) String() string { return verbNames[v] }

// up tells the verbs that bring a resource about from those that take it away.
func (v verb) up() bool { return v <= ready }

// whole is the verb that promises what this one begins.
func (v verb) whole() verb {
	if v.up() {
		return ready
	}
	return gone
}

// actor is one identity, with nothing remembered between its calls.
type actor struct {
	do   func(ctx context.Context, v verb, variant int) error
	plan func(ctx context.Context, variant int) (privatelink.Plan, error)
}

// drive makes an actor of a declaration.
func drive[API, S any](api API, declare func(variant int) privatelink.Resource[API, S]) actor {
	return actor{
		do: func(ctx context.Context, v verb, variant int) (err error) {
			b := declare(variant)
			switch v {
			case ensure:
				_, err = b.Ensure(ctx, api)
			case ready:
				_, err = b.WaitReady(ctx, api, patience...)
			case remove:
				err = b.Delete(ctx, api)
			case gone:
				err = b.WaitGone(ctx, api, patience...)
			}
			return err
		},
		plan: func(ctx context.Context, variant int) (privatelink.Plan, error) {
			return declare(variant).Plan(ctx, api)
		},
	}
}

// patience: polls without jitter, so that a story can be told again; provisioning takes two of them.
var patience = []privatelink.WaitOption{
	privatelink.Backoff(func() backoff.BackOff { return backoff.NewConstantBackOff(8 * time.Second) }), privatelink.Timeout(30 * time.Minute),
}

// start is how things stand before a verb.
type start uint8

const (
	absent   start = iota
	same           // as declared
	changed        // as another variant was declared
	halfDone       // its maker died after its first write
	starts
)

var startNames = [starts]string{"absent", "same", "changed", "half-done"}

func (s start) String() string { return startNames[s] }

// scene is what one verb finds, and under which reading of what AWS does not document.
type scene struct {
	subject subject
	verb    verb
	start   start
	setting setting
}

func (s scene) String() string { return s.subject.name + "/" + s.short() }

// short leaves the subject out.
func (s scene) short() string {
	return strings.Join([]string{s.verb.String(), s.start.String(), s.setting.name}, "/")
}

// scenes are all of a subject, under the default switches.
func scenes(subject subject) func(func(scene) bool) {
	return func(yield func(scene) bool) {
		for v := range verbCount {
			for at := range starts {
				if !yield(scene{subject, v, at, friendly}) {
					return
				}
			}
		}
	}
}

// sceneOf finds the scene of a name.
func sceneOf(name string) (scene, error) {
	for _, subject := range subjects() {
		for v := range verbCount {
			for at := range starts {
				for _, setting := range oneAtATime() {
					if s := (scene{subject, v, at, setting}); s.String() == name {
						return s, nil
					}
				}
			}
		}
	}
	return scene{}, fmt.Errorf("there is no scene %q", name)
}
