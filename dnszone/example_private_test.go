package dnszone_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// must stands for the error handling that the examples leave out.
func must[T any](v T, err error) T {
	check(err)
	return v
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// An endpoint gets a name of one's own, inside its VPC and nowhere else.
func Example() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	account := cloud.Account("111122223333") // in production: an *ec2.Client and a *route53.Client
	vpc := account.VPC("10.0.0.0/16")
	e := must(endpoint.Interface("sts").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts")).
		Subnets(vpc.Subnet("us-east-1a", "10.0.1.0/24").ID).WaitReady(ctx, account))

	zone := dnszone.Private("corp.internal").VPC("us-east-1", vpc.ID).Alias("sts", e.DNS.Regional)
	if _, err := zone.WaitReady(ctx, account); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(vpc.LookupHost(ctx, "sts.corp.internal"))
	_, err := cloud.Internet().LookupHost(ctx, "sts.corp.internal")
	fmt.Println(err)
	// Output:
	// [10.0.1.4] <nil>
	// lookup sts.corp.internal: no such host sts.corp.internal: no public zone has it
}

// Everything that can be declared. What no setter names is left alone.
func ExamplePrivateBuilder() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	zone := dnszone.Private("orders.internal").VPC("us-east-1", dns.VPC("10.0.0.0/16").ID).
		A("api", time.Minute, netip.MustParseAddr("10.0.0.4")).AAAA("api", time.Minute, netip.MustParseAddr("fd00::4")).
		CNAME("www", time.Hour, "api.orders.internal").TXT("", time.Hour, "owner=orders").
		Record(dnszone.Record{Host: "_ldap._tcp", Type: dnszone.TypeSRV, TTL: time.Hour, Values: []string{"1 10 389 api.orders.internal."}}).
		Exclusive(true).Tags(privatelink.Tags{"team": "orders"}).Tag("stage", "live")
	z := must(zone.WaitReady(ctx, dns))
	z = must(zone.Alias("old", privatelink.DNSName{Name: "api.orders.internal", ZoneID: z.ID}).WaitReady(ctx, dns)) // or an endpoint's e.DNS.Regional
	for _, r := range z.Records {
		fmt.Println(r.Host, r.Type)
	}
	// Output:
	// orders.internal. TXT
	// _ldap._tcp.orders.internal. SRV
	// api.orders.internal. A
	// api.orders.internal. AAAA
	// old.orders.internal. A
	// www.orders.internal. CNAME
}

// Find needs the domain and one of the VPCs.
func ExamplePrivateBuilder_Find() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	zone := dnszone.Private("orders.internal").VPC("us-east-1", dns.VPC("10.0.0.0/16").ID)
	_, err := zone.Find(ctx, dns)
	fmt.Println(errors.Is(err, privatelink.ErrNotFound))
	must(zone.WaitReady(ctx, dns))
	fmt.Println(must(zone.Find(ctx, dns)).Domain)
	// Output:
	// true
	// orders.internal
}

// A change of records is one batch.
func ExamplePrivateBuilder_Plan() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	zone := dnszone.Private("orders.internal").VPC("us-east-1", dns.VPC("10.0.0.0/16").ID).A("api", time.Minute, netip.MustParseAddr("10.0.0.4"))
	must(zone.WaitReady(ctx, dns))

	plan := must(zone.A("api", time.Minute, netip.MustParseAddr("10.0.0.5")).Plan(ctx, dns))
	fmt.Println(plan.Action, plan.Changes[0])
	// Output: update record api.orders.internal A: 10.0.0.4 for 1m0s → 10.0.0.5 for 1m0s
}

// Ensure does not wait until Route 53 has published what changed.
func ExamplePrivateBuilder_Ensure() {
	ctx, dns := context.Background(), (&fake.Cloud{Delay: time.Hour}).Account("111122223333")
	zone := dnszone.Private("orders.internal").VPC("us-east-1", dns.VPC("10.0.0.0/16").ID)
	z := must(zone.Ensure(ctx, dns))
	fmt.Println(z.Outcome, z.Ready)
	fmt.Println("waiting for", z.Waiting)
	// Output:
	// created false
	// waiting for Route 53 to publish the change
}

