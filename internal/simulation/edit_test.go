package simulation_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
)

// Somebody else edits the zone between our last read and each of our writes in turn: he adds a record at a host of ours, and his mark of it to
// the record in which ours stands. What he wrote stays, and what our verb promises holds all the same.
func TestRivals(t *testing.T) {
	subjects := subjects()
	records := subjects[slices.IndexFunc(subjects, func(s subject) bool { return s.name == "records" })]
	edits, declared := 0, records.declared(t)
	for s := range scenes(records) {
		built := s.build(t)
		for write := 1; ; write++ {
			var r *rival
			synctest.Test(t, func(t *testing.T) { r = played(t, built, declared, write) })
			if r.wrote == nil {
				break // there are not so many writes
			}
			edits++
		}
	}
	t.Logf("%d edits", edits)
	require.Greater(t, edits, 12)
}

// rival is somebody else's edit.
type rival struct {
	stage  *stage
	before int      // which of our writes it comes before
	wrote  []string // its values, nil until it came
	errs   []error
}

// played plays a scene with an edit before one of its writes.
func played(t *testing.T, built *set, declared string, write int) *rival {
	r := &rival{stage: built.enter(), before: write}
	cloud := r.stage.cloud
	cloud.Forget = false
	cloud.Before = r.call
	a := built.subject.actor(r.stage)
	ctx := fake.Caller(t.Context(), "writer")
	require.NoError(t, a.do(ctx, built.verb, 0), built.scene)
	require.NoError(t, a.do(ctx, built.verb.whole(), 0), built.scene)
	require.Empty(t, r.errs, built.scene)
	cloud.Before, cloud.Lag = nil, 0
	for _, value := range r.wrote {
		require.Contains(t, r.values(t.Context()), value, "%v\nscene    %s, with an edit before write %d\nreplay   go test ./internal/simulation -run TestRivals -v\n%s\njournal\n%s",
			simulation.EditsKept.Broken("what somebody else wrote between a read and a write is gone"), built.scene, write, declared, journalOf(cloud, simulation.Line))
	}
	return r
}

// call is the hook before each call.
func (r *rival) call(_ context.Context, c *fake.Call) error {
	if c.Caller != "writer" || c.Op != "ChangeResourceRecordSets" {
		return nil
	}
	if r.before--; r.before == 0 {
		ctx := fake.Caller(context.Background(), "rival")
		mail := dnszone.Record{Host: "www", Type: dnszone.TypeMX, TTL: time.Minute, Values: []string{"10 mail.example.org."}}
		_, err := dnszone.RecordsIn(r.stage.lentID).Owner("rival").Record(mail).WaitReady(ctx, r.stage.provider, patience...)
		if err != nil {
			r.errs = append(r.errs, err)
		}
		time.Sleep(r.stage.cloud.Lag)
		for _, value := range r.values(ctx) {
			if strings.Contains(value, "rival") || strings.Contains(value, "mail") {
				r.wrote = append(r.wrote, value)
			}
		}
	}
	return nil
}

// values are all that the zone holds.
func (r *rival) values(ctx context.Context) (out []string) {
	zone, err := r.stage.provider.ListResourceRecordSets(ctx, &route53.ListResourceRecordSetsInput{HostedZoneId: aws.String(r.stage.lentID)})
	r.stage.must(err)
	for _, set := range zone.ResourceRecordSets {
		for _, record := range set.ResourceRecords {
			out = append(out, aws.ToString(record.Value))
		}
	}
	return out
}
