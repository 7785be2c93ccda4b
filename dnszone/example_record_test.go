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

// Several addresses of one host.
func ExampleA() {
	r := dnszone.A("api", time.Minute, netip.MustParseAddr("10.0.1.4"), netip.MustParseAddr("10.0.2.4"))
	fmt.Println(r.Host, r.Type, r.TTL, r.Values)
	// Output: api A 1m0s [10.0.1.4 10.0.2.4]
}

func ExampleAAAA() {
	r := dnszone.AAAA("api", time.Minute, netip.MustParseAddr("2001:db8::4"))
	fmt.Println(r.Host, r.Type, r.TTL, r.Values)
	// Output: api AAAA 1m0s [2001:db8::4]
}

// An alias follows its target's addresses; an endpoint's DNS has such targets.
func ExampleAlias() {
	r := dnszone.Alias("api", privatelink.DNSName{Name: "vpce-0a1b2c3d-abcdefgh.vpce-svc-0a1b2c3d.us-east-1.vpce.amazonaws.com", ZoneID: "Z7HUB22UULQXV"})
	fmt.Println(r.Host, r.Alias.ZoneID, r.Alias.Family)
	// Output: api Z7HUB22UULQXV ipv4
}

// A host with a trailing dot is absolute; "" and "@" are the zone's own name.
func ExampleCNAME() {
	r := dnszone.CNAME("www.example.com.", time.Hour, "example.net")
	fmt.Println(r.Host, r.Type, r.Values)
	// Output: www.example.com. CNAME [example.net]
}

// Texts are given plainly and written as Route 53 wants them.
func ExampleTXT() {
	r := dnszone.TXT("@", time.Hour, `say "hello"`)
	fmt.Println(r.Values, r.Texts())
	// Output: ["say \"hello\""] [say "hello"]
}

func ExampleText() {
	fmt.Println(dnszone.Text("grüße"))
	// Output: "gr\303\274\303\237e"
}

// routed puts two sets of one name into a zone, and shows what Route 53 holds then.
func routed(here, there dnszone.Routing) {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	a, b := dnszone.A("api", time.Minute, netip.MustParseAddr("192.0.2.1")), dnszone.A("api", time.Minute, netip.MustParseAddr("192.0.2.2"))
	a.SetIdentifier, a.Routing, a.HealthCheckID = "here", here, dns.HealthCheck().ID
	b.SetIdentifier, b.Routing = "there", there
	for _, r := range must(dnszone.Public("example.com").Record(a).Record(b).WaitReady(ctx, dns)).Records {
		fmt.Println(r.SetIdentifier, r.Values, r.Routing.String())
	}
}

// Nine of ten are answered with the first.
func ExampleWeighted() {
	routed(dnszone.Weighted(90), dnszone.Weighted(10))
	// Output:
	// here [192.0.2.1] weight 90
	// there [192.0.2.2] weight 10
}

func ExampleLatency() {
	routed(dnszone.Latency("us-east-1"), dnszone.Latency("eu-west-1"))
	// Output:
	// here [192.0.2.1] latency of us-east-1
	// there [192.0.2.2] latency of eu-west-1
}

// The second answers while the first is not healthy.
func ExamplePrimary() {
	routed(dnszone.Primary(), dnszone.Secondary())
	// Output:
	// here [192.0.2.1] failover primary
	// there [192.0.2.2] failover secondary
}

func ExampleSecondary() {
	routed(dnszone.Primary(), dnszone.Secondary())
	// Output:
	// here [192.0.2.1] failover primary
	// there [192.0.2.2] failover secondary
}

func ExampleMultivalue() {
	routed(dnszone.Multivalue(), dnszone.Multivalue())
	// Output:
	// here [192.0.2.1] multivalue
	// there [192.0.2.2] multivalue
}

// Who asks from Germany has the one, everybody else the other.
func ExampleGeolocation() {
	routed(dnszone.Geolocation("", "DE", ""), dnszone.Geolocation("", "*", ""))
	// Output:
	// here [192.0.2.1] from DE
	// there [192.0.2.2] from *
}

// Get reads a zone by ID, also one of somebody else.
func ExampleGet() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	id := dns.PublicZone("example.com").Record("www", "A", time.Hour, "192.0.2.1").ID
	z := must(dnszone.Get(ctx, dns, id))
	fmt.Println(z.Domain, z.Ours, z.Records[0].Values)
	_, err := dnszone.Get(ctx, dns, "Z0123456789ABCDEFGHIJ")
	fmt.Println(errors.Is(err, privatelink.ErrNotFound))
	// Output:
	// example.com false [192.0.2.1]
	// true
}

// All zones of a domain: ours and those of others, public and private.
func ExampleLookup() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	vpc := dns.VPC("10.0.0.0/16")
	dns.PublicZone("example.com")
	must(dnszone.Private("example.com").VPC("us-east-1", vpc.ID).WaitReady(ctx, dns))
	for z, err := range dnszone.Lookup(ctx, dns, "example.com") {
		check(err)
		fmt.Println("private:", z.Private, "ours:", z.Ours)
	}
	// Unordered output:
	// private: false ours: false
	// private: true ours: true
}

// What a tool that writes records into a zone of somebody else has to be allowed.
func ExampleIAMPolicy() {
	fmt.Print(dnszone.IAMPolicy(dnszone.RecordWriter))
	// Output:
	// {
	//   "Version": "2012-10-17",
	//   "Statement": [
	//     {
	//       "Sid": "ReadZones",
	//       "Effect": "Allow",
	//       "Action": [
	//         "route53:GetHostedZone",
	//         "route53:ListResourceRecordSets"
	//       ],
	//       "Resource": [
	//         "arn:*:route53:::hostedzone/*"
	//       ]
	//     },
	//     {
	//       "Sid": "ReadChanges",
	//       "Effect": "Allow",
	//       "Action": [
	//         "route53:GetChange"
	//       ],
	//       "Resource": [
	//         "arn:*:route53:::change/*"
	//       ]
	//     },
	//     {
	//       "Sid": "Records",
	//       "Effect": "Allow",
	//       "Action": [
	//         "route53:ChangeResourceRecordSets"
	//       ],
	//       "Resource": [
	//         "arn:*:route53:::hostedzone/*"
	//       ]
	//     }
	//   ]
	// }
}
