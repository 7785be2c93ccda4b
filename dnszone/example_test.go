package dnszone_test

import (
	"context"
	"fmt"
	"net/netip"
	"time"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func ExamplePrivate() {
	ctx, dns := context.Background(), (&fake.Cloud{}).Account("111122223333") // or a *route53.Client
	vpc := dns.VPC("10.0.0.0/16").ID
	zone := dnszone.Private("orders.internal").VPC("us-east-1", vpc).A("api", time.Minute, netip.MustParseAddr("10.0.0.4"))
	z, err := zone.WaitReady(ctx, dns)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(z.Domain, z.Outcome, z.Ready, z.Records[0].Host, z.Records[0].Values)
	fmt.Println(zone.WaitGone(ctx, dns))
	// Output:
	// orders.internal created true api.orders.internal. [10.0.0.4]
	// <nil>
}

func ExamplePublic() {
	ctx, dns := context.Background(), (&fake.Cloud{}).Account("111122223333")
	zone := dnszone.Public("example.com").CNAME("www", time.Hour, "example.net").TXT("", time.Hour, "v=spf1 -all")
	plan, err := zone.Plan(ctx, dns)
	fmt.Println(plan, err)
	z, err := zone.WaitReady(ctx, dns)
	fmt.Println(len(z.NameServers), err) // for the parent domain
	// Output:
	// + public zone "example.com"
	//     record example.com TXT: "v=spf1 -all" for 1h0m0s
	//     record www.example.com CNAME: example.net. for 1h0m0s <nil>
	// 4 <nil>
}

// A zone of one account that serves a VPC of another.
func ExamplePrivateBuilder_SharedWith() {
	ctx, cloud := context.Background(), &fake.Cloud{}
	ours, theirs := cloud.Account("111122223333"), cloud.Account("444455556666").In("eu-west-1")
	zone := dnszone.Private("orders.internal").VPC("us-east-1", ours.VPC("10.0.0.0/16").ID).
		SharedWith("eu-west-1", theirs.VPC("10.1.0.0/16").ID, theirs)
	z, err := zone.WaitReady(ctx, ours)
	fmt.Println(len(z.VPCs), len(z.Authorized), err)
	// Output: 2 0 <nil>
}

// Two sets of one name, of which the second answers while the first is not healthy.
func ExampleRouting() {
	ctx, dns := context.Background(), (&fake.Cloud{}).Account("111122223333")
	check := dns.HealthCheck().ID
	set := func(id, addr string, routing dnszone.Routing) dnszone.Record {
		return dnszone.Record{Host: "api", Type: dnszone.TypeA, TTL: time.Minute, Values: []string{addr}, SetIdentifier: id, Routing: routing, HealthCheckID: check}
	}
	z, err := dnszone.Public("example.com").Record(set("here", "192.0.2.1", dnszone.Primary())).
		Record(set("there", "192.0.2.2", dnszone.Secondary())).WaitReady(ctx, dns)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range z.Records {
		fmt.Println(r.SetIdentifier, r.Values, r.Routing)
	}
	// Output:
	// here [192.0.2.1] failover primary
	// there [192.0.2.2] failover secondary
}

// All that is wrong is said at once, before any call.
func ExamplePrivateBuilder_Validate() {
	err := dnszone.Private("orders.internal").CNAME("@", time.Minute, "a..b").A("*.a.*", 0).Validate()
	for _, problem := range privatelink.Problems(err) {
		fmt.Println(problem)
	}
	// Output:
	// no VPC of this account is declared: a private zone is made on one, declare it with VPC
	// the host "*.a.*" is not a name in this zone: an asterisk is allowed as the whole leftmost label only
	// the CNAME record of host "@" stands at the zone's own name, where there are always other records: declare an alias instead
	// the CNAME record of host "@" has the value "a..b": it is not a domain name: a label is empty
}
