package dnszone_test

import (
	"context"
	"fmt"
	"net/netip"
	"sync"
	"time"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
)

// Two teams put their records into a zone that neither of them owns.
func ExampleRecordsIn() {
	ctx, dns := context.Background(), (&fake.Cloud{}).Account("111122223333")
	zoneID := dns.PublicZone("example.com").ID
	blue := dnszone.RecordsIn(zoneID).Owner("blue").A("blue", time.Minute, netip.MustParseAddr("192.0.2.1"))
	green := dnszone.RecordsIn(zoneID).Owner("green").A("green", time.Minute, netip.MustParseAddr("192.0.2.2"))
	_, _ = blue.WaitReady(ctx, dns)
	_, _ = green.WaitReady(ctx, dns)
	_, err := green.Clone().A("blue", time.Minute, netip.MustParseAddr("192.0.2.2")).Ensure(ctx, dns)
	fmt.Println(err != nil, blue.WaitGone(ctx, dns))
	z, _ := green.Find(ctx, dns)
	for _, r := range z.Records {
		fmt.Println(r.Host, r.Type)
	}
	// Output:
	// true <nil>
	// green.example.com. A
	// _privatelink.green.example.com. TXT
}

// One name with two answers: the endpoint's private address in the VPC, the public one everywhere else.
func ExampleSplitHorizon() {
	ctx, cloud := context.Background(), &fake.Cloud{}
	dns := cloud.Account("111122223333")
	vpc := dns.VPC("10.0.0.0/16")
	host := vpc.Subnet("us-east-1a", "10.0.1.0/24").Host()
	api := dnszone.SplitHorizon("example.com").VPC("us-east-1", vpc.ID).
		Inside(dnszone.A("api", time.Minute, netip.MustParseAddr("10.0.1.4"))).
		Outside(dnszone.A("api", time.Minute, netip.MustParseAddr("192.0.2.4")), dnszone.A("www", time.Minute, netip.MustParseAddr("192.0.2.5")))
	plan, _ := api.Plan(ctx, dns)
	fmt.Println(plan.Warnings[0][:46])
	if _, err := api.WaitReady(ctx, dns); err != nil {
		fmt.Println(err)
	}
	fmt.Println(host.LookupHost(ctx, "api.example.com"))
	fmt.Println(cloud.Internet().LookupHost(ctx, "api.example.com"))
	// Output:
	// www.example.com is in the public zone only: it
	// [10.0.1.4] <nil>
	// [192.0.2.4] <nil>
}

// A hundred goroutines look at one zone: they share the answers of few requests.
func ExampleBatched() {
	ctx, cloud := context.Background(), &fake.Cloud{}
	account := cloud.Account("111122223333")
	zone := dnszone.Private("orders.internal").VPC("us-east-1", account.VPC("10.0.0.0/16").ID)
	_, _ = zone.WaitReady(ctx, account)
	before := len(cloud.Calls())
	dns := dnszone.Batched(account, dnszone.Limit(100, time.Second))
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() { _, _ = zone.Ensure(ctx, dns) })
	}
	all.Wait()
	fmt.Println(len(cloud.Calls())-before < 100) // instead of 300
	// Output: true
}
