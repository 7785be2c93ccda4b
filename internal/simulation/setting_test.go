package simulation_test

import (
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// The services of AWS.
const (
	ec2AWS   = "EC2"
	zonesAWS = "Route 53"
)

// switchesOf are the switches that only one service of AWS knows; both know the others.
var switchesOf = map[string][]string{
	ec2AWS: {"TokenMemory", "TokenLife", "SpentToken", "RefusedCreate", "RulesFirst", "OrderedParameters", "HideDyingTags", "OtherSpellings", "OtherCodes", "OtherPrefixes", "UsedTablesStay", "StrictAccept",
		"StrictDeltas", "IgnorePolicies", "RefuseSubnetSwap", "RoutedDeleteFails", "PlainPrincipalFilter", "ActiveBalancers", "ClosedRegions"},
	zonesAWS: {"ReferenceKept", "MissingTypeHidesName"},
}

// knows tells whether a switch concerns a service.
func knows(aws, name string) bool {
	for other, names := range switchesOf {
		if other != aws && slices.Contains(names, name) {
			return false
		}
	}
	return true
}

// oneAtATime is each switch that a service of AWS knows, in each setting with all others at their default, and the worst of all.
func oneAtATime(aws string) []setting {
	all := []setting{{name: "friendly"}, {name: "harsh", switches: fake.Harsh(), row: 30 * time.Second}, {name: "rows-linger", row: time.Minute},
		{name: "short-pages", pages: true}}
	for i := range reflect.TypeFor[fake.Switches]().NumField() {
		field := reflect.TypeFor[fake.Switches]().Field(i)
		if !knows(aws, field.Name) {
			continue
		}
		for _, value := range settingsOf(field) {
			s := setting{name: fmt.Sprintf("%s=%v", field.Name, value)}
			reflect.ValueOf(&s.switches).Elem().Field(i).Set(value)
			all = append(all, s)
		}
	}
	return all
}

// settingsOf are the values of a switch but its default.
func settingsOf(field reflect.StructField) (out []reflect.Value) {
	switch field.Type {
	case reflect.TypeFor[bool]():
		return []reflect.Value{reflect.ValueOf(true)}
	case reflect.TypeFor[time.Duration]():
		return []reflect.Value{reflect.ValueOf(10 * time.Minute), reflect.ValueOf(-10 * time.Minute)}
	}
	for v := 1; v <= lastOf[field.Type]; v++ {
		out = append(out, reflect.ValueOf(v).Convert(field.Type))
	}
	return out
}

var lastOf = map[reflect.Type]int{
	reflect.TypeFor[fake.TokenMemory]():   int(fake.NeverForget),
	reflect.TypeFor[fake.SpentToken]():    int(fake.AlwaysIdempotentError),
	reflect.TypeFor[fake.RefusedCreate](): int(fake.Mismatch),
}

// setting is one reading of what AWS does not document.
type setting struct {
	name     string
	switches fake.Switches
	row      time.Duration // how long a deleted row is listed
	pages    bool          // lists come in the shortest pages
}

func settings() []setting {
	all := []setting{
		{name: "friendly"},
		{name: "harsh", switches: fake.Harsh(), row: 30 * time.Second},
		{name: "rows linger", row: time.Minute},
		{name: "rules first", switches: fake.Switches{RulesFirst: true}},
		{name: "tags vanish", switches: fake.Switches{HideDyingTags: true}},
		{name: "references are kept", switches: fake.Switches{ReferenceKept: true}},
		{name: "lag is random", switches: fake.Switches{RandomLag: true}},
		{name: "AWS's clock is ahead", switches: fake.Switches{Date: true, Skew: 10 * time.Minute}},
		{name: "AWS's clock is behind", switches: fake.Switches{Date: true, Skew: -10 * time.Minute}},
		{name: "refused creates replay", switches: fake.Switches{RefusedCreate: fake.Replays}},
		{name: "refused creates mismatch", switches: fake.Switches{RefusedCreate: fake.Mismatch}},
	}
	for _, memory := range []setting{
		{"forgotten at delete", fake.Switches{TokenMemory: fake.ForgetAtDelete}, 0, false},
		{"forgotten when gone", fake.Switches{TokenMemory: fake.ForgetWhenGone}, 0, false},
		{"forgotten with the row", fake.Switches{TokenMemory: fake.ForgetWithRow}, 10 * time.Second, false},
		{"forgotten after the create", fake.Switches{TokenMemory: fake.ForgetAfterCreate, TokenLife: 2 * time.Hour}, 0, false},
		{"forgotten after the delete", fake.Switches{TokenMemory: fake.ForgetAfterDelete, TokenLife: time.Minute}, 0, false},
		{"never forgotten", fake.Switches{TokenMemory: fake.NeverForget}, 10 * time.Second, false},
	} {
		for _, answer := range []setting{
			{name: "answers as it is now", switches: fake.Switches{SpentToken: fake.AnswerCurrent}},
			{name: "answers as at first", switches: fake.Switches{SpentToken: fake.AnswerFirst}},
			{name: "mismatch when dead", switches: fake.Switches{SpentToken: fake.MismatchWhenDead}},
			{name: "always an error", switches: fake.Switches{SpentToken: fake.AlwaysIdempotentError}},
		} {
			both := memory
			both.name += ", " + answer.name
			both.switches.SpentToken = answer.switches.SpentToken
			all = append(all, both)
		}
	}
	return all
}

// few are the friendliest and the worst reading: single faults meet the others in TestSingleFaults.
func few() []setting { return settings()[:2] }

// cloud is one in which everything takes its time, and reads lag.
func (s setting) cloud() *fake.Cloud {
	return &fake.Cloud{Delay: 12 * time.Second, Lag: 4 * time.Second, Switches: s.switches,
		Timing: fake.Timing{DeletedRow: s.row, ZoneChange: 5 * time.Second, ServiceProvision: time.Second}}
}
