package fake_test

import (
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// row is one behaviour of AWS that the fake must have: a row of fidelity.md, or a further fact. The table of rows is what FIDELITY.md is
// made of; test is what proves the row, through the SDK's client methods alone.
type row struct {
	num       int    // in fidelity.md, where one may take several rows to show; 0 for a fact beyond it
	section   string // of aws-facts.md
	op        string // the AWS operation
	behaviour string
	evidence  string
	how       string // "sure", or the switch that settles it
	cloud     func(*fake.Cloud)
	test      func(testing.TB, *harness)
}

// name is the sub-test's: number and section first.
func (r row) name() string {
	return fmt.Sprintf("%d %s (aws-facts %s)", r.num, r.behaviour, r.section)
}

// allRows is the table: the slices of all files.
func allRows() []row {
	return slices.Concat(
		ec2Rows,
		kindRows,
		serviceRows,
		notificationRows,
		verificationRows,
		balancerRows,
		providerRows,
		consumerRows,
		networkRows,
		interfaceRows,
		limitRows,
		filterRows,
		tagRows,
		factRows,
		endRows,
		route53Rows,
	)
}

// TestFidelity holds the fake to AWS, row by row. Time is virtual.
func TestFidelity(t *testing.T) {
	t.Parallel()
	for _, r := range allRows() {
		t.Run(r.name(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { r.test(t, newHarness(r.cloud)) })
		})
	}
}

// TestFidelityTable holds the table itself to its form, since FIDELITY.md is made of it.
func TestFidelityTable(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, r := range allRows() {
		if names[r.name()] {
			t.Errorf("row %q is there twice", r.name())
		}
		names[r.name()] = true
		if r.section == "" || r.op == "" || r.behaviour == "" || r.evidence == "" || r.how == "" || r.test == nil {
			t.Errorf("row %q is not complete", r.name())
		}
	}
	for n := 1; n <= numbered; n++ {
		if !slices.ContainsFunc(allRows(), func(r row) bool { return r.num == n }) {
			t.Errorf("behaviour %d has no row", n)
		}
	}
	further := slices.DeleteFunc(allRows(), func(r row) bool { return r.num > 0 })
	if len(further) < 120 {
		t.Errorf("%d further facts have rows, want 120", len(further))
	}
}

// TestFidelityTableRepeatsNothing holds the table to what shows of a fact that stands there twice: one test for two rows, one behaviour of one
// operation, or two further facts of one operation that are the two sides of one switch.
func TestFidelityTableRepeatsNothing(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, r := range allRows() {
		marks := []string{r.op + ": " + r.behaviour}
		if name := r.testName(); !strings.Contains(name, "withZone") { // those are literals, one each
			marks = append(marks, name)
		}
		if r.num == 0 && !strings.HasPrefix(r.how, "sure") {
			marks = append(marks, r.op+" under "+r.switches()[0])
		}
		for _, mark := range marks {
			if other := seen[mark]; other != "" {
				t.Errorf("rows %q and %q have the same %s", other, r.name(), mark)
			}
			seen[mark] = r.name()
		}
	}
}

// testName is the name of the row's test function.
func (r row) testName() string { return runtime.FuncForPC(reflect.ValueOf(r.test).Pointer()).Name() }
