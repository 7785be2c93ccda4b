package wire

import (
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// decoder fills the SDK's input structs. In a form the elements of a list are numbered, in XML they bear a name.
type decoder struct {
	table *table
	form  bool
}

// members fills a struct from the members of a node.
func (d decoder) members(v reflect.Value, n *node) error {
	p := d.table.plan(">", v.Type())
	seen := map[string]bool{}
	for _, kid := range n.kids {
		f := p.byName[kid.name]
		switch {
		case f == nil || f.place != 0:
			return unknown(kid.name)
		case seen[kid.name] && (f.item != "" || v.Field(f.index).Kind() != reflect.Slice):
			return repeated(kid.name)
		}
		seen[kid.name] = true
		if err := d.member(v.Field(f.index), kid, f); err != nil {
			return within(kid.name, err)
		}
	}
	return d.bare(n, "a structure")
}

// bare refuses text where members should be.
func (d decoder) bare(n *node, want string) error {
	if text := strings.TrimSpace(string(n.text)); text != "" {
		return invalid(text, want)
	}
	return nil
}

func (d decoder) member(v reflect.Value, n *node, f *field) error {
	if v.Kind() != reflect.Slice {
		return d.value(v, n)
	}
	if !d.form && f.item == "" {
		return d.grow(v, n)
	}
	if err := d.bare(n, "a list"); err != nil {
		return err
	}
	if v.IsNil() {
		v.Set(reflect.MakeSlice(v.Type(), 0, len(n.kids)))
	}
	if d.form {
		return d.numbered(v, n, f.item)
	}
	for _, kid := range n.kids {
		if kid.name != f.item {
			return unknown(kid.name)
		}
		if err := d.grow(v, kid); err != nil {
			return within(kid.name, err)
		}
	}
	return nil
}

// numbered reads a list of a form: List.1, or List.item.1 where an element of that name is around it.
func (d decoder) numbered(v reflect.Value, n *node, item string) error {
	if item != "" && len(n.kids) > 0 {
		if other := slices.IndexFunc(n.kids, func(kid *node) bool { return kid.name != item }); other >= 0 {
			return unknown(n.kids[other].name)
		}
		n = n.kids[0]
		if err := d.bare(n, "a list"); err != nil {
			return within(n.name, err)
		}
	}
	kids, err := n.numbered()
	if err != nil {
		return err
	}
	for _, kid := range kids {
		if err := d.grow(v, kid); err != nil {
			return within(kid.name, err)
		}
	}
	return nil
}

// grow appends one element to a list.
func (d decoder) grow(v reflect.Value, n *node) error {
	e := reflect.New(v.Type().Elem()).Elem()
	if err := d.value(e, n); err != nil {
		return err
	}
	v.Set(reflect.Append(v, e))
	return nil
}

// value reads one value that is no list.
func (d decoder) value(v reflect.Value, n *node) error {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		return d.value(v.Elem(), n)
	}
	if v.Kind() == reflect.Struct && v.Type() != timeType {
		return d.members(v, n)
	}
	if len(n.kids) > 0 {
		return unknown(n.kids[0].name)
	}
	return scalar(v, string(n.text))
}

// scalar reads one value from its text.
func scalar(v reflect.Value, text string) (err error) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return scalar(v.Elem(), text)
	case reflect.String:
		v.SetString(text)
		return nil
	}
	text = strings.TrimSpace(text)
	want := "a number"
	switch v.Kind() {
	case reflect.Bool:
		want = "true or false"
		v.SetBool(strings.EqualFold(text, "true"))
		if !v.Bool() && !strings.EqualFold(text, "false") {
			err = strconv.ErrSyntax
		}
	case reflect.Int32, reflect.Int64:
		var n int64
		n, err = strconv.ParseInt(text, 10, v.Type().Bits())
		v.SetInt(n)
	case reflect.Float32, reflect.Float64:
		var n float64
		n, err = strconv.ParseFloat(text, v.Type().Bits())
		if math.IsNaN(n) || math.IsInf(n, 0) {
			err = strconv.ErrRange
		}
		v.SetFloat(n)
	case reflect.Struct:
		want = "a time"
		var at time.Time
		at, err = time.Parse(time.RFC3339, text)
		v.Set(reflect.ValueOf(at))
	default:
		panic("fake: no member of an input may have the type " + v.Type().String())
	}
	if err != nil {
		return invalid(text, want)
	}
	return nil
}
