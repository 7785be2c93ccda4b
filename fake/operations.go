package fake

import (
	"context"
	"reflect"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/wire"
)

// wired is a face on the wire: what is a method of the face is an operation there, too.
type wired struct {
	*wire.Service
	of  func(*Account) reflect.Value
	ops map[string]wiredOp
}

type wiredOp struct {
	method int
	input  reflect.Type
}

// wires are the faces, by the name under which requests to them are signed.
var wires = map[string]*wired{
	"ec2":                  newWired("ec2", func(a *Account) reflect.Value { return reflect.ValueOf(a.EC2) }),
	"route53":              newWired("route53", func(a *Account) reflect.Value { return reflect.ValueOf(a.Route53) }),
	"elasticloadbalancing": newWired("elasticloadbalancing", func(a *Account) reflect.Value { return reflect.ValueOf(a.elb) }),
	"sts": newWired("sts", func(a *Account) reflect.Value {
		return reflect.ValueOf(&identity{site{cloud: a.cloud, face: stsFace, account: a.ID, region: a.Region}})
	}),
}

func newWired(name string, of func(*Account) reflect.Value) *wired {
	w := &wired{Service: wire.Services[name], of: of, ops: map[string]wiredOp{}}
	t := of(&Account{}).Type()
	for i := range t.NumMethod() {
		if m := t.Method(i); m.Type.IsVariadic() {
			w.ops[m.Name] = wiredOp{i, m.Type.In(2).Elem()}
		}
	}
	return w
}

// input is the type of an operation's input struct.
func (w *wired) input(op string) (reflect.Type, bool) {
	o, ok := w.ops[op]
	return o.input, ok
}

// call calls an operation; its output is a pointer to the SDK's struct.
func (w *wired) call(ctx context.Context, a *Account, op string, in any) (out any, err error) {
	result := w.of(a).Method(w.ops[op].method).Call([]reflect.Value{reflect.ValueOf(ctx), reflect.ValueOf(in)})
	err, _ = result[1].Interface().(error)
	return result[0].Interface(), err
}
