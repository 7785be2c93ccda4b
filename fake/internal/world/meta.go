package world

import (
	"slices"
	"strings"
	"time"
)

// Meta is what every record has. Records are immutable: change a copy and Put it.
type Meta struct {
	ID, Owner, Region string
	Tags              Tags
	Created           time.Time // by AWS's clock, which Switches.Skew moves
	Seeded            bool      // made by a test's handle, not through the API

	place string // what Place gives, where it is known
}

// Place is the account and Region of a record: the key of its list index.
func (m *Meta) Place() string {
	if m.place != "" {
		return m.place
	}
	return Place(m.Owner, m.Region)
}

// Place is the index key of an account in a Region.
func Place(account, region string) string { return account + "/" + region }

// Tag is one key and its value.
type Tag struct{ Key, Value string }

// Tags are sorted by key and never changed in place once they are a record's.
type Tags []Tag

// Get finds the value of a key.
func (t Tags) Get(key string) (string, bool) {
	i, ok := t.find(key)
	if !ok {
		return "", false
	}
	return t[i].Value, true
}

// With gives a copy in which key has value.
func (t Tags) With(key, value string) Tags { return slices.Clone(t).Insert(key, value) }

// Insert gives key a value, in t itself where there is room.
func (t Tags) Insert(key, value string) Tags {
	i, ok := t.find(key)
	if ok {
		t[i].Value = value
		return t
	}
	return slices.Insert(t, i, Tag{key, value})
}

// Without gives a copy that lacks key.
func (t Tags) Without(key string) Tags {
	i, ok := t.find(key)
	if !ok {
		return t
	}
	return slices.Delete(slices.Clone(t), i, i+1)
}

func (t Tags) find(key string) (int, bool) {
	return slices.BinarySearchFunc(t, key, func(have Tag, want string) int { return strings.Compare(have.Key, want) })
}

// Phase is a state and the moment at which it begins.
type Phase struct {
	State string
	At    time.Time
}

// Phases are a record's scheduled states, in order of time.
type Phases []Phase

// At is the state at a moment: the last phase begun, or the first when none has.
func (p Phases) At(t time.Time) string {
	for i := len(p) - 1; i > 0; i-- {
		if !p[i].At.After(t) {
			return p[i].State
		}
	}
	if len(p) == 0 {
		return ""
	}
	return p[0].State
}

// First is the state in which the record was written.
func (p Phases) First() string {
	if len(p) == 0 {
		return ""
	}
	return p[0].State
}
