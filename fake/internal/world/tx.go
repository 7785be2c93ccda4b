package world

import "time"

// Tx is one operation at work on the world: who asks, where, when, and under which settings. It lives under the world's lock.
type Tx struct {
	*World
	Config
	Account, Region string
	Now             time.Time // decisions of writes are made on the truth of this moment

	place   string
	peeking bool
}

// Do runs one operation under the world's lock.
func (w *World) Do(cfg Config, account, region string, run func(*Tx)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	tx := &w.tx
	*tx = Tx{World: w, Config: cfg, Account: account, Region: region, Now: w.clock.now()}
	tx.prove()
	w.sweep(tx.Now.Add(-max(cfg.Lag, cfg.Window)))
	run(tx)
}

// Seen is the moment as of which a read sees the next row. Ask anew for each row and read: with RandomLag rows lag apart.
func (tx *Tx) Seen() time.Time {
	switch {
	case tx.Stale > 0:
		return tx.Now.Add(-tx.Stale)
	case tx.Lag <= 0:
		return tx.Now
	case tx.Switches.RandomLag:
		return tx.Now.Add(-tx.lags.jitter(tx.Lag))
	}
	return tx.Now.Add(-tx.Lag)
}

// Stamp is the time now by AWS's clock.
func (tx *Tx) Stamp() time.Time { return tx.Now.Add(tx.Switches.Skew) }

// Place is the caller's account and Region as an index key.
func (tx *Tx) Place() string {
	if tx.place == "" {
		tx.place = Place(tx.Account, tx.Region)
	}
	return tx.place
}

// Meta is the head of a new record of the caller's, made through the API.
func (tx *Tx) Meta(id string, tags Tags) Meta {
	return Meta{ID: id, Owner: tx.Account, Region: tx.Region, Tags: tags, Created: tx.Stamp(), place: tx.Place()}
}

// Mine says whether a record belongs to the caller: EC2 shows nobody else's.
func (tx *Tx) Mine(m *Meta) bool { return m.Owner == tx.Account && m.Region == tx.Region }

// RequestID is a fresh request identifier, from a stream of its own so that errors do not move other identifiers.
func (tx *Tx) RequestID() string {
	h := tx.requests.text("", hexDigits, 32)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// Own is the record of an ID that the caller owns, in truth and now; nil otherwise.
func Own[R any](tx *Tx, t *Table[R], id string) *R {
	rec := t.At(id, tx.Now)
	if rec == nil || !tx.Mine(t.head(rec)) {
		return nil
	}
	return rec
}
