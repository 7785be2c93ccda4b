package world

import (
	"hash/maphash"
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
)

// Ask is a create with the token that makes it idempotent and a hash of its parameters. An empty Token asks for nothing.
type Ask struct {
	Op, Token string
	Params    uint64
}

// Hash is an empty hash of parameters, of the kind that Ask takes.
func Hash() (h maphash.Hash) {
	h.SetSeed(hashSeed)
	return h
}

var hashSeed = maphash.MakeSeed()

// scope is where a token means one thing: an operation, in one place.
type scope struct{ place, op string }

// tokenBook is all tokens that are remembered.
type tokenBook map[scope]map[string]token

type token struct {
	params  uint64
	id      string
	first   any
	refusal error
	made    time.Time
	end     *ending // nil while what it made lives
}

// ending is when what a token made was deleted, was gone, and was no longer listed.
type ending struct{ deleted, gone, away time.Time }

// Recall looks whether a create repeats an earlier one. The answer is the earlier object's ID and its first record; an empty ID means
// that the create is new.
func (tx *Tx) Recall(ask Ask) (id string, first any, err error) {
	t, known := tx.remembered(ask)
	switch {
	case !known:
		return "", nil, nil
	case t.params != ask.Params:
		return "", nil, says.IdempotentParameterMismatch.Error()
	case t.refusal != nil && tx.Switches.RefusedCreate == Replays:
		return "", nil, t.refusal
	case t.refusal != nil:
		return "", nil, nil
	case tx.Switches.SpentToken == AlwaysIdempotentError,
		tx.Switches.SpentToken == MismatchWhenDead && t.end != nil:
		return "", nil, says.IdempotentParameterMismatch.Error()
	}
	return t.id, t.first, nil
}

// Remember ties a token to what its create made.
func (tx *Tx) Remember(ask Ask, id string, first any) {
	if ask.Token != "" {
		tx.spend(ask, token{params: ask.Params, id: id, first: first, made: tx.Now})
	}
}

// Refuse notes a refused create, where the switches make that count, and gives the refusal back.
func (tx *Tx) Refuse(ask Ask, refusal error) error {
	if ask.Token == "" || tx.Switches.RefusedCreate == NotSpent {
		return refusal
	}
	if _, known := tx.remembered(ask); known {
		return refusal
	}
	tx.spend(ask, token{params: ask.Params, refusal: refusal, made: tx.Now})
	return refusal
}

// Spend notes that the object (head) that a token made is being deleted, when it will be gone and when its row is no longer listed. A
// token that was forgotten and has made another object since is that one's.
func (tx *Tx) Spend(head *Meta, op, tok string, gone, away time.Time) {
	in := tx.tokens[scope{head.Place(), op}]
	t, known := in[tok]
	if !known || t.id != head.ID {
		return
	}
	if tx.Switches.TokenMemory == ForgetAtDelete {
		delete(in, tok)
		return
	}
	t.end = &ending{tx.Now, gone, away}
	in[tok] = t
}

func (tx *Tx) spend(ask Ask, t token) {
	at := scope{tx.Place(), ask.Op}
	if tx.tokens[at] == nil {
		tx.tokens[at] = map[string]token{}
	}
	tx.tokens[at][ask.Token] = t
}

func (tx *Tx) remembered(ask Ask) (t token, known bool) {
	if ask.Token == "" {
		return t, false
	}
	in := tx.tokens[scope{tx.Place(), ask.Op}]
	if t, known = in[ask.Token]; known && tx.forgotten(&t) {
		delete(in, ask.Token)
		return token{}, false
	}
	return t, known
}

func (tx *Tx) forgotten(t *token) bool {
	past := func(at time.Time) bool { return !at.After(tx.Now) }
	if t.refusal != nil {
		return past(t.made.Add(tx.Switches.Life()))
	}
	if tx.Switches.TokenMemory == ForgetAfterCreate {
		return past(t.made.Add(tx.Switches.Life()))
	}
	if t.end == nil {
		return false
	}
	switch tx.Switches.TokenMemory {
	case ForgetAtDelete:
		return true
	case ForgetWhenGone:
		return past(t.end.gone)
	case ForgetWithRow:
		return past(t.end.away)
	case ForgetAfterDelete:
		return past(t.end.deleted.Add(tx.Switches.Life()))
	}
	return false
}
