package fake

import (
	"reflect"
	"strings"
	"sync"

	"github.com/aws/smithy-go/middleware"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
)

// face is one AWS service as the fake models it: for each operation which members are required and which are modelled, and the modelled
// fields of the structs that occur in several inputs. A member that is in no list is refused when it is set.
type face struct {
	service string // the SDK's ServiceID
	ops     map[string]spec
	structs map[string]string // type name → modelled fields
	checks  sync.Map          // reflect.Type of the input → *check
}

// spec is one operation's input: names separated by blanks, those of nested structs as Parent.Child unless face.structs has the type.
type spec struct{ required, modelled string }

// check is a spec made ready for one input type.
type check struct {
	dryRun   int
	required []member
	foreign  []member
	meta     int // index of ResultMetadata in the output
	once     sync.Once
}

// member is a field to look at. With inner it is modelled itself but has fields that are not.
type member struct {
	index int
	name  string
	inner []member
}

func (f *face) check(op string, in any) *check {
	t := reflect.TypeOf(in).Elem()
	if c, ok := f.checks.Load(t); ok {
		return c.(*check)
	}
	sp := f.ops[op]
	c := &check{dryRun: -1}
	if field, ok := t.FieldByName("DryRun"); ok {
		c.dryRun = field.Index[0]
	}
	for _, name := range strings.Fields(sp.required) {
		field, _ := t.FieldByName(name)
		c.required = append(c.required, member{index: field.Index[0], name: name})
	}
	names := words(sp.modelled + " " + sp.required)
	for name := range names {
		if !has(t, name) {
			panic("fake: the face of " + op + " names a member that its input does not have: " + name)
		}
	}
	names["DryRun"] = true
	c.foreign = f.foreign(t, names, "")
	got, _ := f.checks.LoadOrStore(t, c)
	return got.(*check)
}

// has says whether a struct has a field, which may be named by a path through others.
func has(t reflect.Type, path string) bool {
	name, rest, nested := strings.Cut(path, ".")
	field, ok := t.FieldByName(name)
	return ok && (!nested || has(element(field.Type), rest))
}

func words(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// foreign lists the members of a struct that must be zero.
func (f *face) foreign(t reflect.Type, modelled map[string]bool, path string) []member {
	var out []member
	for i := range t.NumField() {
		field := t.Field(i)
		if !field.IsExported() {
			continue
		}
		m := member{index: i, name: path + field.Name}
		if !modelled[m.name] {
			out = append(out, m)
			continue
		}
		if s := element(field.Type); s.Kind() == reflect.Struct {
			if m.inner = f.inner(s, modelled, m.name+"."); len(m.inner) > 0 {
				out = append(out, m)
			}
		}
	}
	return out
}

func (f *face) inner(t reflect.Type, modelled map[string]bool, path string) []member {
	if t.PkgPath() == "time" {
		return nil
	}
	if fields, ok := f.structs[t.Name()]; ok {
		modelled = words(path + strings.Join(strings.Fields(fields), " "+path))
	}
	return f.foreign(t, modelled, path)
}

func element(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t
}

// refusal is why an input is not even looked at: a member that is not modelled, one that is missing, or a dry run.
func (c *check) refusal(op string, in any) error {
	v := reflect.ValueOf(in).Elem()
	if name := set(v, c.foreign); name != "" {
		return says.NotModelled.Error(op + "." + name)
	}
	for _, m := range c.required {
		if empty(v.Field(m.index)) {
			return says.MissingParameter.Error(m.name)
		}
	}
	if c.dryRun >= 0 {
		if dry, ok := v.Field(c.dryRun).Interface().(*bool); ok && dry != nil && *dry {
			return says.DryRunOperation.Error()
		}
	}
	return nil
}

// set names the first of some members that is set, "" when none is.
func set(v reflect.Value, members []member) string {
	for _, m := range members {
		field := v.Field(m.index)
		if empty(field) {
			continue
		}
		if m.inner == nil {
			return m.name
		}
		if name := setInside(field, m.inner); name != "" {
			return name
		}
	}
	return ""
}

func setInside(v reflect.Value, members []member) string {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		return setInside(v.Elem(), members)
	case reflect.Slice:
		for i := range v.Len() {
			if name := setInside(v.Index(i), members); name != "" {
				return name
			}
		}
		return ""
	}
	return set(v, members)
}

func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.String:
		return v.Len() == 0
	}
	return v.IsZero()
}

// metadata is where an output keeps its ResultMetadata.
func (c *check) metadata(out any) *middleware.Metadata {
	v := reflect.ValueOf(out).Elem()
	c.once.Do(func() {
		field, _ := v.Type().FieldByName("ResultMetadata")
		c.meta = field.Index[0]
	})
	return v.Field(c.meta).Addr().Interface().(*middleware.Metadata)
}
