package simulation

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// Guard notes what is not ours: a call that changes it is an offence.
func (c *Census) Guard(ids ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.guarded = append(c.guarded, ids...)
}

// Begin forgets what was seen so far, but for what is guarded.
func (c *Census) Begin() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.alive, c.owner, c.birth, c.twins, c.offences = nil, nil, nil, nil, nil
}

// Clone gives a census that goes on from here by itself.
func (c *Census) Clone() *Census {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := &Census{owner: maps.Clone(c.owner), birth: maps.Clone(c.birth), twins: slices.Clone(c.twins),
		guarded: slices.Clone(c.guarded), offences: slices.Clone(c.offences)}
	if c.alive != nil {
		out.alive = map[string][]string{}
	}
	for identity, ids := range c.alive {
		out.alive[identity] = slices.Clone(ids)
	}
	return out
}

// Offences are the calls that took effect on what is not ours.
func (c *Census) Offences() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.offences)
}

// judge looks whether a call names what is guarded.
func (c *Census) judge(call *fake.Call) {
	if len(c.guarded) == 0 || Reads(call.Op) {
		return
	}
	for _, id := range named(call.Input) {
		if slices.Contains(c.guarded, bare(id)) {
			c.offences = append(c.offences, fmt.Sprintf("%s of %s", call.Op, id))
		}
	}
}

// named are the IDs that an input names: its members that are strings, or lists of them.
func named(input any) (out []string) {
	v := reflect.ValueOf(input).Elem()
	for i := range v.NumField() {
		if !v.Type().Field(i).IsExported() {
			continue
		}
		switch f := v.Field(i).Interface().(type) {
		case *string:
			if f != nil {
				out = append(out, *f)
			}
		case []string:
			out = append(out, f...)
		}
	}
	return out
}
