package service_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

var _ service.API = (*fake.Account)(nil)

const (
	providerID = "111111111111"
	consumerID = "222222222222"
)

// world is a provider with two load balancers, and a consumer with a VPC.
type world struct {
	cloud              *fake.Cloud
	provider, consumer *fake.Account
	nlb, second        string
	gwlb, gwlb2        string
	nlbHandle          *fake.LoadBalancer
	others             []*fake.LoadBalancer
	home               *fake.VPC
	vpc, subnet        string
}

func newWorld(cloud *fake.Cloud) *world {
	w := &world{cloud: cloud, provider: cloud.Account(providerID), consumer: cloud.Account(consumerID)}
	home := w.provider.VPC("10.0.0.0/16").IPv6("2600:1f19::/56")
	a := home.Subnet("us-east-1a", "10.0.1.0/24").IPv6("2600:1f19:0:1::/64")
	w.home, w.nlbHandle = home, w.provider.NLB("orders", a)
	w.others = []*fake.LoadBalancer{w.provider.NLB("orders-2", a), w.provider.GWLB("inspect", a), w.provider.GWLB("inspect-2", a)}
	w.nlb, w.second, w.gwlb, w.gwlb2 = w.nlbHandle.ARN, w.others[0].ARN, w.others[1].ARN, w.others[2].ARN
	vpc := w.consumer.VPC("10.1.0.0/16")
	w.vpc, w.subnet = vpc.ID, vpc.Subnet("us-east-1a", "10.1.1.0/24").ID
	return w
}

// dual gives every load balancer IPv6 as well.
func (w *world) dual() {
	w.nlbHandle.DualStack()
	for _, lb := range w.others {
		lb.DualStack()
	}
}

func (w *world) orders() *service.NLBBuilder {
	return service.BehindNLB("orders").LoadBalancers(w.nlb).Acceptance(true).Allow(privatelink.AccountPrincipal(consumerID))
}

// connect asks for a connection.
func (w *world) connect(t *testing.T, name string, svc *service.Service) *endpoint.Endpoint {
	t.Helper()
	e, err := endpoint.Interface(name).VPC(w.vpc).Service(svc.ServiceName).Subnets(w.subnet).Ensure(t.Context(), w.consumer)
	require.NoError(t, err)
	return e
}

func (w *world) ops(f func()) []string {
	before := len(w.cloud.Calls())
	f()
	var out []string
	for _, c := range w.cloud.Calls()[before:] {
		out = append(out, c.Op)
	}
	return out
}

func writes(ops []string) []string {
	return slices.DeleteFunc(ops, func(op string) bool { return strings.HasPrefix(op, "Describe") })
}
