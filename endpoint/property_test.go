package endpoint_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// anyBuilder is a declaration of any kind.
type anyBuilder = privatelink.Resource[endpoint.API, endpoint.Endpoint]

// author writes random declarations, and notes which setters it has called.
type author struct {
	*rand.Rand
	called map[string]bool
}

// set calls a setter by its name.
func (a *author) set(b anyBuilder, setter string, args ...any) {
	a.called[setter] = true
	var in []reflect.Value
	for _, arg := range args {
		in = append(in, reflect.ValueOf(arg))
	}
	reflect.ValueOf(b).MethodByName(setter).Call(in)
}

// spread passes each of a list as an argument of its own.
func spread(list []string) []any {
	var out []any
	for _, s := range list {
		out = append(out, s)
	}
	return out
}

func (a *author) sometimes() bool { return a.IntN(2) == 0 }

func pick[T any](a *author, from ...T) T { return from[a.IntN(len(from))] }

// some is a random part of a list, in random order.
func (a *author) some(least int, from ...string) []string {
	from = slices.Clone(from)
	a.Shuffle(len(from), func(i, j int) { from[i], from[j] = from[j], from[i] })
	return from[:least+a.IntN(len(from)-least+1)]
}

// tags declares some tags, whole or one by one.
func (a *author) tags(b anyBuilder) {
	if a.sometimes() {
		all := privatelink.Tags{}
		for _, key := range a.some(0, "team", "stage", "Name") {
			all[key] = pick(a, "one", "two")
		}
		a.set(b, "Tags", all)
	}
	if a.sometimes() {
		a.set(b, "Tag", pick(a, "team", "owner"), pick(a, "one", "two", ""))
	}
}

// policy declares a policy, the default or none.
func (a *author) policy(b anyBuilder) {
	allow := `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":["s3:Put*","s3:Get*"],"Resource":"*"}}`
	same := `{"Statement":[{"Resource":["*"],"Action":["s3:get*","s3:put*"],"Principal":"*","Effect":"Allow"}],"Version":"2012-10-17"}`
	switch a.IntN(3) {
	case 0:
		a.set(b, "Policy", pick(a, denyAll, allow, same))
	case 1:
		a.set(b, "DefaultPolicy")
	}
}

// pair is two declarations of one endpoint; between may upset the world.
type pair struct {
	first, second anyBuilder
	between       func(*testing.T)
}

// stage is where the declarations of a kind live.
type stage struct {
	*world
	pair func(*author) pair
}

func TestInterfacePropertyWritesAreWhatPlanListed(t *testing.T) {
	propertyHolds(t, &endpoint.InterfaceBuilder{}, interfaceStage)
}

func TestGatewayLoadBalancerPropertyWritesAreWhatPlanListed(t *testing.T) {
	propertyHolds(t, &endpoint.GatewayLoadBalancerBuilder{}, gwlbStage)
}

func TestGatewayPropertyWritesAreWhatPlanListed(t *testing.T) {
	propertyHolds(t, &endpoint.GatewayBuilder{}, gatewayStage)
}

func propertyHolds(t *testing.T, builder anyBuilder, open func(*testing.T, *fake.Cloud) *stage) {
	pairs := 240
	if testing.Short() {
		pairs = 40
	}
	called := map[string]bool{}
	harsh := fake.Harsh()
	harsh.RefuseSubnetSwap = false // where a change is two writes
	clouds := []fake.Cloud{{}, {Delay: 10 * time.Second}, {Delay: 20 * time.Second, Lag: 3 * time.Second, Switches: fake.Switches{StrictDeltas: true, Date: true, RandomLag: true}},
		{Delay: 15 * time.Second, Lag: 2 * time.Second, Switches: harsh}}
	for seed := range pairs {
		c := &clouds[seed%len(clouds)]
		cloud := &fake.Cloud{Delay: c.Delay, Lag: c.Lag, Switches: c.Switches, Seed: uint64(seed)}
		synctest.Test(t, func(t *testing.T) {
			s := open(t, cloud)
			a := &author{rand.New(rand.NewPCG(uint64(seed), 3)), called}
			fromFirstToSecond(t, s, a, fmt.Sprintf("seed %d", seed))
		})
	}
	require.ElementsMatch(t, settersOf(builder), slices.Collect(maps.Keys(called)))
}

