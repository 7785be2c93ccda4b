package world

import (
	"slices"
	"strings"
	"time"
)

// The states of a service's private DNS name, as the wire spells them.
const (
	PendingVerification = "pendingVerification"
	Verified            = "verified"
	VerificationFailed  = "failed"
)

// Verification is the state of a service's private DNS name and the TXT record that proves it.
type Verification struct {
	State, Name, Value string
	Due                time.Time // when AWS looks for the record; zero: not before it is asked
	Asked              bool      // the look at Due was asked for: a record that is not there then is a failure
}

// Verify asks for a look at the DNS when a verification takes its time.
func (tx *Tx) Verify(svc *Service) {
	svc.Verification.Due, svc.Verification.Asked = tx.Now.Add(tx.Verification()), true
	tx.expect(svc.Verification.Due)
}

// Watch lets AWS look for the record on its own, where the timing says that it does.
func (tx *Tx) Watch(svc *Service) {
	if every := tx.Timing.Detection; every > 0 {
		svc.Verification.Due = tx.Now.Add(every)
		tx.expect(svc.Verification.Due)
	}
}

// expect notes when the next look is due.
func (w *World) expect(due time.Time) {
	if w.nextProof.IsZero() || due.Before(w.nextProof) {
		w.nextProof = due
	}
}

// prove does the looks that are due, on the DNS as it was then: whatever has changed it since runs later.
func (tx *Tx) prove() {
	if tx.nextProof.IsZero() || tx.nextProof.After(tx.Now) {
		return
	}
	tx.nextProof = time.Time{}
	for svc := range Live(tx, tx.Services.All(0)) {
		for due := svc.Verification.Due; !due.IsZero() && !due.After(tx.Now); due = svc.Verification.Due {
			then, rec := *tx, *svc
			then.Now, svc = due, &rec
			rec.Verification = then.judge(rec.Verification, rec.PrivateName)
			rec.Verification.skip(tx)
			tx.Services.Put(due, svc)
		}
		if due := svc.Verification.Due; !due.IsZero() {
			tx.expect(due)
		}
	}
}

// skip leaves out the looks that nobody could have noticed, save the last.
func (v *Verification) skip(tx *Tx) {
	if every := tx.Timing.Detection; !v.Due.IsZero() && every > 0 && v.Due.Before(tx.Now) {
		v.Due = v.Due.Add(tx.Now.Sub(v.Due) / every * every)
	}
}

// judge is one look at the DNS, at the moment of the transaction. A name that is proved stays so until a look misses its record.
func (tx *Tx) judge(v Verification, name string) Verification {
	switch {
	case tx.proved(v, strings.TrimPrefix(name, "*.")):
		v.State = Verified
	case v.Asked || v.State == Verified:
		v.State = VerificationFailed
	}
	v.Due, v.Asked = time.Time{}, false
	if every := tx.Timing.Detection; every > 0 && v.State != VerificationFailed {
		v.Due = tx.Now.Add(every)
	}
	return v
}

// proved looks for the value, letter by letter, at the verification name under the domain, at the domain itself, and likewise at the domains
// above it: who proves a parent has proved what lies below.
func (tx *Tx) proved(v Verification, domain string) bool {
	if tx.Texts == nil {
		return false
	}
	for strings.Contains(domain, ".") {
		for _, name := range []string{v.Name + "." + domain, domain} {
			if slices.Contains(tx.Texts(tx, name), v.Value) {
				return true
			}
		}
		_, domain, _ = strings.Cut(domain, ".")
	}
	return false
}
