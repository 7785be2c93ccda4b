package endpoint_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

var (
	_ endpoint.API = (*fake.Account)(nil)
	_ service.API  = (*fake.Account)(nil)
)

// world is a provider with a service in two zones, and a consumer with a VPC.
type world struct {
	cloud              *fake.Cloud
	provider, consumer *fake.Account
	svc                *service.Service
	nlb                string // the provider's load balancer
	vpc                *fake.VPC
	a, b, c            *fake.Subnet // c is in a's zone
	group, other       *fake.SecurityGroup
}

const (
	providerID = "111111111111"
	consumerID = "222222222222"
)

func newWorld(t *testing.T, cloud *fake.Cloud, acceptance bool) *world {
	t.Helper()
	w := &world{cloud: cloud, provider: cloud.Account(providerID), consumer: cloud.Account(consumerID)}
	home := w.provider.VPC("10.0.0.0/16")
	nlb := w.provider.NLB("orders", home.Subnet("us-east-1a", "10.0.1.0/24"), home.Subnet("us-east-1b", "10.0.2.0/24"))
	w.nlb = nlb.ARN
	var err error
	w.svc, err = service.BehindNLB("orders").LoadBalancers(nlb.ARN).Acceptance(acceptance).
		Allow(privatelink.AccountPrincipal(consumerID)).WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	w.vpc = w.consumer.VPC("10.1.0.0/16")
	w.a, w.b, w.c = w.vpc.Subnet("us-east-1a", "10.1.1.0/24"), w.vpc.Subnet("us-east-1b", "10.1.2.0/24"), w.vpc.Subnet("us-east-1a", "10.1.3.0/24")
	w.group, w.other = w.vpc.SecurityGroup("app"), w.vpc.SecurityGroup("other")
	return w
}

// orders is the declaration that most tests begin with.
func (w *world) orders() *endpoint.InterfaceBuilder {
	return endpoint.Interface("orders").VPC(w.vpc.ID).Service(w.svc.ServiceName).Subnets(w.a.ID, w.b.ID).SecurityGroups(w.group.ID)
}

// ops are the names of the calls that f makes.
func (w *world) ops(f func()) []string {
	before := len(w.cloud.Calls())
	f()
	var out []string
	for _, c := range w.cloud.Calls()[before:] {
		out = append(out, c.Op)
	}
	return out
}

// writes are those of ops that change something.
func writes(ops []string) []string {
	return slices.DeleteFunc(ops, func(op string) bool { return len(op) > 8 && op[:8] == "Describe" })
}

func accept(ctx context.Context, w *world, e *endpoint.Endpoint) error {
	return service.Accept(ctx, w.provider, w.svc.ID, e.ID)
}