// fromFirstToSecond brings a world to the first declaration and then to the second, which may name the endpoint by ID.
func fromFirstToSecond(t *testing.T, s *stage, a *author, seed string) {
	p := s.pair(a)
	settled := func() { time.Sleep(2 * (s.cloud.Delay + s.cloud.Lag)) }
	require.NoError(t, p.first.Validate(), seed)
	require.NoError(t, p.second.Validate(), seed)
	settled()
	e, err := p.first.WaitReady(t.Context(), s.consumer)
	require.NoError(t, err, seed)
	p.between(t)
	if a.IntN(4) == 0 {
		a.set(p.second, "Adopt", e.ID)
	}
	settled()
	plan, err := p.second.Plan(t.Context(), s.consumer)
	require.NoError(t, err, seed)
	done := writes(s.ops(func() {
		e, err = p.second.WaitReady(t.Context(), s.consumer)
	}))
	require.NoError(t, err, "%s: %v", seed, plan)
	require.ElementsMatch(t, operations(plan), done, "%s: %v", seed, plan)
	require.True(t, e.Ready, seed)
	settled()
	after, err := p.second.Plan(t.Context(), s.consumer)
	require.NoError(t, err, seed)
	require.True(t, after.Empty(), "%s: %v", seed, after)
	require.NoError(t, p.second.WaitGone(t.Context(), s.consumer), seed)
}

// fieldsOf are the fields that changes name.
func fieldsOf(changes []privatelink.Change) (fields []string) {
	for _, c := range changes {
		fields = append(fields, c.Field)
	}
	return fields
}

// operations are the writes that a plan of an endpoint announces.
func operations(plan privatelink.Plan) (ops []string) {
	modify := false
	for _, c := range plan.Changes {
		switch route := strings.HasPrefix(c.Field, "route ") && c.Field != "route tables"; {
		case route && c.To == "":
			ops = append(ops, "DeleteRoute")
		case route && c.From == "":
			ops = append(ops, "CreateRoute")
		case route:
			ops = append(ops, "ReplaceRoute")
		case c.Field == "tags":
			ops = append(ops, "CreateTags")
		default:
			modify = true
		}
	}
	if modify {
		ops = append(ops, "ModifyVpcEndpoint")
	}
	return ops
}

// settersOf are the exported methods of a builder that are neither verbs nor copies.
func settersOf(builder anyBuilder) (setters []string) {
	others := map[string]bool{"Clone": true, "CloneAs": true, "On": true}
	verbs := reflect.TypeFor[anyBuilder]()
	for i := range verbs.NumMethod() {
		others[verbs.Method(i).Name] = true
	}
	all := reflect.TypeOf(builder)
	for i := range all.NumMethod() {
		if name := all.Method(i).Name; !others[name] {
			setters = append(setters, name)
		}
	}
	return setters
}

// dualShop is a shop whose VPC has IPv6; the third subnet is in the first one's zone.
func dualShop(cloud *fake.Cloud) (w *world, one, two string) {
	w = &world{cloud: cloud, consumer: cloud.Account(consumerID)}
	w.vpc = w.consumer.VPC("10.1.0.0/16").IPv6("2600:1f18::/56")
	w.a = w.vpc.Subnet("us-east-1a", "10.1.1.0/24").IPv6("2600:1f18:0:1::/64")
	w.b = w.vpc.Subnet("us-east-1b", "10.1.2.0/24").IPv6("2600:1f18:0:2::/64")
	w.c = w.vpc.Subnet("us-east-1a", "10.1.3.0/24").IPv6("2600:1f18:0:3::/64")
	w.group, w.other = w.vpc.SecurityGroup("app"), w.vpc.SecurityGroup("other")
	return w, w.vpc.RouteTable(w.a).ID, w.vpc.RouteTable(w.b).ID
}

