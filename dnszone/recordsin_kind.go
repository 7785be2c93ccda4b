package dnszone

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// recordsKind is one call of a verb on a RecordsBuilder. What converges is the zone, which is never made and never deleted; what is found and
// deleted is our part of it.
type recordsKind struct {
	kind
	zone, owner string
	overwrite   []Record // only host and type count
	part        bool     // the verb is about our part alone, and not about the zone
	public      bool     // the zone has to be a public one
}

var (
	_ converge.Kind[Zone]   = (*recordsKind)(nil)
	_ converge.Warner[Zone] = (*recordsKind)(nil)
)

func (k *recordsKind) Ident() converge.Ident {
	return converge.Ident{Kind: "records", Name: k.owner, Scope: k.zone, Locked: true}
}

func (k *recordsKind) Problems(part converge.Scope) []string {
	var p, owner declare.Problems
	if !zoneID.MatchString(k.zone) {
		p.Add("the zone %q is not a zone's ID, such as Z0123456789ABCDEFGHIJ", k.zone)
	}
	owner.Name(k.owner)
	for _, problem := range owner {
		p.Add("the owner: %s", problem)
	}
	if part == converge.Identity {
		return p
	}
	before := k.resolved
	k.resolved = resolve(standIn, relative(k.records.list()))
	p = append(p, k.recordProblems(part)...)
	k.resolved = before
	for _, r := range k.overwrite {
		if name, err := absolute(strings.TrimSuffix(r.Host, "."), standIn); err != nil {
			p.Add("the host %q to overwrite is not a name: %v", r.Host, err)
		} else if !slices.Contains(declarable, r.Type) || misplaced(standIn, name, r.Type) != "" {
			p.Add("the %s record of host %q cannot be overwritten: no record of this type can be declared there", r.Type, r.Host)
		}
	}
	return append(p, markProblems(standIn, relative(k.records.list()))...)
}

// standIn is the zone in which hosts are checked before the true one's name is known: the shortest there is.
const standIn = "x."

// relative takes hosts that are absolute for relative ones.
func relative(all []Record) []Record {
	for i := range all {
		all[i].Host = strings.TrimSuffix(all[i].Host, ".")
	}
	return all
}

// markProblems are the hosts of which there can be no mark, or which are marks.
func markProblems(zone string, all []Record) (p declare.Problems) {
	for _, r := range all {
		name, err := absolute(r.Host, zone)
		if err != nil {
			continue // told already
		}
		if strings.HasPrefix(name, markLabel+".") {
			p.Add("the host %q begins with %s, where this library keeps its marks: take another", r.Host, markLabel)
		}
		if _, err := canonical(markOf(name).name); err != nil {
			p.Add("the host %q is too long for its mark, which has the label %s before it: %v", r.Host, markLabel, err)
		}
	}
	return p
}

// Look reads the zone. For the verbs that are about our part it shows one only where there is something of ours in it.
func (k *recordsKind) Look(ctx context.Context, _ bool) (converge.Rows[Zone], error) {
	if !k.publishing.done() {
		at, err := k.publishing.ask(ctx, readerOf(k.api))
		if err != nil || k.part && !k.publishing.done() {
			return converge.Rows[Zone]{Date: at.date, Window: at.window}, err
		}
	}
	z, at, err := k.whole(ctx, k.zone)
	rows := converge.Rows[Zone]{Date: at.date, Window: at.window}
	if err != nil || z == nil {
		return rows, err
	}
	if err := k.in(z); err != nil && !k.part {
		return rows, err
	}
	if !k.part || k.judge(nil, z).any() {
		rows.Rows = append(rows.Rows, converge.Row[Zone]{ID: z.ID, State: privatelink.Available, Snap: z})
	}
	return rows, nil
}

// in gives the declared hosts their names in the zone, now that its own is known.
func (k *recordsKind) in(z *Zone) error {
	all := k.records.list()
	k.name, k.resolved = z.name, resolve(z.name, all)
	p := append(k.resolved.problems, markProblems(z.name, all)...)
	for _, r := range k.overwrite {
		if _, err := absolute(r.Host, z.name); err != nil {
			p.Add("the host %q to overwrite is not a name in this zone: %v", r.Host, err)
		}
	}
	if k.public && z.Private {
		p.Add("the zone %s is private: the public half of a split horizon needs a public one", z.ID)
	}
	if len(p) > 0 {
		return awserr.Mark(&privatelink.InvalidError{Problems: p}, privatelink.ErrInvalid, awserr.Final)
	}
	return nil
}

// forced are the places that Overwrite names.
func (k *recordsKind) forced() map[place]bool {
	out := map[place]bool{}
	for _, r := range k.overwrite {
		if name, err := absolute(r.Host, k.name); err == nil {
			for _, typ := range addressTypes(r.Type, privatelink.DualStack) {
				out[place{name: name, typ: typ}] = true
			}
		}
	}
	return out
}

var errNoZone = awserr.Mark(errors.New("there is no such zone in this account: records are declared in one that exists"), privatelink.ErrNotFound, awserr.Final)

// Create makes nothing: the zone is somebody else's.
func (k *recordsKind) Create(context.Context, string) (converge.Row[Zone], error) {
	return converge.Row[Zone]{}, errNoZone
}

func (k *recordsKind) Diff(have *Zone) (out []converge.Delta) {
	if have == nil {
		return nil
	}
	for _, e := range k.judge(k.resolved.sets, have).edits {
		out = append(out, e.delta())
	}
	return out
}

// Change writes nothing at all where anything is in conflict.
func (k *recordsKind) Change(ctx context.Context, have *Zone) (*Zone, error) {
	k.written = nil
	j := k.judge(k.resolved.sets, have)
	if len(j.conflicts) > 0 {
		return nil, awserr.Mark(errors.New(strings.Join(j.conflicts, "; ")), privatelink.ErrConflict, awserr.Final)
	}
	now := have.clone()
	if err := k.write(ctx, now, j.edits); err != nil {
		return nil, err
	}
	k.written = now.clone()
	return now, nil
}

func (k *recordsKind) Warnings(_ context.Context, have *Zone) ([]string, error) {
	if have == nil {
		return nil, errNoZone
	}
	out := k.judge(k.resolved.sets, have).conflicts
	for i := range out {
		out[i] += ": Ensure will answer ErrConflict"
	}
	return out, nil
}

// Delete removes what bears our mark, and the marks. What was read may be out of date: Route 53 then refuses, and it is read again.
func (k *recordsKind) Delete(ctx context.Context, rows []converge.Row[Zone]) error {
	for _, r := range rows {
		for z, try := r.Snap, 1; z != nil; try++ {
			refusal := k.release(ctx, z)
			if refusal == nil || awserr.Code(refusal) != "InvalidChangeBatch" {
				return refusal
			}
			now, _, err := k.whole(ctx, z.ID)
			switch {
			case err != nil:
				return err
			case now != nil && (try == removeTries || reflect.DeepEqual(now.sets, z.sets)):
				return awserr.Mark(refusal, privatelink.ErrPending, awserr.Busy)
			}
			z = now
		}
	}
	return nil
}

func (k *recordsKind) release(ctx context.Context, z *Zone) error {
	for _, batch := range batches(k.judge(nil, z).edits) {
		if err := k.send(ctx, z.ID, batch); err != nil {
			return err
		}
	}
	return nil
}

// Left waits until the removal is published.
func (k *recordsKind) Left(context.Context, []converge.Row[Zone]) (string, error) {
	return k.Ready(nil), nil
}
