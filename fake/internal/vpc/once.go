package vpc

import (
	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const maxToken = 64

// creation is a create that a ClientToken makes idempotent.
type creation[R any] struct {
	ask    world.Ask
	table  *world.Table[R]
	draft  func() (*R, error) // checks the rules and makes the record; writes nothing
	commit func(*R)
	ghost  func(R) *R // the record of an object that is no more
	id     func(*R) string
}

// run makes the object or, for a repeated request, gives the earlier one: made says which.
func (c creation[R]) run(tx *world.Tx) (rec *R, made bool, err error) {
	if !wellFormed(c.ask.Token) {
		return nil, false, says.InvalidClientToken.Error()
	}
	if !tx.Switches.RulesFirst {
		if rec, err := c.earlier(tx); rec != nil || err != nil {
			return rec, false, err
		}
	}
	rec, err = c.draft()
	if err != nil {
		return nil, false, tx.Refuse(c.ask, err)
	}
	if tx.Switches.RulesFirst {
		if rec, err := c.earlier(tx); rec != nil || err != nil {
			return rec, false, err
		}
	}
	c.commit(rec)
	tx.Remember(c.ask, c.id(rec), rec)
	return rec, true, nil
}

func (c creation[R]) earlier(tx *world.Tx) (*R, error) {
	id, first, err := tx.Recall(c.ask)
	if err != nil || id == "" {
		return nil, err
	}
	made := first.(*R)
	if tx.Switches.SpentToken == world.AnswerFirst {
		return made, nil
	}
	if now := c.table.At(id, tx.Now); now != nil {
		return now, nil
	}
	return c.ghost(*made), nil
}

func wellFormed(token string) bool {
	if len(token) > maxToken {
		return false
	}
	for _, b := range []byte(token) {
		if b < 0x20 || b > 0x7e {
			return false
		}
	}
	return true
}
