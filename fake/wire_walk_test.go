package fake_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/smithy-go/middleware"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// clients are the SDK's clients for the faces, in their order.
func clients(cfg aws.Config) []any {
	return []any{ec2.NewFromConfig(cfg), route53.NewFromConfig(cfg), elb.NewFromConfig(cfg)}
}

// eachOnTheWire calls f with every operation of every face, as a method of the SDK's client.
func eachOnTheWire(t *testing.T, a *fake.Account, f func(t *testing.T, name string, op reflect.Value)) {
	of := clients(a.Config())
	for i, face := range faces(a) {
		v := reflect.ValueOf(face)
		for j := range v.NumMethod() {
			if v.Method(j).Type().IsVariadic() {
				name := v.Type().Method(j).Name
				t.Run(name, func(t *testing.T) { f(t, name, reflect.ValueOf(of[i]).MethodByName(name)) })
			}
		}
	}
}

// TestEveryMemberGoesOverTheWire sends each operation with all members set through the SDK's client, modelled ones and others: the engine
// sees what went in, and the client gets all members of what the engine answers.
func TestEveryMemberGoesOverTheWire(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	var seen, answer any
	c.Before = func(_ context.Context, call *fake.Call) error {
		seen = call.Input
		return nil
	}
	c.After = func(_ context.Context, call *fake.Call) error {
		call.Err, call.Output = nil, answer
		return nil
	}
	eachOnTheWire(t, c.Account("111111111111"), func(t *testing.T, _ string, op reflect.Value) {
		for _, pattern := range []*values{{length: 1}, {length: 3}, {length: 3, odd: true}} {
			in, out := reflect.New(op.Type().In(1).Elem()), reflect.New(op.Type().Out(0).Elem())
			pattern.fill(in.Elem())
			pattern.fill(out.Elem())
			answer = out.Interface()
			got, err := invoke(t, op, in)
			require.NoError(t, err)
			require.Equal(t, in.Interface(), seen)
			got.Elem().FieldByName("ResultMetadata").SetZero()
			require.Equal(t, out.Interface(), got.Interface())
		}
	})
}

// TestAbsentIsNotEmptyOnTheWire does the same with members that are absent, and with lists that are empty.
func TestAbsentIsNotEmptyOnTheWire(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	var answer any
	c.After = func(_ context.Context, call *fake.Call) error {
		call.Err, call.Output = nil, answer
		return nil
	}
	eachOnTheWire(t, c.Account("111111111111"), func(t *testing.T, _ string, op reflect.Value) {
		in := reflect.New(op.Type().In(1).Elem())
		(&values{length: 1}).fill(in.Elem())
		for _, pattern := range []*values{nil, {}} {
			out := reflect.New(op.Type().Out(0).Elem())
			if pattern != nil {
				pattern.fill(out.Elem())
			}
			answer = out.Interface()
			got, err := invoke(t, op, in)
			require.NoError(t, err)
			got.Elem().FieldByName("ResultMetadata").SetZero()
			require.Equal(t, out.Interface(), got.Interface())
		}
	})
}

// values fills structs: every value is another one, lists have a length.
type values struct {
	length int
	odd    bool // texts have characters that forms and XML must escape
	n      int
}

func (f *values) fill(v reflect.Value) {
	f.n++
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), f.length, f.length))
		for i := range v.Len() {
			f.fill(v.Index(i))
		}
	case reflect.Struct:
		f.members(v)
	case reflect.String:
		v.SetString(f.text())
	case reflect.Bool:
		v.SetBool(f.n%2 == 0)
	case reflect.Int32, reflect.Int64:
		v.SetInt(int64(f.n))
	case reflect.Float64:
		v.SetFloat(float64(f.n) / 4)
	}
}

func (f *values) text() string {
	if f.odd {
		return fmt.Sprintf(" %d\t<a href=\"x\">&amp;é世界+%%20;\r\n' ", f.n)
	}
	return fmt.Sprint("v", f.n)
}

func (f *values) members(v reflect.Value) {
	switch v.Type() {
	case reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Date(2026, 1, 2, 3, 4, 5, f.n*int(time.Millisecond), time.UTC)))
		return
	case reflect.TypeFor[middleware.Metadata]():
		return
	}
	for i := range v.NumField() {
		switch field := v.Field(i); {
		case !field.CanSet():
		case v.Type().Field(i).Name == "Location": // a header, which is trimmed
			field.Set(reflect.ValueOf(aws.String(fmt.Sprint("https://", f.n))))
		default:
			f.fill(field)
		}
	}
}