// interfaceStage has S3, the service that knows every option, and its gateway endpoint, without which some are refused.
func interfaceStage(t *testing.T, cloud *fake.Cloud) *stage {
	w, one, _ := dualShop(cloud)
	_, err := w.consumer.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcEndpointType: types.VpcEndpointTypeGateway,
		VpcId: aws.String(w.vpc.ID), ServiceName: aws.String(endpoint.AWSService("us-east-1", "s3")), RouteTableIds: []string{one}})
	require.NoError(t, err)
	return &stage{w, func(a *author) pair {
		home, ip, records := a.sometimes(), endpoint.IPv4, endpoint.IPv4
		declare := func() anyBuilder {
			b := endpoint.Interface("files")
			a.set(b, "VPC", w.vpc.ID)
			a.set(b, "Service", endpoint.AWSService("us-east-1", "s3"))
			if home {
				a.set(b, "ServiceRegion", "us-east-1")
			}
			ip, records = a.families(b, endpoint.KindInterface, ip, records)
			a.places(b, w, ip)
			a.names(b)
			a.policy(b)
			a.tags(b)
			return b
		}
		return pair{declare(), declare(), func(*testing.T) {}}
	}}
}

// families declares the address type and a DNS record type that fits the one in force.
func (a *author) families(b anyBuilder, kind endpoint.Kind, ip, records endpoint.IPType) (ipNow, recordsNow endpoint.IPType) {
	all := []endpoint.IPType{endpoint.IPv4, endpoint.DualStack}
	fitting := map[endpoint.IPType][]endpoint.IPType{endpoint.IPv4: {endpoint.IPv4},
		endpoint.DualStack: {endpoint.DualStack, endpoint.IPv4, endpoint.IPv6, endpoint.ServiceDefined}}
	if kind == endpoint.KindGateway {
		all = append(all, endpoint.IPv6)
		fitting[endpoint.IPv4], fitting[endpoint.IPv6] = append(fitting[endpoint.IPv4], endpoint.ServiceDefined), []endpoint.IPType{endpoint.IPv6, endpoint.ServiceDefined}
	}
	if a.sometimes() {
		if now := pick(a, all...); now != ip {
			ip, records = now, fitting[now][0]
		}
		a.set(b, "IPAddressType", ip)
	}
	if a.sometimes() {
		records = pick(a, fitting[ip]...)
		a.set(b, "DNSRecordIPType", records)
	}
	return ip, records
}

// places declares subnets, addresses in them and groups.
func (a *author) places(b anyBuilder, w *world, ip endpoint.IPType) {
	if a.IntN(4) > 0 {
		subnets := pick(a, nil, []string{w.a.ID}, []string{w.b.ID}, []string{w.c.ID}, []string{w.a.ID, w.b.ID}, []string{w.b.ID, w.c.ID})
		a.set(b, "Subnets", spread(subnets)...)
		for _, subnet := range a.some(0, subnets...) {
			net := map[string]byte{w.a.ID: 1, w.b.ID: 2, w.c.ID: 3}[subnet]
			host := byte(40 + a.IntN(3))
			addresses := []any{subnet, netip.AddrFrom4([4]byte{10, 1, net, host})}
			if ip == endpoint.DualStack {
				addresses = append(addresses, netip.AddrFrom16([16]byte{0x26, 0, 0x1f, 0x18, 0, 0, 0, net, 15: host}))
			}
			a.set(b, "Address", addresses...)
		}
	}
	if a.sometimes() {
		a.set(b, "SecurityGroups", spread(a.some(1, w.group.ID, w.other.ID, w.vpc.DefaultSecurityGroup().ID))...)
	}
}

// names declares private DNS, and whether it is for inbound Resolver endpoints only.
func (a *author) names(b anyBuilder) {
	switch a.IntN(4) {
	case 0:
		a.set(b, "PrivateDNS", a.sometimes())
	case 1:
		a.set(b, "PrivateDNS", true)
		a.set(b, "PrivateDNSOnlyForInboundResolver", a.sometimes())
	case 2:
		a.set(b, "PrivateDNSOnlyForInboundResolver", false)
	}
}

