package wire

import (
	_ "embed"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"time"
)

//go:embed tables.txt
var tables string

// table is what one service's operations look like.
type table struct {
	version string
	paths   []path
	types   map[string]string // direction and Go type → its members, as tables.txt has them
	plans   sync.Map          // planKey → *plan
}

var load = sync.OnceValue(func() map[string]*table {
	out := map[string]*table{}
	var t *table
	for line := range strings.Lines(tables) {
		words := strings.SplitN(strings.TrimSpace(line), " ", 3)
		switch words[0] {
		case "service":
			t = &table{version: words[2], types: map[string]string{}}
			out[words[1]] = t
		case "op":
			pattern, name, _ := strings.Cut(words[2], " ")
			t.paths = append(t.paths, path{words[1], strings.Split(pattern, "/"), name})
		case "<", ">":
			t.types[words[0]+words[1]] = strings.Join(words[2:], "")
		}
	}
	return out
})

// plan is how one struct type is read or written.
type plan struct {
	fields []field // in the order of the table
	byName map[string]*field
}

// field is a member of a struct: where it is, what it is called on the wire and, in a list that has an element around it, what that holds.
type field struct {
	index      int
	name, item string
	place      byte // '{': in the path, '?': in the query, '@': a header; 0: in the body
}

type planKey struct {
	direction string
	of        reflect.Type
}

func (t *table) plan(direction string, of reflect.Type) *plan {
	key := planKey{direction, of}
	if p, ok := t.plans.Load(key); ok {
		return p.(*plan)
	}
	members, ok := t.types[direction+of.Name()]
	if !ok {
		panic(fmt.Sprintf("fake: tables.txt lacks %s%s: run go generate ./fake/internal/wire", direction, of))
	}
	p := &plan{byName: map[string]*field{}}
	for _, word := range strings.Fields(members) {
		p.fields = append(p.fields, parseField(of, word))
	}
	for i := range p.fields {
		p.byName[p.fields[i].name] = &p.fields[i]
	}
	got, _ := t.plans.LoadOrStore(key, p)
	return got.(*plan)
}

func parseField(of reflect.Type, word string) field {
	name, wire, renamed := strings.Cut(word, "=")
	if !renamed {
		wire = name
	}
	sf, ok := of.FieldByName(name)
	if !ok {
		panic(fmt.Sprintf("fake: tables.txt names %s.%s, which the SDK does not have: run go generate ./fake/internal/wire", of, name))
	}
	f := field{index: sf.Index[0]}
	if strings.ContainsRune("{?@", rune(wire[0])) {
		f.place, wire = wire[0], wire[1:]
	}
	f.name, f.item, _ = strings.Cut(wire, "/")
	return f
}

var timeType = reflect.TypeFor[time.Time]()
