package dnszone

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// halves is one call of a verb on a SplitHorizonBuilder: the call of the same verb on each half.
type halves struct {
	domain  string
	private *privateKind
	public  converge.Kind[Zone]
}

// bind gives the declaration, copied, to one call of a verb. part: it is about what is ours, where the public zone is not.
func (b *SplitHorizonBuilder) bind(api API, part bool) *halves {
	h := &halves{private: b.privateHalf().bind(api)}
	if b.byID {
		k := b.guestHalf().bind(b.publicAPI, part)
		k.public = true
		h.public = k
	} else {
		h.public = b.publicHalf().bind(api)
	}
	h.domain = h.private.display()
	return h
}

// begin checks both halves before either makes a call.
func (b *SplitHorizonBuilder) begin(op string, api API, scope converge.Scope, part bool) (*halves, error) {
	h := b.bind(api, part)
	p := b.problems(h, scope)
	if op != "validate" {
		p.API(api)
		if b.byID {
			p.API(b.publicAPI)
		}
	}
	if len(p) == 0 {
		return h, nil
	}
	slices.Sort(p)
	return nil, &privatelink.Error{Op: op, Kind: "split horizon", Name: h.domain, Scope: h.private.Ident().Scope,
		Sentinel: privatelink.ErrInvalid, Err: &privatelink.InvalidError{Problems: slices.Compact(p)}}
}

func (b *SplitHorizonBuilder) problems(h *halves, scope converge.Scope) declare.Problems {
	p := declare.Problems(slices.Concat(h.private.Problems(scope), h.public.Problems(scope)))
	if scope == converge.Identity {
		return p
	}
	for _, r := range b.outside { // a PublicZone above the domain would take those
		if name, err := canonical(r.Host); b.byID && err == nil && strings.HasSuffix(r.Host, ".") && !within(name, h.private.name) {
			p.Add("the host %q is absolute, and does not lie in %s", r.Host, h.domain)
		}
	}
	both := resolve(h.private.name, b.both).sets
	for side, list := range map[string][]Record{"inside": b.inside, "outside": b.outside} {
		for _, s := range resolve(h.private.name, list).sets {
			if slices.ContainsFunc(both, func(o set) bool { return o.place == s.place }) {
				p.Add("%s is declared %s, and for both sides as well: declare it once", s.place, side)
			}
		}
	}
	return p
}

// about names the half that an error is about.
func (h *halves) about(half string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("split horizon %q, %s half: %w", h.domain, half, err)
}

// Validate checks the whole declaration and names every problem of both halves (privatelink.Problems). No AWS call.
func (b *SplitHorizonBuilder) Validate() error {
	_, err := b.begin("validate", nil, converge.Whole, false)
	return err
}

// Find looks both zones up. Reads only. ErrNotFound names the half that is not there.
func (b *SplitHorizonBuilder) Find(ctx context.Context, api API) (*Horizons, error) {
	h, err := b.begin("find", api, converge.Identity, false)
	if err != nil {
		return nil, err
	}
	private, err := converge.Find(ctx, converge.Kind[Zone](h.private))
	if err != nil {
		return nil, h.about("private", err)
	}
	public, err := converge.Find(ctx, h.public)
	if err != nil {
		return nil, h.about("public", err)
	}
	return &Horizons{Private: private, Public: public}, nil
}

// Ensure makes one pass: that of the private half, then that of the public one; see PrivateBuilder.Ensure, PublicBuilder.Ensure and
// RecordsBuilder.Ensure. The first error ends it and names its half: running it again goes on from there. Idempotent; no change is three reads
// for each half.
func (b *SplitHorizonBuilder) Ensure(ctx context.Context, api API) (*Horizons, error) {
	h, err := b.begin("ensure", api, converge.Whole, false)
	if err != nil {
		return nil, err
	}
	return h.ensure(ctx)
}

