package dnszone

import (
	"context"
	"iter"
	"regexp"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// noun is the kind in errors about a zone whose kind is not known.
const noun = "hosted zone"

var zoneID = regexp.MustCompile(`^[A-Z0-9]{1,32}$`)

// Get reads a zone by ID, whosever it is in this account, with its VPCs, records and tags: three reads, and one more for each further 300 record
// sets.
// The ID may have its prefix /hostedzone/. ErrNotFound when it is absent, which may be so for a moment after it was made.
func Get(ctx context.Context, api API, id string) (*Zone, error) {
	const op = "get"
	fail := func(sentinel, cause error) error {
		return &privatelink.Error{Op: op, Kind: noun, ID: id, Sentinel: sentinel, Err: cause}
	}
	var p declare.Problems
	p.API(api)
	if !zoneID.MatchString(bareID(id)) {
		p.Add("the zone %q is not a zone's ID, such as Z0123456789ABCDEFGHIJ", id)
	}
	if len(p) > 0 {
		return nil, fail(privatelink.ErrInvalid, &privatelink.InvalidError{Problems: p})
	}
	k := kind{api: api, marked: true, allTags: true}
	z, _, err := k.whole(ctx, bareID(id))
	switch {
	case err != nil:
		return nil, fail(awserr.Of(err).Sentinel, err)
	case z == nil:
		return nil, fail(privatelink.ErrNotFound, nil)
	}
	z.Ready = true
	return z, nil
}

// Lookup gives every zone of this domain in the account, public or private, ours or not, with its VPCs and without its records, which Get reads:
// one read, and one for each zone. The sequence ends at the first error.
func Lookup(ctx context.Context, api API, domain string) iter.Seq2[*Zone, error] {
	return func(yield func(*Zone, error) bool) {
		fail := func(sentinel, cause error) {
			yield(nil, &privatelink.Error{Op: "look up", Kind: noun, Name: domain, Sentinel: sentinel, Err: cause})
		}
		var p declare.Problems
		p.API(api)
		if problem := domainProblem(domain); problem != "" {
			p.Add("%s", problem)
		}
		if len(p) > 0 {
			fail(privatelink.ErrInvalid, &privatelink.InvalidError{Problems: p})
			return
		}
		zones, _, err := readerOf(api).named(ctx, canonicalOrSelf(domain))
		if err != nil {
			fail(awserr.Of(err).Sentinel, err)
			return
		}
		for i := range zones {
			z, _, err := get(ctx, api, snapshot(&zones[i]).ID)
			if err != nil {
				fail(awserr.Of(err).Sentinel, err)
				return
			}
			if z == nil {
				continue
			}
			z.Ready = true
			if !yield(z, nil) {
				return
			}
		}
	}
}
