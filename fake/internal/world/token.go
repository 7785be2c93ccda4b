package world

import (
	"hash/maphash"
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
)

// Ask is a create with the token that makes it idempotent and its parameters in canonical form. An empty Token asks for nothing.
type Ask struct{ Op, Token, Params string }

var hashSeed = maphash.MakeSeed()

// hash stands for the parameters, which are long.
func (a *Ask) hash() uint64 { return maphash.String(hashSeed, a.Params) }

type tokenKey struct{ place, op, token string }

type token struct {
	params              uint64 // a hash
	id                  string
	first               any
	refusal             error
	made                time.Time
	deleted, gone, away time.Time
}

// Recall looks whether a create repeats an earlier one. The answer is the earlier object's ID and its first record; an empty ID means
// that the create is new.
func (tx *Tx) Recall(ask Ask) (id string, first any, err error) {
	t := tx.remembered(ask)
	switch {
	case t == nil:
		return "", nil, nil
	case t.params != ask.hash():
		return "", nil, says.IdempotentParameterMismatch.Error()
	case t.refusal != nil && tx.Switches.RefusedCreate == Replays:
		return "", nil, t.refusal
	case t.refusal != nil:
		return "", nil, nil
	case tx.Switches.SpentToken == AlwaysIdempotentError,
		tx.Switches.SpentToken == MismatchWhenDead && !t.deleted.IsZero():
		return "", nil, says.IdempotentParameterMismatch.Error()
	}
	return t.id, t.first, nil
}

// Remember ties a token to what its create made.
func (tx *Tx) Remember(ask Ask, id string, first any) {
	if ask.Token != "" {
		tx.tokens[tx.key(ask)] = &token{params: ask.hash(), id: id, first: first, made: tx.Now}
	}
}

// Refuse notes a refused create, where the switches make that count, and gives the refusal back.
func (tx *Tx) Refuse(ask Ask, refusal error) error {
	if ask.Token == "" || tx.Switches.RefusedCreate == NotSpent || tx.remembered(ask) != nil {
		return refusal
	}
	tx.tokens[tx.key(ask)] = &token{params: ask.hash(), refusal: refusal, made: tx.Now}
	return refusal
}

// Spend notes that the object (head) that a token made is being deleted, when it will be gone and when its row is no longer listed. A
// token that was forgotten and has made another object since is that one's.
func (tx *Tx) Spend(head *Meta, op, tok string, gone, away time.Time) {
	key := tokenKey{head.Place(), op, tok}
	t := tx.tokens[key]
	if t == nil || t.id != head.ID {
		return
	}
	if tx.Switches.TokenMemory == ForgetAtDelete {
		delete(tx.tokens, key)
		return
	}
	t.deleted, t.gone, t.away = tx.Now, gone, away
}

func (tx *Tx) key(ask Ask) tokenKey { return tokenKey{tx.Place(), ask.Op, ask.Token} }

func (tx *Tx) remembered(ask Ask) *token {
	if ask.Token == "" {
		return nil
	}
	t := tx.tokens[tx.key(ask)]
	if t == nil || !tx.forgotten(t) {
		return t
	}
	delete(tx.tokens, tx.key(ask))
	return nil
}

func (tx *Tx) forgotten(t *token) bool {
	past := func(at time.Time) bool { return !at.After(tx.Now) }
	if t.refusal != nil {
		return past(t.made.Add(tx.Switches.Life()))
	}
	if tx.Switches.TokenMemory == ForgetAfterCreate {
		return past(t.made.Add(tx.Switches.Life()))
	}
	if t.deleted.IsZero() {
		return false
	}
	switch tx.Switches.TokenMemory {
	case ForgetAtDelete:
		return true
	case ForgetWhenGone:
		return past(t.gone)
	case ForgetWithRow:
		return past(t.away)
	case ForgetAfterDelete:
		return past(t.deleted.Add(tx.Switches.Life()))
	}
	return false
}
