package connect

import (
	"net/http"
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
	api := &http.Server{Handler: http.NotFoundHandler()} // your API
	defer api.Close()
	go api.Serve(nlb.Listen(80))
	orders := service.BehindNLB("orders").LoadBalancers(nlb.ARN).Acceptance(false).Allow(privatelink.AccountPrincipal(consumer.ID))
	svc, err := orders.WaitReady(t.Context(), provider)
	require.NoError(t, err)
	vpc := consumer.VPC("10.2.0.0/16")
	subnet := vpc.Subnet("us-east-1a", "10.2.1.0/24")
	name, err := Connect(t.Context(), consumer, vpc.ID, subnet.ID, svc.ServiceName)
	require.NoError(t, err)
	client := http.Client{Transport: &http.Transport{DialContext: subnet.Host().DialContext}} // on a host in the consumer's VPC
	answer, err := client.Get("http://" + name)
	require.NoError(t, err)
	defer answer.Body.Close()
	require.Equal(t, http.StatusNotFound, answer.StatusCode)
}
