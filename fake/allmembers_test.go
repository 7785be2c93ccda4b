package fake_test

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// TestEveryMemberIsModelledOrListed walks the SDK's input types: a member that the fake refuses as not modelled is in
// testdata/not_modelled.txt. A member that a new version of the SDK brings is refused, and shows up here.
func TestEveryMemberIsModelledOrListed(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	var refused []string
	eachOperation(t, c.Account("111111111111"), func(t *testing.T, name string, op reflect.Value) {
		in := op.Type().In(1).Elem()
		for _, path := range leaves(in, nil) {
			v := reflect.New(in)
			setLeaf(v.Elem(), path)
			_, err := invoke(t, op, v)
			if err == nil {
				continue
			}
			_, said, _ := strings.Cut(err.Error(), "UnsupportedOperation: fake: ")
			if member, ok := strings.CutSuffix(said, " is not modelled"); ok && strings.HasPrefix(name+"."+dotted(in, path)+".", member+".") {
				refused = append(refused, member)
			}
		}
	})
	slices.Sort(refused)
	refused = slices.Compact(refused)
	want, err := os.ReadFile("testdata/not_modelled.txt")
	require.NoError(t, err)
	require.Equal(t, strings.Fields(string(want)), refused)
}

// leaves are the paths, by field numbers, to all members of an input that hold a value.
func leaves(t reflect.Type, path []int) (out [][]int) {
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() {
			continue
		}
		at := append(slices.Clip(path), i)
		if s := bare(f.Type); s.Kind() == reflect.Struct && s.PkgPath() != "time" {
			out = append(out, leaves(s, at)...)
			continue
		}
		out = append(out, at)
	}
	return out
}

// bare is what a type holds, without pointers and slices.
func bare(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t
}

func dotted(t reflect.Type, path []int) string {
	var names []string
	for _, i := range path {
		f := t.Field(i)
		names, t = append(names, f.Name), bare(f.Type)
	}
	return strings.Join(names, ".")
}

// setLeaf gives one member a value that is not zero, making what leads to it.
func setLeaf(v reflect.Value, path []int) {
	for _, i := range path[:len(path)-1] {
		v = inside(v.Field(i))
	}
	fill(v.Field(path[len(path)-1]))
}

func inside(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return inside(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		return inside(v.Index(0))
	}
	return v
}
