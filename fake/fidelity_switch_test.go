package fake_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// switchTest is one switch: the settings that differ from the default, and the tests that show what each does. The rows of TestFidelity that
// touch it name it; they, and all others, run under each setting.
type switchTest struct {
	name     string
	settings []any
	tests    []func(*testing.T)
}

var switchTests = []switchTest{
	{"TokenMemory", []any{fake.ForgetWhenGone, fake.ForgetWithRow, fake.ForgetAfterCreate, fake.ForgetAfterDelete, fake.NeverForget},
		[]func(*testing.T){TestTokenMemory, TestSpentTokenIsItsLastObjects}},
	{"TokenLife", []any{time.Hour}, []func(*testing.T){TestTokenMemory, TestRefusedCreate}},
	{"SpentToken", []any{fake.AnswerFirst, fake.MismatchWhenDead, fake.AlwaysIdempotentError}, []func(*testing.T){TestSpentToken}},
	{"RefusedCreate", []any{fake.Replays, fake.Mismatch}, []func(*testing.T){TestRefusedCreate, TestRefusedRepeatLeavesTheToken}},
	{"RulesFirst", []any{true}, []func(*testing.T){TestRulesFirst, TestRefusedRepeatLeavesTheToken}},
	{"OrderedParameters", []any{true}, []func(*testing.T){TestOrderedParameters}},
	{"HideDyingTags", []any{true}, []func(*testing.T){TestHideDyingTags}},
	{"ReferenceKept", []any{true}, []func(*testing.T){}},
	{"MissingTypeHidesName", []any{true}, []func(*testing.T){TestANameOfAnotherType}},
	{"RandomLag", []any{true}, []func(*testing.T){TestRandomLagDiffersByRowAndRead}},
	{"OtherSpellings", []any{true}, []func(*testing.T){TestOtherSpellings}},
	{"OtherCodes", []any{true}, []func(*testing.T){TestOtherCodes}},
	{"OtherPrefixes", []any{true}, []func(*testing.T){TestOtherPrefixes}},
	{"UsedTablesStay", []any{true}, []func(*testing.T){TestUsedTablesStay}},
	{"StrictAccept", []any{true}, []func(*testing.T){TestStrictAccept}},
	{"StrictDeltas", []any{true}, []func(*testing.T){TestStrictDeltas}},
	{"IgnorePolicies", []any{true}, []func(*testing.T){}},
	{"RefuseSubnetSwap", []any{true}, []func(*testing.T){TestSubnetSwapInOneZone}},
	{"RoutedDeleteFails", []any{true}, []func(*testing.T){TestRoutedDeleteFails}},
	{"PlainPrincipalFilter", []any{true}, []func(*testing.T){}},
	{"ActiveBalancers", []any{true}, []func(*testing.T){}},
	{"PlainStatus", []any{true}, []func(*testing.T){TestPlainStatusOfInjectedRefusals}},
	{"UnhealthyZonesStay", []any{true}, []func(*testing.T){TestUnhealthyZonesStay}},
	{"ClosedRegions", []any{true}, []func(*testing.T){}},
	{"Date", []any{true}, []func(*testing.T){TestDateAndSkew}},
	{"Skew", []any{10 * time.Minute, -10 * time.Minute}, []func(*testing.T){TestDateAndSkew}},
}

// touches says whether a row names a switch as what settles it.
func (r row) touches(name string) bool { return slices.Contains(r.switches(), name) }

// switches are the names in how besides "sure".
func (r row) switches() []string {
	return slices.DeleteFunc(strings.Split(r.how, ", "), func(word string) bool { return word == "sure" })
}

// TestSwitchesOneAtATime runs every row under every setting of every switch. What is sure holds under all of them; a row that names a
// switch differs under one at least of its settings.
func TestSwitchesOneAtATime(t *testing.T) {
	t.Parallel()
	for _, s := range switchTests {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			differs := map[string]bool{}
			for _, setting := range s.settings {
				for i, r := range allRows() {
					if testing.Short() && i%7 != 0 && !r.touches(s.name) {
						continue
					}
					got := r.under(t, s.name, setting)
					if got.verdict() != "FAIL" {
						continue
					}
					differs[r.name()] = true
					if !r.touches(s.name) {
						t.Errorf("%q does not name %s, and differs with %v: %s", r.name(), s.name, setting, got.difference())
					}
				}
			}
			for _, r := range allRows() {
				if r.touches(s.name) && !differs[r.name()] {
					t.Errorf("%q names %s, and holds under all its settings", r.name(), s.name)
				}
			}
		})
	}
}

// under runs a row with one switch set, or back at its default where the row itself sets it.
func (r row) under(t *testing.T, name string, setting any) (got *recorder) {
	synctest.Test(t, func(t *testing.T) {
		h := newHarness(func(c *fake.Cloud) {
			if r.cloud != nil {
				r.cloud(c)
			}
			if f := reflect.ValueOf(&c.Switches).Elem().FieldByName(name); f.IsZero() {
				f.Set(reflect.ValueOf(setting))
			} else {
				f.SetZero()
			}
		})
		got = record(t, func(t testing.TB) { r.test(t, h) })
	})
	return got
}

// TestEverySwitchIsListed holds the list to the struct, and the rows to the list.
func TestEverySwitchIsListed(t *testing.T) {
	t.Parallel()
	var names, listed []string
	all := reflect.TypeFor[fake.Switches]()
	for i := range all.NumField() {
		names = append(names, all.Field(i).Name)
	}
	rows := map[string]int{}
	for _, s := range switchTests {
		listed = append(listed, s.name)
	}
	require.ElementsMatch(t, names, listed)
	for _, r := range allRows() {
		for _, name := range r.switches() {
			require.Contains(t, names, name, "row %q", r.name())
			rows[name]++
		}
	}
	for _, s := range switchTests {
		require.Positive(t, len(s.tests)+rows[s.name], fmt.Sprintf("nothing tests %s", s.name))
	}
}
