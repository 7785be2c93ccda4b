package fake

import (
	"slices"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Snapshot is a cloud as it was at a moment. It never changes: any number of clouds may take it up, at once too, and as often as they like.
type Snapshot struct {
	state  *world.State
	calls  []Call
	faults []*injected
}

// Snapshot keeps the whole state: everything that accounts have, with its recent past and its timetable, tokens, the generators of identifiers
// and of chance, the time, the journal, and the injected faults with their counters. It costs a few words for each thing, since records are
// shared. The cloud's exported fields are settings, not state, and are not in it; nor are listeners, appliances and open connections.
func (c *Cloud) Snapshot() *Snapshot {
	s := &Snapshot{state: c.world().State(), faults: c.faults.snapshot()}
	c.mu.Lock()
	defer c.mu.Unlock()
	s.calls = slices.Clip(c.calls)
	return s
}

// Restore makes the cloud what it was when the snapshot was taken, of this cloud or of another: the same calls as then have the same answers,
// identifiers included. Time goes on from the snapshot too: what was pending is pending for as long as it was going to be, and as old as it
// was. Handles made before the snapshot stay good in the cloud that made them, those made after it do not.
func (c *Cloud) Restore(s *Snapshot) {
	c.world().Resume(s.state)
	c.faults.restore(s.faults)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls = s.calls
}
