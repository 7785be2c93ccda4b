package dnszone_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// The zone's owner authorises, the VPC's owner associates, the zone's owner takes the authorisation back: for where no process has clients of
// both accounts. Elsewhere SharedWith does all of it.
func ExampleAuthorize() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	owner, partner := cloud.Account("111122223333"), cloud.Account("444455556666")
	z := must(dnszone.Private("orders.internal").VPC("us-east-1", owner.VPC("10.0.0.0/16").ID).WaitReady(ctx, owner))
	theirs := dnszone.VPC{Region: "us-east-1", ID: partner.VPC("10.0.0.0/16").ID}

	check(dnszone.Authorize(ctx, owner, z.ID, theirs))
	check(dnszone.Associate(ctx, partner, z.ID, theirs))
	check(dnszone.Deauthorize(ctx, owner, z.ID, theirs))
	fmt.Println(len(must(dnszone.Get(ctx, owner, z.ID)).VPCs))
	// Output: 2
}

// Without an authorisation Route 53 refuses.
func ExampleAssociate() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	owner, partner := cloud.Account("111122223333"), cloud.Account("444455556666")
	z := must(dnszone.Private("orders.internal").VPC("us-east-1", owner.VPC("10.0.0.0/16").ID).WaitReady(ctx, owner))
	theirs := dnszone.VPC{Region: "us-east-1", ID: partner.VPC("10.0.0.0/16").ID}

	fmt.Println(errors.Is(dnszone.Associate(ctx, partner, z.ID, theirs), privatelink.ErrDenied))
	check(dnszone.Authorize(ctx, owner, z.ID, theirs))
	fmt.Println(dnszone.Associate(ctx, partner, z.ID, theirs))
	fmt.Println(strings.HasPrefix(theirs.String(), "us-east-1/vpc-"))
	// Output:
	// true
	// <nil>
	// true
}

// Taking back what was never given is no error.
func ExampleDeauthorize() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	z := must(dnszone.Private("orders.internal").VPC("us-east-1", dns.VPC("10.0.0.0/16").ID).WaitReady(ctx, dns))
	theirs := dnszone.VPC{Region: "us-east-1", ID: dns.VPC("10.1.0.0/16").ID}
	fmt.Println(dnszone.Deauthorize(ctx, dns, z.ID, theirs))
	// Output: <nil>
}

// The last VPC stays as long as the zone.
func ExampleDisassociate() {
	ctx, dns := context.Background(), new(fake.Cloud).Account("111122223333")
	vpc := dns.VPC("10.0.0.0/16").ID
	z := must(dnszone.Private("orders.internal").VPC("us-east-1", vpc).WaitReady(ctx, dns))
	err := dnszone.Disassociate(ctx, dns, z.ID, dnszone.VPC{Region: "us-east-1", ID: vpc})
	fmt.Println(errors.Is(err, privatelink.ErrInUse))
	// Output: true
}

// A limit that leaves room for other users of the account's Route 53.
func ExampleLimit() {
	account := new(fake.Cloud).Account("111122223333")
	dns := dnszone.Batched(account, dnszone.Limit(3, time.Second))
	z, err := dnszone.Public("example.com").WaitReady(context.Background(), dns)
	fmt.Println(z.Outcome, err)
	// Output: created <nil>
}

// How far lookups may be behind decides for how long the library distrusts them.
func ExampleReadLag() {
	account := new(fake.Cloud).Account("111122223333")
	dns := dnszone.Batched(account, dnszone.ReadLag(30*time.Second))
	z, err := dnszone.Public("example.com").Ensure(context.Background(), dns)
	fmt.Println(z.Outcome, err)
	// Output: created <nil>
}
