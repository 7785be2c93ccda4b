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

// Everything that can be declared.
func ExampleRecordsBuilder() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333") // in production: a *route53.Client
	zone := dns.PublicZone("example.com").Record("www", "A", time.Hour, "192.0.2.1")
	records := dnszone.RecordsIn(zone.ID).Owner("web").Overwrite("www", dnszone.TypeA).
		A("www", time.Hour, netip.MustParseAddr("192.0.2.4")).AAAA("www", time.Hour, netip.MustParseAddr("2001:db8::4")).
		CNAME("shop", time.Hour, "www.example.com").TXT("", time.Hour, "v=spf1 -all").
		Alias("old", privatelink.DNSName{Name: "www.example.com", ZoneID: zone.ID}).
		Record(dnszone.Record{Type: dnszone.TypeMX, TTL: time.Hour, Values: []string{"10 mail.example.com."}})
	z := must(records.WaitReady(ctx, dns))
	fmt.Println(z.Domain, z.Ours)
	// Output: example.com false
}

// All that is wrong is said at once, without a call.
func ExampleRecordsBuilder_Validate() {
	err := dnszone.RecordsIn("").Owner("the web team").Validate()
	for _, problem := range privatelink.Problems(err) {
		fmt.Println(problem)
	}
	// Output:
	// the zone "" is not a zone's ID, such as Z0123456789ABCDEFGHIJ
	// the owner: the name "the web team" is not 1 to 128 of the characters A-Z a-z 0-9 . _ : / = + @ -
}

// Find gives the zone where a record of this owner is in it.
func ExampleRecordsBuilder_Find() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	records := dnszone.RecordsIn(dns.PublicZone("example.com").ID).TXT("note", time.Hour, "ours")
	_, err := records.Find(ctx, dns)
	fmt.Println(errors.Is(err, privatelink.ErrNotFound))
	must(records.WaitReady(ctx, dns))
	fmt.Println(must(records.Find(ctx, dns)).Domain)
	// Output:
	// true
	// example.com
}

// What is in the way is told before.
func ExampleRecordsBuilder_Plan() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	zone := dns.PublicZone("example.com").Record("www", "A", time.Hour, "192.0.2.1")
	plan, err := dnszone.RecordsIn(zone.ID).A("www", time.Hour, netip.MustParseAddr("192.0.2.4")).Plan(ctx, dns)
	fmt.Println(plan.Action, plan.Warnings, err)
	// Output: update [record www.example.com A is 192.0.2.1 for 1h0m0s and declared as 192.0.2.4 for 1h0m0s: it bears no mark of this library (Overwrite takes it over): Ensure will answer ErrConflict] <nil>
}

// A record of somebody else is left as it is.
func ExampleRecordsBuilder_Ensure() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	zone := dns.PublicZone("example.com").Record("www", "A", time.Hour, "192.0.2.1")
	_, err := dnszone.RecordsIn(zone.ID).A("www", time.Hour, netip.MustParseAddr("192.0.2.4")).Ensure(ctx, dns)
	fmt.Println(errors.Is(err, privatelink.ErrConflict))
	// Output: true
}

// Two owners share a zone.
func ExampleRecordsBuilder_WaitReady() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	dns := cloud.Account("111122223333")
	zone := dns.PublicZone("example.com")
	web := dnszone.RecordsIn(zone.ID).Owner("web").A("www", time.Hour, netip.MustParseAddr("192.0.2.4"))
	api := dnszone.RecordsIn(zone.ID).Owner("api").A("api", time.Hour, netip.MustParseAddr("192.0.2.5"))
	check(privatelink.EnsureAll(ctx, []privatelink.Bound{web.On(dns), api.On(dns)}))
	fmt.Println(must(web.WaitReady(ctx, dns)).Outcome, must(api.WaitReady(ctx, dns)).Outcome)
	// Output: unchanged unchanged
}

// Only what bears our mark goes; the zone stays.
func ExampleRecordsBuilder_Delete() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	zone := dns.PublicZone("example.com").Record("www", "A", time.Hour, "192.0.2.1")
	records := dnszone.RecordsIn(zone.ID).TXT("note", time.Hour, "ours")
	must(records.WaitReady(ctx, dns))
	check(records.Delete(ctx, dns))
	fmt.Println(len(must(dnszone.Get(ctx, dns, zone.ID)).Records))
	// Output: 1
}

// WaitGone needs the zone and the owner only.
func ExampleRecordsBuilder_WaitGone() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	zone := dns.PublicZone("example.com")
	must(dnszone.RecordsIn(zone.ID).Owner("web").TXT("note", time.Hour, "ours").WaitReady(ctx, dns))
	fmt.Println(dnszone.RecordsIn(zone.ID).Owner("web").WaitGone(ctx, dns))
	// Output: <nil>
}

// The same records in another zone.
func ExampleRecordsBuilder_CloneAs() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	com, net := dns.PublicZone("example.com"), dns.PublicZone("example.net")
	records := dnszone.RecordsIn(com.ID).A("www", time.Hour, netip.MustParseAddr("192.0.2.4"))
	fmt.Println(must(records.CloneAs(net.ID).WaitReady(ctx, dns)).Records[0].Host)
	// Output: www.example.net.
}
