//go:build onwire

package fake

import (
	"context"
	"reflect"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/smithy-go/middleware"
)

// With the build tag onwire every call of an account's methods takes the way of the SDK's clients on Account.Config: go test -tags onwire runs
// any test on the wire. Calls are not retried, since tests count them.

type rerouted struct{}

var sdkClients sync.Map // site → client

func throughClient[In, Out any](ctx context.Context, s site, op string, in *In) (*Out, error, bool) {
	if ctx.Value(rerouted{}) != nil || s.face == stsFace {
		return nil, nil, false
	}
	client, ok := sdkClients.Load(s)
	if !ok {
		client, _ = sdkClients.LoadOrStore(s, newClient(s))
	}
	ctx = context.WithValue(ctx, rerouted{}, true)
	result := reflect.ValueOf(client).MethodByName(op).Call([]reflect.Value{reflect.ValueOf(ctx), reflect.ValueOf(in)})
	err, _ := result[1].Interface().(error)
	return result[0].Interface().(*Out), err, true
}

func newClient(s site) any {
	cfg := s.cloud.account(s.account, s.region).Config()
	cfg.Retryer = func() aws.Retryer { return aws.NopRetryer{} }
	cfg.APIOptions = append(cfg.APIOptions, func(s *middleware.Stack) error {
		_, _ = s.Initialize.Remove("OperationInputValidation") // what is missing the fake says itself, as AWS does
		return nil
	})
	switch s.face {
	case ec2Face:
		return ec2.NewFromConfig(cfg)
	case route53Face:
		return route53.NewFromConfig(cfg)
	}
	return elb.NewFromConfig(cfg)
}
