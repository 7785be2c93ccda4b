package fake_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// maze is an inspection VPC with two zones, an internet gateway, a gateway endpoint to S3, and hosts with public addresses, whose routes and
// all else change at random.
type maze struct {
	*inspection
	far       string // the Gateway Load Balancer endpoint in the other zone
	gateway   *fake.InternetGateway
	s3        string
	drop      bool
	froms     []dialler
	addresses []string
}

func newMaze(t testing.TB) *maze {
	m := &maze{}
	m.inspection = newInspection(t, func(*fake.Packet) bool { return !m.drop })
	m.far = m.connect(t, m.vpc.Subnet("b", "10.1.8.0/24"))
	m.gateway = m.vpc.InternetGateway()
	ep, err := m.consumer.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &m.vpc.ID, RouteTableIds: []string{m.tableA.ID},
		ServiceName: aws.String("com.amazonaws.us-east-1.s3"), PolicyDocument: aws.String(onlyOrders)})
	require.NoError(t, err)
	m.s3 = *ep.VpcEndpoint.VpcEndpointId
	put := fake.Request{Principal: roleARN, Action: "s3:PutObject", Resource: readObject.Resource}
	m.froms = []dialler{m.hostA, m.hostB, m.vpc, m.cloud.Internet(), asking{m.hostA, readObject}, asking{m.hostB, put}, asking{m.hostA, put}}
	m.cloud.S3("us-east-1").Listen(443)
	m.cloud.Internet().Listen(publicAddress)
	m.addresses = []string{m.address, hostAddr(t, m.consumer, m.hostA.ID) + ":80", m.hostB.Public().String() + ":80", publicAddress, s3Address, "10.1.9.4:80", "10.1.7.7:80"}
	m.vpc.DefaultSecurityGroup().AllowTCP(80, "0.0.0.0/0")
	return m
}

// disturb changes one thing; a refusal does not matter.
func (m *maze) disturb(t testing.TB, rng *rand.Rand) {
	ctx, pick := t.Context(), func(from ...string) *string { return &from[rng.IntN(len(from))] }
	table := pick(m.tableA.ID, m.tableB.ID, m.tableI.ID)
	to := pick("10.1.1.0/24", "10.1.2.0/24", "0.0.0.0/0", "203.0.113.0/24", "10.1.2.4/32", "198.51.100.0/24")
	switch rng.IntN(12) {
	case 0, 1:
		_, _ = m.consumer.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: table, DestinationCidrBlock: to, VpcEndpointId: pick(m.endpoint, m.far)})
	case 2, 3:
		_, _ = m.consumer.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: table, DestinationCidrBlock: to, GatewayId: &m.gateway.ID})
	case 4, 5:
		_, _ = m.consumer.DeleteRoute(ctx, &ec2.DeleteRouteInput{RouteTableId: table, DestinationCidrBlock: to})
	case 6:
		m.drop = rng.IntN(3) == 0
	case 7:
		m.gwlb.CrossZone(rng.IntN(2) == 0)
	case 8:
		in := &ec2.ModifyVpcEndpointInput{VpcEndpointId: &m.s3, AddRouteTableIds: []string{*table}}
		if rng.IntN(2) == 0 {
			in.AddRouteTableIds, in.RemoveRouteTableIds = nil, in.AddRouteTableIds
		}
		_, _ = m.consumer.ModifyVpcEndpoint(ctx, in)
	case 9:
		ids := []string{*pick(m.endpoint, m.far)}
		if rng.IntN(3) == 0 {
			_, _ = m.provider.RejectVpcEndpointConnections(ctx, &ec2.RejectVpcEndpointConnectionsInput{ServiceId: &m.service, VpcEndpointIds: ids})
		}
		_, _ = m.provider.AcceptVpcEndpointConnections(ctx, &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: &m.service, VpcEndpointIds: ids})
	case 10:
		m.appliance.Close()
		if rng.IntN(3) > 0 {
			m.appliance = m.gwlb.Appliance(*pick("a", "b"), func(*fake.Packet) bool { return !m.drop })
		}
	case 11:
		if m.hostA.Public(); rng.IntN(8) == 0 {
			m.gateway.Detach()
			m.gateway = m.vpc.InternetGateway()
		}
	}
}

// TestADialSucceedsExactlyWhenTraceHasNoStopInAMaze is the property over route tables, gateways, appliances and policies. A path that arrives
// ends at its target, one that does not says why; and twice in a row it is the same.
func TestADialSucceedsExactlyWhenTraceHasNoStopInAMaze(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	ends := map[fake.HopKind]int{}
	for range 8 {
		m := newMaze(t)
		for range 150 {
			m.disturb(t, rng)
			from, address := m.froms[rng.IntN(len(m.froms))], m.addresses[rng.IntN(len(m.addresses))]
			path := requireAgreement(t, from, address)
			last := path.Hops[len(path.Hops)-1].Kind
			ends[last]++
			require.Equal(t, path.Blocked != "", strings.Contains(path.String(), "blocked: "), path)
			if path.Blocked == "" {
				require.Equal(t, fake.HopTarget, last, path)
			}
		}
	}
	t.Log(ends)
	require.Positive(t, ends[fake.HopTarget])
	require.Greater(t, len(ends), 4, "stops of many kinds")
}
