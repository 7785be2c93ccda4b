package simulation_test

import (
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// aRefusal stands for every operation that EC2 refuses, or does for some of its items only.
const aRefusal = "a refusal"

// creates are the operations that a ClientToken makes idempotent.
var creates = []string{"CreateVpcEndpoint", "CreateVpcEndpointServiceConfiguration", "CreateVpcEndpointConnectionNotification"}

// touchedBy names the operations that look at a switch, or at what another of them has left on its account. A story that calls none of them is
// the same whatever the switch says. Switches that are not here matter to every story; those of traffic, which no story sends, to none.
var touchedBy = map[string][]string{
	"TokenMemory": creates, "TokenLife": creates, "SpentToken": creates, "RefusedCreate": creates, "OrderedParameters": creates,
	"RulesFirst":     append(slices.Clone(creates), "CreateHostedZone"),
	"ReferenceKept":  {"CreateHostedZone"},
	"OtherSpellings": {aRefusal}, "OtherCodes": {aRefusal}, "PlainStatus": {aRefusal},
	"HideDyingTags":    {"DeleteVpcEndpoints", "DeleteVpcEndpointServiceConfigurations"},
	"rows-linger":      {"DeleteVpcEndpoints"},
	"StrictAccept":     {"AcceptVpcEndpointConnections", "RejectVpcEndpointConnections"},
	"StrictDeltas":     {"ModifyVpcEndpoint", "ModifyVpcEndpointServiceConfiguration", "ModifyVpcEndpointServicePermissions"},
	"RefuseSubnetSwap": {"ModifyVpcEndpoint"}, "RoutedDeleteFails": {"DeleteVpcEndpoints"},
	"IgnorePolicies":       {"CreateVpcEndpoint", "ModifyVpcEndpoint"},
	"PlainPrincipalFilter": {"DescribeVpcEndpointServicePermissions"},
	"ActiveBalancers":      {"CreateVpcEndpointServiceConfiguration", "ModifyVpcEndpointServiceConfiguration"},
	"ClosedRegions":        {"ModifyVpcEndpointServiceConfiguration"},
	"OtherPrefixes": {"ModifyVpcEndpointServicePermissions", "DescribeVpcEndpointServicePermissions", "DescribeVpcEndpointConnections",
		"AcceptVpcEndpointConnections", "RejectVpcEndpointConnections"},
	"UsedTablesStay":       {"DeleteRouteTable"},
	"Skew":                 {"CreateVpcEndpoint", "DescribeVpcEndpoints", "DescribeVpcEndpointConnections"}, // where creation times are told; Date is off
	"MissingTypeHidesName": nil, "UnhealthyZonesStay": nil,
}

// touches tells whether a story that was told under the default switches may be another one under this setting.
func (s setting) touches(told *story) bool {
	by, known := touchedBy[s.of]
	return !known || slices.ContainsFunc(by, func(op string) bool { return op == aRefusal && told.refused || slices.Contains(told.ops, op) })
}

// friendly is the default of all switches, and harsh the worst of each.
var (
	friendly = setting{name: "friendly"}
	harsh    = setting{name: "harsh", switches: fake.Harsh(), row: 30 * time.Second}
)

// oneAtATime is each switch in each setting with all others at their default, and the worst of all.
func oneAtATime() []setting {
	all := []setting{friendly, harsh, {name: "rows-linger", of: "rows-linger", row: time.Minute}, {name: "short-pages", pages: true}}
	for i := range reflect.TypeFor[fake.Switches]().NumField() {
		field := reflect.TypeFor[fake.Switches]().Field(i)
		for _, value := range settingsOf(field) {
			s := setting{name: fmt.Sprintf("%s=%v", field.Name, value), of: field.Name}
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
	of       string // the switch that alone is not at its default
	switches fake.Switches
	row      time.Duration // how long a deleted row is listed
	pages    bool          // lists come in the shortest pages
}

// cloud is one in which everything takes its time, and reads lag.
func (s setting) cloud() *fake.Cloud {
	return &fake.Cloud{Delay: 12 * time.Second, Lag: 4 * time.Second, Switches: s.switches,
		Timing: fake.Timing{DeletedRow: s.row, ZoneChange: 5 * time.Second, ServiceProvision: time.Second}}
}
