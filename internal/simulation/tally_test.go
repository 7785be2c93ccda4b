package simulation_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// tally counts what was played.
type tally struct {
	mu             sync.Mutex
	stories, calls int
	usual, twins   int                                 // stories that are the same under the default switches, or with another fault
	out            int                                 // stories that are not of the sample
	cells          map[string]map[simulation.Fault]int // by operation
	failures       int
	scenes         int // that were explored
}

// note counts a story.
func (y *tally) note(s *story) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.stories++
	y.calls += len(s.ops)
	y.cell(s, s.schedule)
}

// stoodFor counts a story that is the same with another fault, which is tried at the same call of the story that it goes on from.
func (y *tally) stoodFor(from *story, schedule simulation.Schedule) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.twins++
	y.cell(from, schedule)
}

// cell counts the last fault of a story in the table: those before it were the last of another.
func (y *tally) cell(s *story, schedule simulation.Schedule) {
	if len(schedule) == 0 {
		return
	}
	last := schedule[len(schedule)-1]
	if last.Call > len(s.ops) {
		return
	}
	if y.cells == nil {
		y.cells = map[string]map[simulation.Fault]int{}
	}
	op := s.ops[last.Call-1]
	if y.cells[op] == nil {
		y.cells[op] = map[simulation.Fault]int{}
	}
	y.cells[op][last.Fault]++
}

// taken counts a story that is the same under the default switches.
func (y *tally) taken() {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.usual++
}

// left counts a story that is not of the sample.
func (y *tally) left() {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.out++
}

// mostFailures is how many scenes may fail before the rest is left out.
const mostFailures = 10

// fail reports a story that broke an invariant, and ends its scene.
func (y *tally) fail(t *testing.T, s *story, err error) {
	y.mu.Lock()
	y.failures++
	y.mu.Unlock()
	s.fail(t, err)
}

// enough tells whether so many scenes failed that no other is to be explored; it counts them.
func (y *tally) enough() bool {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.scenes++
	return y.failures >= mostFailures
}

// report prints the table of operations and faults, and demands that none is zero where every story was played.
func (y *tally) report(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, "%d stories, %d calls. Not played, since they are the same: %d under the default switches (no call looks at the one that is changed), "+
		"%d with another fault (before a read or after it); not of the sample: %d\n%-45s", y.stories, y.calls, y.usual, y.twins, y.out, "operation")
	all := simulation.AllFaults()
	for _, f := range all {
		fmt.Fprintf(&b, "%14s", f)
	}
	for _, op := range slices.Sorted(maps.Keys(y.cells)) {
		fmt.Fprintf(&b, "\n%-45s", op)
		for _, f := range all {
			if !slices.Contains(simulation.Faults(op), f) {
				fmt.Fprintf(&b, "%14s", "-")
				continue
			}
			fmt.Fprintf(&b, "%14d", y.cells[op][f])
			if sampling() == 1 && !t.Failed() {
				require.NotZero(t, y.cells[op][f], "%s never met %s", op, f)
			}
		}
	}
	t.Log(b.String())
}

// verbless are the writes that no verb makes: they are of functions such as service.Accept.
var verbless = []string{"AcceptVpcEndpointConnections", "RejectVpcEndpointConnections", "StartVpcEndpointServicePrivateDnsVerification"}

// requireAllWrites demands that every operation by which a verb changes anything was met.
func (y *tally) requireAllWrites(t *testing.T) {
	for _, api := range []reflect.Type{reflect.TypeFor[endpoint.API](), reflect.TypeFor[service.API](), reflect.TypeFor[dnszone.API]()} {
		for i := range api.NumMethod() {
			if op := api.Method(i).Name; !simulation.Reads(op) && !slices.Contains(verbless, op) {
				require.Contains(t, y.cells, op, "no story calls it")
			}
		}
	}
}
