package endpoint

import (
	"context"
	"iter"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// noun is the kind in errors about an endpoint whose kind is not known.
const noun = "endpoint"

func checkID(op string, api API, id string) error {
	var p declare.Problems
	p.API(api)
	p.ID("the endpoint", "vpce", id)
	return p.Error(op, noun, id)
}

// Get reads an endpoint by ID, of any kind and owner name; one read. ErrNotFound when it is absent, which may be so for a moment after it
// was made.
func Get(ctx context.Context, api API, id string) (*Endpoint, error) {
	const op = "get"
	if err := checkID(op, api, id); err != nil {
		return nil, err
	}
	e, _, err := get(ctx, api, id)
	switch {
	case err != nil:
		return nil, &privatelink.Error{Op: op, Kind: noun, ID: id, Sentinel: awserr.Of(err).Sentinel, Err: err}
	case e == nil:
		return nil, &privatelink.Error{Op: op, Kind: noun, ID: id, Sentinel: privatelink.ErrNotFound}
	}
	return e, nil
}

// get gives nil for an endpoint that is not there, and how far behind the read may be.
func get(ctx context.Context, api API, id string) (*Endpoint, time.Duration, error) {
	a, err := readerOf(api).endpoints(ctx, query{ids: []string{id}})
	if err != nil {
		return nil, 0, err
	}
	for i := range a.endpoints {
		if e := snapshot(&a.endpoints[i], regionOf(api)); e.ID == id {
			e.Ready = e.State.Is(privatelink.Available)
			e.Waiting = waiting(e.State)
			return e, a.window, nil
		}
	}
	return nil, a.window, nil
}

// List gives every endpoint of this library (bearing its tag) in a VPC, or in every VPC of the account and Region for vpc "", in all states
// that AWS lists. The sequence ends at the first error.
func List(ctx context.Context, api API, vpc string) iter.Seq2[*Endpoint, error] {
	return func(yield func(*Endpoint, error) bool) {
		var p declare.Problems
		p.API(api)
		if vpc != "" {
			p.ID("the VPC", "vpc", vpc)
		}
		if err := p.Error("list", noun, ""); err != nil {
			yield(nil, err)
			return
		}
		a, err := readerOf(api).endpoints(ctx, query{vpc: vpc, ours: true})
		if err != nil {
			yield(nil, &privatelink.Error{Op: "list", Kind: noun, Scope: vpc, Sentinel: awserr.Of(err).Sentinel, Err: err})
			return
		}
		for i := range a.endpoints {
			e := snapshot(&a.endpoints[i], regionOf(api))
			if e.Name == "" {
				continue
			}
			e.Ready, e.Waiting = e.State.Is(privatelink.Available), waiting(e.State)
			if !yield(e, nil) {
				return
			}
		}
	}
}
