package wire

import (
	"bytes"
	"encoding/xml"
	"reflect"
	"strconv"
	"time"
)

// moment is how AWS writes times.
const moment = "2006-01-02T15:04:05.000Z"

// encoder writes the SDK's output structs as XML.
type encoder struct {
	bytes.Buffer
	table *table
}

// members writes the members of a struct that are in the body.
func (e *encoder) members(v reflect.Value) {
	p := e.table.plan("<", v.Type())
	for i := range p.fields {
		if f := &p.fields[i]; f.place == 0 {
			e.member(v.Field(f.index), f)
		}
	}
}

// member writes a member unless it is nil or, for one that cannot be, empty.
func (e *encoder) member(v reflect.Value, f *field) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			e.element(v.Elem(), f.name)
		}
	case reflect.Slice:
		if v.IsNil() {
			return
		}
		name := f.item
		if name == "" {
			name = f.name
		} else {
			e.open(f.name)
		}
		for i := range v.Len() {
			e.element(v.Index(i), name)
		}
		if f.item != "" {
			e.close(f.name)
		}
	case reflect.String, reflect.Map:
		if v.Len() > 0 {
			e.element(v, f.name)
		}
	default:
		e.element(v, f.name)
	}
}

// element writes one value with its name around it.
func (e *encoder) element(v reflect.Value, name string) {
	e.open(name)
	if v.Kind() == reflect.Struct && v.Type() != timeType {
		e.members(v)
	} else {
		e.text(scalarText(v))
	}
	e.close(name)
}

func (e *encoder) open(name string) {
	e.WriteByte('<')
	e.WriteString(name)
	e.WriteByte('>')
}

func (e *encoder) close(name string) {
	e.WriteString("</")
	e.WriteString(name)
	e.WriteByte('>')
}

// tag writes an element that holds nothing but text.
func (e *encoder) tag(name, text string) {
	e.open(name)
	e.text(text)
	e.close(name)
}

func (e *encoder) text(s string) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '<' || c == '>' || c == '&' || c == '"' || c == '\'' {
			_ = xml.EscapeText(e, []byte(s)) // a buffer takes everything
			return
		}
	}
	e.WriteString(s)
}

func scalarText(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float32, reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, v.Type().Bits())
	case reflect.Struct:
		return v.Interface().(time.Time).UTC().Format(moment)
	}
	panic("fake: no member of an output may have the type " + v.Type().String())
}
