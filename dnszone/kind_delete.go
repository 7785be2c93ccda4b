package dnszone

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Delete empties the zones of what is declared, and deletes them; their associations go with them.
func (k *kind) Delete(ctx context.Context, rows []converge.Row[Zone]) error {
	var errs []error
	for _, r := range rows {
		err := k.remove(ctx, r.ID, r.Snap.sets)
		if awserr.Of(err).Means != awserr.Missing {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// removeTries bounds how often the records are read again because somebody came between.
const removeTries = 3

// remove deletes the records that are ours and the zone. What it read may be out of date: Route 53 then refuses, and it reads again.
func (k *kind) remove(ctx context.Context, id string, sets []types.ResourceRecordSet) error {
	for try := 1; ; try++ {
		refusal := k.empty(ctx, id, sets)
		if code := awserr.Code(refusal); code != "InvalidChangeBatch" && code != "HostedZoneNotEmpty" {
			return refusal
		}
		now, listed, at, err := readerOf(k.api).sets(ctx, id)
		if err != nil || !listed {
			return err
		}
		ours, others := k.split(now)
		switch {
		case len(ours) == 0 && len(others) > 0:
			return awserr.Mark(fmt.Errorf("it holds what this declaration does not name: declare it, remove it, or say Exclusive: %s: %w", strings.Join(others, ", "), refusal),
				privatelink.ErrInUse, awserr.Final)
		case len(ours) == 0 && k.barren(id, at):
			return awserr.Mark(fmt.Errorf("it lists no records but its own: DNSSEC signing may be on: %w", refusal), privatelink.ErrInUse, awserr.Final)
		case try == removeTries, reflect.DeepEqual(sets, now):
			return awserr.Mark(fmt.Errorf("its records are changing, or listed late, so call again: %w", refusal), privatelink.ErrPending, awserr.Busy)
		}
		sets = now
	}
}

// barren tells whether the lists have had their time to show what keeps a zone from going, and do not.
func (k *kind) barren(id string, at asOf) bool {
	if k.refused == nil {
		k.refused = map[string]time.Time{}
	}
	if _, before := k.refused[id]; !before {
		k.refused[id] = time.Now()
	}
	return time.Since(k.refused[id]) >= max(at.window, 0)
}

func (k *kind) empty(ctx context.Context, id string, sets []types.ResourceRecordSet) error {
	ours, _ := k.split(sets)
	for _, batch := range batches(ours) {
		if err := k.send(ctx, id, batch); err != nil {
			return err
		}
	}
	_, err := patiently(ctx, k.api.DeleteHostedZone, &route53.DeleteHostedZoneInput{Id: aws.String(id)})
	return err
}

// split tells the sets that go with the zone, whatever they hold, from those that others put there. The zone's own are neither.
func (k *kind) split(sets []types.ResourceRecordSet) (ours []edit, others []string) {
	declared := map[string][]set{}
	for _, s := range k.resolved.sets {
		declared[s.name] = append(declared[s.name], s)
	}
	for i := range sets {
		h, at := &sets[i], placeOf(&sets[i])
		claims := func(s set) bool { return s.claims(h) }
		switch {
		case isOwn(k.name, h):
		case k.exclusive || slices.ContainsFunc(declared[at.name], claims):
			ours = append(ours, edit{place: at, remove: sets[i : i+1 : i+1]})
		default:
			others = append(others, at.String())
		}
	}
	return ours, others
}
