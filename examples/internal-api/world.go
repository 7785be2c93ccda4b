package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// world is an AWS in memory with two accounts: a provider whose API runs behind a load balancer, and a consumer with a VPC. Nothing joins
// the two. On AWS all of this would be there already.
type world struct {
	cloud *fake.Cloud
	job   job
	sides sides
	app   *fake.Host // where the consumer's program runs
	stop  func() error
}

func newWorld() *world {
	cloud := &fake.Cloud{}
	provider, consumer := cloud.Account("111111111111"), cloud.Account("222222222222")

	theirs := provider.VPC("10.1.0.0/16")
	nlb := provider.NLB("orders", theirs.Subnet("us-east-1a", "10.1.1.0/24"), theirs.Subnet("us-east-1b", "10.1.2.0/24"))
	listener := nlb.Listen(80)
	api := &http.Server{Handler: http.HandlerFunc(orders)}
	go api.Serve(listener) // until stop

	vpc := consumer.VPC("10.2.0.0/16")
	a, b := vpc.Subnet("us-east-1a", "10.2.1.0/24"), vpc.Subnet("us-east-1b", "10.2.2.0/24")
	group := vpc.SecurityGroup("orders-endpoint")
	group.AllowTCP(80, "10.2.0.0/16")

	return &world{
		cloud: cloud,
		job: job{
			name: "orders", host: "api", domain: "orders.internal", region: "us-east-1",
			loadBalancers: []string{nlb.ARN}, consumer: "222222222222",
			vpc: vpc.ID, subnets: []string{a.ID, b.ID}, groups: []string{group.ID}, accept: true,
		},
		sides: sides{provider: provider, consumer: consumer, dns: consumer},
		app:   a.Host(),
		stop:  api.Close,
	}
}

// orders is the provider's API.
func orders(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "3 orders, from %s", r.Host)
}

// calls counts the AWS calls since the journal was n long, and how many of them write.
func (w *world) calls(n int) (all, writes int) {
	for _, call := range w.cloud.Calls()[n:] {
		all++
		if !reads(call.Op) {
			writes++
		}
	}
	return all, writes
}

func reads(op string) bool {
	return strings.HasPrefix(op, "Describe") || strings.HasPrefix(op, "List") || strings.HasPrefix(op, "Get")
}
