package fake_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// filler turns bytes into the input of any operation: nil and empty members and elements included, words that mean something in the world,
// and any others. When the bytes end all is nil.
type filler struct {
	data    []byte
	words   []string
	foreign map[string]bool // paths of members that are not modelled: left alone
}

func (f *filler) next() byte {
	if len(f.data) == 0 {
		return 0
	}
	b := f.data[0]
	f.data = f.data[1:]
	return b
}

// fill fills a value; path is where it stands in the input.
func (f *filler) fill(v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.Pointer:
		if f.next()%4 != 0 {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem(), path)
		}
	case reflect.Slice:
		f.slice(v, path)
	case reflect.Struct:
		f.members(v, path)
	case reflect.String:
		v.SetString(f.word(v))
	case reflect.Bool:
		v.SetBool(f.next()%2 == 0)
	case reflect.Int32, reflect.Int64:
		v.SetInt(numbers[int(f.next())%len(numbers)])
	case reflect.Float64:
		v.SetFloat(float64(f.next()) - 1)
	}
}

var numbers = []int64{0, 1, -1, 2, 5, 60, 100, 300, 1000, 1 << 31 >> 1, -1 << 31}

// slice makes nil, an empty one, or up to three elements.
func (f *filler) slice(v reflect.Value, path string) {
	n := int(f.next()%5) - 1
	if n < 0 {
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), n, n))
	for i := range n {
		f.fill(v.Index(i), path)
	}
}

func (f *filler) members(v reflect.Value, path string) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		return
	}
	for i := range v.NumField() {
		name := path + "." + v.Type().Field(i).Name
		if v.Field(i).CanSet() && !f.foreign[name] && f.next()%3 != 0 {
			f.fill(v.Field(i), name)
		}
	}
}

// word is a word of the world, one of the type's values where it has some, or bytes as they come.
func (f *filler) word(v reflect.Value) string {
	b := f.next()
	if values := v.MethodByName("Values"); values.IsValid() && b%2 == 0 {
		all := values.Call(nil)[0]
		return fmt.Sprint(all.Index(int(f.next()) % all.Len()))
	}
	if b < 200 {
		return f.words[int(f.next())%len(f.words)]
	}
	n := min(int(b-200)%9, len(f.data))
	text := string(f.data[:n])
	f.data = f.data[n:]
	return text
}

// unmodelled finds the members of an operation's input that the fake refuses as not modelled, at any depth.
func unmodelled(t testing.TB, name string, op reflect.Value) map[string]bool {
	out := map[string]bool{}
	for {
		in := reflect.New(op.Type().In(1).Elem())
		f := &filler{data: []byte(strings.Repeat("\x02", 500)), words: []string{"x"}, foreign: out}
		f.members(in.Elem(), name)
		_, err := invoke(t, op, in)
		path, ok := refusedMember(err)
		if !ok {
			return out
		}
		out[path] = true
	}
}

func refusedMember(err error) (string, bool) {
	if err == nil {
		return "", false
	}
	_, rest, _ := strings.Cut(err.Error(), "fake: ")
	return strings.CutSuffix(rest, " is not modelled")
}
