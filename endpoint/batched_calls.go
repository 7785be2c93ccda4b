package endpoint

import (
	"context"
	"errors"
	"reflect"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/limit"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

const opCreate = "CreateVpcEndpoint"

// mostTurns bounds how often a throttled call is sent again.
const mostTurns = 20

// mostTime is how long a request may take, the client's retries included: one that gets no answer must not hold up those who share it.
const mostTime = 2 * time.Minute

// limited sends a request when its turn has come, and again when it was throttled; a create that has its turn already is sent once, since
// whoever took the turn wants to look before the next.
func limited[In, Out any](ctx context.Context, b *batched, op string, send func(context.Context, *In, ...func(*ec2.Options)) (*Out, error), in *In, opts []func(*ec2.Options)) (*Out, error) {
	for try := 1; ; try++ {
		turn := limit.Take(ctx, op)
		given := turn != nil
		if !given {
			var err error
			if turn, err = b.limits.Turn(ctx, op); err != nil {
				return nil, err
			}
		}
		out, err := b.sendOne(op, turn, func() (any, middleware.Metadata, error) {
			bounded, cancel := context.WithTimeout(ctx, mostTime)
			defer cancel()
			out, err := send(bounded, in, opts...)
			return out, metadata(out), err
		})
		if given || try == mostTurns || ctx.Err() != nil || !throttled(err) {
			return out.(*Out), err
		}
	}
}

// sendOne sends a request in its turn, and says what came of it.
func (b *batched) sendOne(op string, turn *limit.Turn, send func() (any, middleware.Metadata, error)) (any, error) {
	defer turn.Drop() // where it ends without an answer
	sent := time.Now()
	out, m, err := send()
	answer := came(m, err)
	turn.Done(answer)
	b.totals.call(answer == limit.Throttled, BatchReport{Op: op, Took: time.Since(sent), Queued: turn.Waited, Err: err})
	return out, err
}

func throttled(err error) bool {
	return err != nil && errors.Is(awserr.Of(err).Sentinel, privatelink.ErrThrottled)
}

// came says what an answer tells of AWS's limits.
func came(m middleware.Metadata, err error) limit.Answer {
	var refusal smithy.APIError
	switch {
	case throttled(err):
		return limit.Throttled
	case errors.Is(err, context.DeadlineExceeded):
		return limit.Cut
	case err != nil && !errors.As(err, &refusal):
		return limit.Other // no answer of AWS
	}
	tries, told := retry.GetAttemptResults(m)
	for _, try := range tries.Results {
		if throttled(try.Err) {
			return limit.Strained
		}
	}
	if told {
		return limit.Clear
	}
	return limit.Taken
}

// metadata is that of any operation's output.
func metadata(out any) middleware.Metadata {
	if v := reflect.ValueOf(out); !v.IsNil() {
		m, _ := v.Elem().FieldByName("ResultMetadata").Interface().(middleware.Metadata)
		return m
	}
	return middleware.Metadata{}
}

func (b *batched) CreateVpcEndpoint(ctx context.Context, in *ec2.CreateVpcEndpointInput, opts ...func(*ec2.Options)) (*ec2.CreateVpcEndpointOutput, error) {
	out, err := limited(ctx, b, opCreate, b.API.CreateVpcEndpoint, in, opts)
	if err == nil && out.VpcEndpoint != nil {
		b.remember([]types.VpcEndpoint{*out.VpcEndpoint})
	}
	return out, err
}

func (b *batched) ModifyVpcEndpoint(ctx context.Context, in *ec2.ModifyVpcEndpointInput, opts ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointOutput, error) {
	return limited(ctx, b, "ModifyVpcEndpoint", b.API.ModifyVpcEndpoint, in, opts)
}

func (b *batched) DeleteVpcEndpoints(ctx context.Context, in *ec2.DeleteVpcEndpointsInput, opts ...func(*ec2.Options)) (*ec2.DeleteVpcEndpointsOutput, error) {
	return limited(ctx, b, "DeleteVpcEndpoints", b.API.DeleteVpcEndpoints, in, opts)
}

func (b *batched) DescribeVpcEndpoints(ctx context.Context, in *ec2.DescribeVpcEndpointsInput, opts ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointsOutput, error) {
	return limited(ctx, b, "DescribeVpcEndpoints", b.API.DescribeVpcEndpoints, in, opts)
}

func (b *batched) DescribeNetworkInterfaces(ctx context.Context, in *ec2.DescribeNetworkInterfacesInput, opts ...func(*ec2.Options)) (*ec2.DescribeNetworkInterfacesOutput, error) {
	return limited(ctx, b, "DescribeNetworkInterfaces", b.API.DescribeNetworkInterfaces, in, opts)
}

func (b *batched) DescribeRouteTables(ctx context.Context, in *ec2.DescribeRouteTablesInput, opts ...func(*ec2.Options)) (*ec2.DescribeRouteTablesOutput, error) {
	return limited(ctx, b, "DescribeRouteTables", b.API.DescribeRouteTables, in, opts)
}

func (b *batched) CreateRoute(ctx context.Context, in *ec2.CreateRouteInput, opts ...func(*ec2.Options)) (*ec2.CreateRouteOutput, error) {
	return limited(ctx, b, "CreateRoute", b.API.CreateRoute, in, opts)
}

func (b *batched) ReplaceRoute(ctx context.Context, in *ec2.ReplaceRouteInput, opts ...func(*ec2.Options)) (*ec2.ReplaceRouteOutput, error) {
	return limited(ctx, b, "ReplaceRoute", b.API.ReplaceRoute, in, opts)
}

func (b *batched) DeleteRoute(ctx context.Context, in *ec2.DeleteRouteInput, opts ...func(*ec2.Options)) (*ec2.DeleteRouteOutput, error) {
	return limited(ctx, b, "DeleteRoute", b.API.DeleteRoute, in, opts)
}

func (b *batched) DescribePrefixLists(ctx context.Context, in *ec2.DescribePrefixListsInput, opts ...func(*ec2.Options)) (*ec2.DescribePrefixListsOutput, error) {
	return limited(ctx, b, "DescribePrefixLists", b.API.DescribePrefixLists, in, opts)
}

func (b *batched) DescribeVpcEndpointServices(ctx context.Context, in *ec2.DescribeVpcEndpointServicesInput, opts ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointServicesOutput, error) {
	return limited(ctx, b, "DescribeVpcEndpointServices", b.API.DescribeVpcEndpointServices, in, opts)
}

func (b *batched) DescribeVpcAttribute(ctx context.Context, in *ec2.DescribeVpcAttributeInput, opts ...func(*ec2.Options)) (*ec2.DescribeVpcAttributeOutput, error) {
	return limited(ctx, b, "DescribeVpcAttribute", b.API.DescribeVpcAttribute, in, opts)
}

func (b *batched) DescribeSubnets(ctx context.Context, in *ec2.DescribeSubnetsInput, opts ...func(*ec2.Options)) (*ec2.DescribeSubnetsOutput, error) {
	return limited(ctx, b, "DescribeSubnets", b.API.DescribeSubnets, in, opts)
}

func (b *batched) CreateTags(ctx context.Context, in *ec2.CreateTagsInput, opts ...func(*ec2.Options)) (*ec2.CreateTagsOutput, error) {
	return limited(ctx, b, "CreateTags", b.API.CreateTags, in, opts)
}
