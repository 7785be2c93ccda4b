package connect

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func TestConnect(t *testing.T) {
	cloud := &fake.Cloud{}
	provider, consumer := cloud.Account("111111111111"), cloud.Account("222222222222")
	nlb := provider.NLB("orders", provider.VPC("10.1.0.0/16").Subnet("us-east-1a", "10.1.1.0/24"))
	orders := service.BehindNLB("orders").LoadBalancers(nlb.ARN).Acceptance(false).Allow(privatelink.AccountPrincipal(consumer.ID))
	svc, err := orders.WaitReady(t.Context(), provider)
	require.NoError(t, err)

	vpc := consumer.VPC("10.2.0.0/16")
	name, err := Connect(t.Context(), consumer, vpc.ID, vpc.Subnet("us-east-1a", "10.2.1.0/24").ID, svc.ServiceName)
	require.NoError(t, err)
	addrs, err := vpc.LookupHost(t.Context(), name) // as a host in the consumer's VPC sees it
	require.NoError(t, err)
	require.Len(t, addrs, 1)
}