func gatewayStage(_ *testing.T, cloud *fake.Cloud) *stage {
	w, _, _ := dualShop(cloud)
	one, two, three := w.vpc.RouteTable().ID, w.vpc.RouteTable().ID, w.vpc.RouteTable().ID // without subnets, as AWS wants those to fit the address type
	return &stage{w, func(a *author) pair {
		service, ip, records := pick(a, "s3", "dynamodb", "s3express"), endpoint.IPv4, endpoint.ServiceDefined
		declare := func() anyBuilder {
			b := endpoint.Gateway("files")
			a.set(b, "VPC", w.vpc.ID)
			a.set(b, "Service", endpoint.AWSService("us-east-1", service))
			switch service {
			case "dynamodb":
				if a.sometimes() {
					a.set(b, "IPAddressType", pick(a, endpoint.IPv4, endpoint.DualStack))
				}
				if a.sometimes() {
					a.set(b, "DNSRecordIPType", endpoint.ServiceDefined)
				}
			default:
				ip, records = a.families(b, endpoint.KindGateway, ip, records)
			}
			if a.IntN(4) > 0 {
				a.set(b, "RouteTables", spread(a.some(0, one, two, three))...)
			}
			a.policy(b)
			a.tags(b)
			return b
		}
		return pair{declare(), declare(), func(*testing.T) {}}
	}}
}

// newDualInspection has a dual-stack service, and a second endpoint of it, for routes that lead elsewhere.
func newDualInspection(t *testing.T, cloud *fake.Cloud) (i *inspection, other string) {
	w, one, two := dualShop(cloud)
	w.provider = cloud.Account(providerID)
	home := w.provider.VPC("10.0.0.0/16").IPv6("2600:1f19::/56")
	gwlb := w.provider.GWLB("inspect", home.Subnet("us-east-1a", "10.0.1.0/24").IPv6("2600:1f19:0:1::/64")).DualStack()
	out, err := w.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		GatewayLoadBalancerArns: []string{gwlb.ARN}, AcceptanceRequired: aws.Bool(false), SupportedIpAddressTypes: []string{"ipv4", "ipv6"}})
	require.NoError(t, err)
	name := aws.ToString(out.ServiceConfiguration.ServiceName)
	_, err = w.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{
		ServiceId: out.ServiceConfiguration.ServiceId, AddAllowedPrincipals: []string{"*"}})
	require.NoError(t, err)
	time.Sleep(cloud.Delay + cloud.Lag)
	e, err := endpoint.GatewayLoadBalancer("other").VPC(w.vpc.ID).Service(name).Subnet(w.c.ID).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	return &inspection{world: w, name: name, svc: aws.ToString(out.ServiceConfiguration.ServiceId), table: one, two: two}, e.ID
}

// gwlbStage lets the second endpoint take some routes between the two declarations.
func gwlbStage(t *testing.T, cloud *fake.Cloud) *stage {
	i, other := newDualInspection(t, cloud)
	w, one, two := i.world, i.table, i.two
	return &stage{w, func(a *author) pair {
		subnet := pick(a, w.a.ID, w.c.ID)
		declare := func(destinations ...string) anyBuilder {
			b := endpoint.GatewayLoadBalancer("inspect")
			a.set(b, "VPC", w.vpc.ID)
			a.set(b, "Service", i.name)
			a.set(b, "Subnet", subnet)
			a.set(b, "ReplaceRoutes", true)
			if a.sometimes() {
				a.set(b, "IPAddressType", pick(a, endpoint.IPv4, endpoint.DualStack))
			}
			for _, destination := range a.some(0, destinations...) {
				a.set(b, "Route", pick(a, one, two), destination)
			}
			a.tags(b)
			return b
		}
		first := declare("0.0.0.0/0", "10.7.0.0/16", "::/0", "10.1.0.0/16", "2600:1f18::/56")
		return pair{first, declare("0.0.0.0/0", "10.7.1.9/16", "::/0", "10.8.0.0/16", "10.9.0.0/16", "10.1.0.0/16"), func(t *testing.T) {
			for _, table := range a.some(0, one, two) {
				leadByHand(t.Context(), t, w, table, "10.8.0.0/16", other)
			}
		}}
	}}
}

// leadByHand makes a route as a person would.
func leadByHand(ctx context.Context, t *testing.T, w *world, table, destination, to string) {
	t.Helper()
	_, err := w.consumer.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: &table, DestinationCidrBlock: &destination, VpcEndpointId: &to})
	require.NoError(t, err)
}
