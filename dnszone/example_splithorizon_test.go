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

var (
	inside  = dnszone.A("api", time.Minute, netip.MustParseAddr("10.0.1.4"))
	outside = dnszone.A("api", time.Minute, netip.MustParseAddr("192.0.2.4"))
)

// Everything that can be declared: here the public zone is another account's, and so is one of the VPCs.
func ExampleSplitHorizonBuilder() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	dns, registrar, partner := cloud.Account("111122223333"), cloud.Account("444455556666"), cloud.Account("777788889999")
	split := dnszone.SplitHorizon("example.com").VPC("us-east-1", dns.VPC("10.0.0.0/16").ID).
		SharedWith("us-east-1", partner.VPC("10.0.0.0/16").ID, partner).
		PublicZone(registrar.PublicZone("example.com").ID, registrar).Owner("orders").
		Inside(inside).Outside(outside).Both(dnszone.TXT("", time.Hour, "v=spf1 -all")).Exclusive(true)
	h := must(split.WaitReady(ctx, dns))
	fmt.Println(h.Ready(), len(h.Private.VPCs), h.Public.Ours)
	// Output: true 2 false
}

// All that is wrong with either half is said at once.
func ExampleSplitHorizonBuilder_Validate() {
	err := dnszone.SplitHorizon("example.com").Inside(inside).Both(inside).Validate()
	for _, problem := range privatelink.Problems(err) {
		fmt.Println(problem)
	}
	// Output:
	// api.example.com A is declared inside, and for both sides as well: declare it once
	// no VPC of this account is declared: a private zone is made on one, declare it with VPC
}

// ErrNotFound names the half that is not there.
func ExampleSplitHorizonBuilder_Find() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	split := dnszone.SplitHorizon("example.com").VPC("us-east-1", dns.VPC("10.0.0.0/16").ID)
	_, err := split.Find(ctx, dns)
	fmt.Println(errors.Is(err, privatelink.ErrNotFound))
	// Output: true
}

// The plan warns of names that would not exist inside.
func ExampleSplitHorizonBuilder_Plan() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	split := dnszone.SplitHorizon("example.com").VPC("us-east-1", dns.VPC("10.0.0.0/16").ID).Outside(outside)
	for _, warning := range must(split.Plan(ctx, dns)).Warnings {
		fmt.Println(warning)
	}
	// Output: api.example.com is in the public zone only: it does not exist for the VPCs, from which the private zone hides the public one; Both or Inside declares it for them
}

// One pass over both halves, the private one first.
func ExampleSplitHorizonBuilder_Ensure() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	split := dnszone.SplitHorizon("example.com").VPC("us-east-1", dns.VPC("10.0.0.0/16").ID).Inside(inside).Outside(outside)
	h := must(split.Ensure(ctx, dns))
	fmt.Println(h.Private.Outcome, h.Public.Outcome)
	// Output: created created
}

// One name, two answers.
func ExampleSplitHorizonBuilder_WaitReady() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	dns := cloud.Account("111122223333")
	vpc := dns.VPC("10.0.0.0/16")
	host := vpc.Subnet("us-east-1a", "10.0.1.0/24").Host()
	must(dnszone.SplitHorizon("example.com").VPC("us-east-1", vpc.ID).Inside(inside).Outside(outside).WaitReady(ctx, dns))
	fmt.Println(host.LookupHost(ctx, "api.example.com"))
	fmt.Println(cloud.Internet().LookupHost(ctx, "api.example.com"))
	// Output:
	// [10.0.1.4] <nil>
	// [192.0.2.4] <nil>
}

// The public half goes first.
func ExampleSplitHorizonBuilder_Delete() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	split := dnszone.SplitHorizon("example.com").VPC("us-east-1", dns.VPC("10.0.0.0/16").ID).Inside(inside).Outside(outside)
	must(split.WaitReady(ctx, dns))
	fmt.Println(split.Delete(ctx, dns), split.Delete(ctx, dns))
	// Output: <nil> <nil>
}

// Nothing of either half is left.
func ExampleSplitHorizonBuilder_WaitGone() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	split := dnszone.SplitHorizon("example.com").VPC("us-east-1", dns.VPC("10.0.0.0/16").ID).Inside(inside).Outside(outside)
	must(split.WaitReady(ctx, dns))
	check(privatelink.DeleteAll(ctx, split.On(dns)))
	fmt.Println(split.WaitGone(ctx, dns)) // once more: there is nothing to do
	// Output: <nil>
}

// The same for another domain; the copy goes its own way.
func ExampleSplitHorizonBuilder_CloneAs() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	split := dnszone.SplitHorizon("example.com").VPC("us-east-1", dns.VPC("10.0.0.0/16").ID).Inside(inside).Outside(outside)
	other := split.Clone().CloneAs("example.net")
	fmt.Println(must(other.WaitReady(ctx, dns)).Private.Domain)
	// Output: example.net
}