func (h *halves) ensure(ctx context.Context) (*Horizons, error) {
	private, err := converge.Ensure(ctx, converge.Kind[Zone](h.private))
	if err != nil {
		return found(private, nil), h.about("private", err)
	}
	public, err := converge.Ensure(ctx, h.public)
	if err != nil {
		return found(private, public), h.about("public", err)
	}
	return found(private, public), nil
}

// found is what an error comes with: nothing but zones that were found.
func found(private, public *Zone) *Horizons {
	if private == nil && public == nil {
		return nil
	}
	return &Horizons{Private: private, Public: public}
}

// WaitReady repeats Ensure until both halves hold and Route 53 has published what this call changed in either. A Timeout is that of both
// together.
func (b *SplitHorizonBuilder) WaitReady(ctx context.Context, api API, opts ...privatelink.WaitOption) (*Horizons, error) {
	h, err := b.begin("wait for", api, converge.Whole, false)
	if err != nil {
		return nil, err
	}
	var out *Horizons
	err = h.wait(ctx, opts, func(ctx context.Context, each privatelink.WaitSettings) error {
		out, err = h.ready(ctx, each)
		return err
	})
	return out, err
}

// wait makes one wait, with one timeout, of those of both halves.
func (h *halves) wait(ctx context.Context, opts []privatelink.WaitOption, both func(context.Context, privatelink.WaitSettings) error) error {
	whole := privatelink.NewWaitSettings(opts...)
	each := whole
	each.Timeout, each.Gate, whole.OnPoll = 0, nil, nil
	_, err := poll.Until(ctx, privatelink.Progress{}, whole, h.private.Pace(), func(ctx context.Context) (poll.Status, error) {
		return poll.Status{Done: true}, both(ctx, each)
	})
	return err
}

func (h *halves) ready(ctx context.Context, settings privatelink.WaitSettings) (*Horizons, error) {
	first, err := h.ensure(ctx) // so that the changes of both are published in the same minute
	passing := errors.Is(err, privatelink.ErrPending) || awserr.Of(err).Means == awserr.Transient
	if err == nil && first.Ready() || err != nil && !passing {
		return first, err
	}
	private, err := converge.WaitReady(ctx, converge.Kind[Zone](h.private), settings)
	if err != nil {
		return found(private, nil), h.about("private", err)
	}
	public, err := converge.WaitReady(ctx, h.public, settings)
	if err != nil {
		return found(private, public), h.about("public", err)
	}
	return credited(first, private, public), nil
}

// credited adds what the first pass did.
func credited(first *Horizons, private, public *Zone) *Horizons {
	if first != nil && first.Private != nil {
		private.Outcome = private.Outcome.Strongest(first.Private.Outcome)
	}
	if first != nil && first.Public != nil {
		public.Outcome = public.Outcome.Strongest(first.Public.Outcome)
	}
	return found(private, public)
}

// Delete deletes the public zone, or our records in PublicZone, and then the private one. The first error ends it and names its half. It needs
// what the halves' Delete needs: the domain, a VPC, the hosts and types of the records; for PublicZone its ID and the owner.
func (b *SplitHorizonBuilder) Delete(ctx context.Context, api API) error {
	h, err := b.begin("delete", api, converge.Identity, true)
	if err != nil {
		return err
	}
	if err := converge.Delete(ctx, h.public); err != nil {
		return h.about("public", err)
	}
	return h.about("private", converge.Delete(ctx, converge.Kind[Zone](h.private)))
}

// WaitGone deletes until nothing of either half is left. It needs what Delete needs. A Timeout is that of both together.
func (b *SplitHorizonBuilder) WaitGone(ctx context.Context, api API, opts ...privatelink.WaitOption) error {
	h, err := b.begin("wait for the end of", api, converge.Identity, true)
	if err != nil {
		return err
	}
	return h.wait(ctx, opts, func(ctx context.Context, each privatelink.WaitSettings) error {
		if err := converge.WaitGone(ctx, h.public, each); err != nil {
			return h.about("public", err)
		}
		return h.about("private", converge.WaitGone(ctx, converge.Kind[Zone](h.private), each))
	})
}
