package fake

import (
	"context"
	"reflect"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/wire"
)

// wired is a face on the wire.
type wired struct {
	*wire.Service
	ops map[string]operationOnWire
}

// operationOnWire is a method of a face: the type of its input, and how to call it for an account. Its output is a pointer to the SDK's struct.
type operationOnWire struct {
	input reflect.Type
	call  func(ctx context.Context, a *Account, in any) (any, error)
}

// wires are the faces, by the name under which requests to them are signed. What operations they have is generated: reflection over methods
// would keep every method of every type in the binaries of the tests that use this package.
var wires = map[string]*wired{
	"ec2":                  {wire.Services["ec2"], ec2Operations},
	"route53":              {wire.Services["route53"], route53Operations},
	"elasticloadbalancing": {wire.Services["elasticloadbalancing"], elbOperations},
	"sts":                  {wire.Services["sts"], map[string]operationOnWire{"GetCallerIdentity": onWire((*Account).identity, (*identity).GetCallerIdentity)}},
}

// onWire makes an operation of a method of a face.
func onWire[Face, In, Out, Options any](face func(*Account) Face, run func(Face, context.Context, *In, ...func(*Options)) (*Out, error)) operationOnWire {
	return operationOnWire{reflect.TypeFor[In](), func(ctx context.Context, a *Account, in any) (any, error) {
		return run(face(a), ctx, in.(*In))
	}}
}

// input is the type of an operation's input struct.
func (w *wired) input(op string) (reflect.Type, bool) {
	o, ok := w.ops[op]
	return o.input, ok
}

func (a *Account) ec2() *EC2         { return a.EC2 }
func (a *Account) route53() *Route53 { return a.Route53 }
