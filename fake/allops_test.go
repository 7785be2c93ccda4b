package fake_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// faces are the three faces of an account whose exported methods with a context are all operations.
func faces(a *fake.Account) []any { return []any{a.EC2, a.Route53, a.LoadBalancing()} }

// eachOperation calls f with every operation of every face.
func eachOperation(t *testing.T, a *fake.Account, f func(t *testing.T, name string, op reflect.Value)) {
	for _, face := range faces(a) {
		v := reflect.ValueOf(face)
		for i := range v.NumMethod() {
			if v.Method(i).Type().IsVariadic() {
				t.Run(v.Type().Method(i).Name, func(t *testing.T) { f(t, v.Type().Method(i).Name, v.Method(i)) })
			}
		}
	}
}

func invoke(t testing.TB, op, in reflect.Value) (reflect.Value, error) {
	out := op.Call([]reflect.Value{reflect.ValueOf(t.Context()), in})
	err, _ := out[1].Interface().(error)
	return out[0], err
}

func TestEveryOperationTakesNilAndEmpty(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	eachOperation(t, c.Account("111111111111"), func(t *testing.T, _ string, op reflect.Value) {
		in := op.Type().In(1)
		for _, v := range []reflect.Value{reflect.Zero(in), reflect.New(in.Elem())} {
			out, err := invoke(t, op, v)
			require.Equal(t, err == nil, !out.IsNil())
		}
	})
}

// TestUnmodelledMembersAreNamed sets one member of each input at a time: it must be understood or named as not modelled, never ignored by
// an unknown error.
func TestUnmodelledMembersAreNamed(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	unmodelled := 0
	eachOperation(t, c.Account("111111111111"), func(t *testing.T, name string, op reflect.Value) {
		in := op.Type().In(1).Elem()
		for i := range in.NumField() {
			if !in.Field(i).IsExported() {
				continue
			}
			v := reflect.New(in)
			fill(v.Elem().Field(i))
			if _, err := invoke(t, op, v); err != nil && strings.Contains(err.Error(), "is not modelled") {
				unmodelled++
				require.ErrorContains(t, err, "UnsupportedOperation: fake: "+name+"."+in.Field(i).Name)
			}
		}
	})
	require.Positive(t, unmodelled)
}

// fill gives a value something that is not zero, all the way down.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i))
			}
		}
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(1)
	case reflect.Float64:
		v.SetFloat(1)
	}
}
