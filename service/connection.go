package service

import (
	"context"
	"iter"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/internal/lag"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Connection is a consumer's endpoint as the provider sees it.
type Connection struct {
	EndpointID string
	Owner      string // the consumer's account
	Region     string // of the consumer, "" where AWS does not say
	State      privatelink.State
	CreatedAt  time.Time
}

// live tells whether AWS refuses to delete the service because of it.
func (c Connection) live() bool {
	return c.State.Is(privatelink.Available) || c.State.Is(privatelink.Pending) || c.State.Is(privatelink.PendingAcceptance)
}

// Connections gives every connection of a service, in all states that AWS lists, which include rejected and deleted ones for a while. A new
// connection may take a moment to appear. The sequence ends at the first error.
func Connections(ctx context.Context, api API, serviceID string) iter.Seq2[Connection, error] {
	return func(yield func(Connection, error) bool) {
		if err := checkID("list connections of", api, serviceID); err != nil {
			yield(Connection{}, err)
			return
		}
		for c, err := range listed(ctx, api, serviceID) {
			if err != nil {
				yield(Connection{}, fail("list connections of", serviceID, err))
				return
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

// listed gives the connections of a service page by page.
func listed(ctx context.Context, api API, serviceID string, narrow ...types.Filter) iter.Seq2[Connection, error] {
	return func(yield func(Connection, error) bool) {
		in := &ec2.DescribeVpcEndpointConnectionsInput{Filters: append([]types.Filter{filter("service-id", serviceID)}, narrow...)}
		for pages := ec2.NewDescribeVpcEndpointConnectionsPaginator(api, in); pages.HasMorePages(); {
			out, err := pages.NextPage(ctx)
			if err != nil {
				yield(Connection{}, err)
				return
			}
			for _, c := range out.VpcEndpointConnections {
				if aws.ToString(c.ServiceId) == serviceID && !yield(connection(c), nil) {
					return
				}
			}
		}
	}
}

// all gives every connection of a service that the filters let through, and how far behind the list may be.
func all(ctx context.Context, api API, serviceID string, narrow ...types.Filter) (out []Connection, _ time.Duration, err error) {
	ctx, window := lag.Listen(ctx, api)
	for c, err := range listed(ctx, api, serviceID, narrow...) {
		if err != nil {
			return nil, window(), err
		}
		out = append(out, c)
	}
	return out, window(), nil
}

func connection(c types.VpcEndpointConnection) Connection {
	return Connection{
		EndpointID: aws.ToString(c.VpcEndpointId), Owner: aws.ToString(c.VpcEndpointOwner), Region: aws.ToString(c.VpcEndpointRegion),
		State: privatelink.ParseState(string(c.VpcEndpointState)), CreatedAt: aws.ToTime(c.CreationTimestamp),
	}
}

// noun is the kind in errors about a service whose kind is not known.
const noun = "endpoint service"

func checkID(op string, api API, serviceID string) error {
	var p declare.Problems
	p.API(api)
	p.ID("the service", "vpce-svc", serviceID)
	return p.Error(op, noun, serviceID)
}

func fail(op, serviceID string, err error) error {
	return &privatelink.Error{Op: op, Kind: noun, ID: serviceID, Sentinel: awserr.Of(err).Sentinel, Err: err}
}