// Published, and so known to every host in the VPC.
func ExamplePrivateBuilder_WaitReady() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	vpc := dns.VPC("10.0.0.0/16")
	host := vpc.Subnet("us-east-1a", "10.0.1.0/24").Host()
	zone := dnszone.Private("orders.internal").VPC("us-east-1", vpc.ID).A("api", time.Minute, netip.MustParseAddr("10.0.1.4"))
	must(zone.WaitReady(ctx, dns, privatelink.Timeout(2*time.Minute)))
	fmt.Println(host.LookupHost(ctx, "api.orders.internal"))
	// Output: [10.0.1.4] <nil>
}

// Records that others put into the zone keep it.
func ExamplePrivateBuilder_Delete() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	zone := dnszone.Private("orders.internal").VPC("us-east-1", dns.VPC("10.0.0.0/16").ID)
	z := must(zone.WaitReady(ctx, dns))
	theirs := dnszone.RecordsIn(z.ID).Owner("somebody-else").TXT("note", time.Hour, "keep me")
	must(theirs.WaitReady(ctx, dns))

	fmt.Println(errors.Is(zone.Delete(ctx, dns), privatelink.ErrInUse))
	check(theirs.WaitGone(ctx, dns))
	fmt.Println(zone.Delete(ctx, dns))
	// Output:
	// true
	// <nil>
}

// What goes first is given first.
func ExamplePrivateBuilder_WaitGone() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	dns := cloud.Account("111122223333")
	zone := dnszone.Private("orders.internal").VPC("us-east-1", dns.VPC("10.0.0.0/16").ID).A("api", time.Minute, netip.MustParseAddr("10.0.0.4"))
	before := cloud.Dump()
	must(zone.WaitReady(ctx, dns))
	check(zone.WaitGone(ctx, dns))
	fmt.Println(cloud.Dump() == before)
	// Output: true
}

// A zone of somebody else becomes ours, records and all.
func ExamplePrivateBuilder_Adopt() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	vpc := dns.VPC("10.0.0.0/16")
	theirs := dns.PrivateZone("orders.internal", vpc).Record("api", "A", time.Minute, "10.0.0.4")

	zone := dnszone.Private("orders.internal").VPC("us-east-1", vpc.ID)
	_, err := zone.Ensure(ctx, dns)
	fmt.Println(errors.Is(err, privatelink.ErrConflict)) // it is in the way
	z := must(zone.Clone().Adopt(theirs.ID).WaitReady(ctx, dns))
	fmt.Println(z.ID == theirs.ID, z.Ours, len(z.Records))
	// Output:
	// true
	// true true 1
}

// One declaration is the template of many zones.
func ExamplePrivateBuilder_CloneAs() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	template := dnszone.Private("template.internal").VPC("us-east-1", dns.VPC("10.0.0.0/16").ID).TXT("", time.Hour, "managed")
	check(privatelink.EnsureAll(ctx, []privatelink.Bound{template.CloneAs("orders.internal").On(dns), template.CloneAs("billing.internal").On(dns)}))
	fmt.Println(must(template.CloneAs("billing.internal").Find(ctx, dns)).Records[0].Texts())
	// Output: [managed]
}

// quoted has the lines that the package comment begins with.
func quoted(ctx context.Context, cfg aws.Config, region, vpc string, e *endpoint.Endpoint) (*dnszone.Zone, error) {
	client := route53.NewFromConfig(cfg) // or, in a test, an account of the package fake
	zone := dnszone.Private("orders.internal").VPC(region, vpc).Alias("api", e.DNS.Regional)
	z, err := zone.WaitReady(ctx, client)
	return z, err
}

var _ = quoted
