package dnszone_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Everything that can be declared. What no setter names is left alone.
func ExamplePublicBuilder() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	dns := cloud.Account("111122223333") // in production: a *route53.Client
	zone := dnszone.Public("example.com").
		A("www", time.Hour, netip.MustParseAddr("192.0.2.4")).AAAA("www", time.Hour, netip.MustParseAddr("2001:db8::4")).
		CNAME("shop", time.Hour, "www.example.com").TXT("", time.Hour, "v=spf1 -all").
		Record(dnszone.Record{Host: "", Type: dnszone.TypeMX, TTL: time.Hour, Values: []string{"10 mail.example.com."}}).
		Exclusive(true).Tags(privatelink.Tags{"team": "web"}).Tag("stage", "live")
	z := must(zone.WaitReady(ctx, dns))
	must(zone.Alias("", privatelink.DNSName{Name: "www.example.com", ZoneID: z.ID}).WaitReady(ctx, dns))
	fmt.Println(cloud.Internet().LookupHost(ctx, "example.com"))
	// Output: [192.0.2.4] <nil>
}

// All that is wrong is said at once, without a call.
func ExamplePublicBuilder_Validate() {
	err := dnszone.Public("com").TXT("", time.Hour).A("www", -time.Second, netip.MustParseAddr("2001:db8::4")).Validate()
	for _, problem := range privatelink.Problems(err) {
		fmt.Println(problem)
	}
	// Output:
	// the domain "com" is a top-level domain: AWS takes no zone for one
	// the TXT record of host "" has no value: give it one at least
	// the A record of host "www" has a TTL of -1s: whole seconds are allowed, from 1s to 2147483647 of them
	// the A record of host "www" has the value "2001:db8::4": it is not an IPv4 address
}

// Only a zone of this library is found: one of somebody else, of the same name, is not ours.
func ExamplePublicBuilder_Find() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	dns.PublicZone("example.com")
	_, err := dnszone.Public("example.com").Find(ctx, dns)
	fmt.Println(errors.Is(err, privatelink.ErrNotFound))
	// Output: true
}

// The plan reads like a diff.
func ExamplePublicBuilder_Plan() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	zone := dnszone.Public("example.com").TXT("", time.Hour, "v=spf1 -all")
	must(zone.WaitReady(ctx, dns))
	plan := must(zone.TXT("", time.Hour, "v=spf1 a -all").Plan(ctx, dns))
	fmt.Println(plan.Action, plan.Changes[0])
	// Output: update record example.com TXT: "v=spf1 -all" for 1h0m0s → "v=spf1 a -all" for 1h0m0s
}

// An equal record is not written again.
func ExamplePublicBuilder_Ensure() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	zone := dnszone.Public("example.com").CNAME("www", time.Hour, "EXAMPLE.net.")
	fmt.Println(must(zone.Ensure(ctx, dns)).Outcome)
	fmt.Println(must(zone.CNAME("www", time.Hour, "example.net").Ensure(ctx, dns)).Outcome) // means the same
	// Output:
	// created
	// unchanged
}

// The name servers are for the registrar.
func ExamplePublicBuilder_WaitReady() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	dns := cloud.Account("111122223333")
	z := must(dnszone.Public("example.com").A("www", time.Hour, netip.MustParseAddr("192.0.2.4")).WaitReady(ctx, dns))
	cloud.Internet().Delegate("example.com", z.NameServers...) // what the registrar does
	fmt.Println(cloud.Internet().LookupHost(ctx, "www.example.com"))
	// Output: [192.0.2.4] <nil>
}

// What is gone already is no error.
func ExamplePublicBuilder_Delete() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	zone := dnszone.Public("example.com").TXT("", time.Hour, "v=spf1 -all")
	must(zone.WaitReady(ctx, dns))
	fmt.Println(zone.Delete(ctx, dns), zone.Delete(ctx, dns))
	// Output: <nil> <nil>
}

// Delete and WaitGone need the hosts and types of the records, not their values.
func ExamplePublicBuilder_WaitGone() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	must(dnszone.Public("example.com").TXT("", time.Hour, "v=spf1 -all").WaitReady(ctx, dns))
	fmt.Println(dnszone.Public("example.com").TXT("", 0).WaitGone(ctx, dns))
	// Output: <nil>
}

// A zone of somebody else becomes ours; a copy under another domain is another zone.
func ExamplePublicBuilder_Adopt() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	theirs := dns.PublicZone("example.com")
	zone := dnszone.Public("example.com").TXT("", time.Hour, "v=spf1 -all")
	check(privatelink.EnsureAll(ctx, []privatelink.Bound{zone.Clone().Adopt(theirs.ID).On(dns), zone.CloneAs("example.net").On(dns)}))
	fmt.Println(must(zone.Find(ctx, dns)).ID == theirs.ID)
	// Output: true
}
