package endpoint

import (
	"context"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/lag"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// query asks for endpoints: by ID, or by VPC and perhaps by declared name; wide: those that bear none as well; ours: those that bear any.
type query struct {
	ids        []string
	vpc, name  string
	wide, ours bool
}

// answer is what AWS says to one query: its own rows only.
type answer struct {
	endpoints []types.VpcEndpoint
	date      time.Time
	window    time.Duration
}

// reader carries every read and delete of this package, so that an API which merges those of many callers can bring its own.
type reader interface {
	endpoints(ctx context.Context, q query) (answer, error)
	interfaces(ctx context.Context, ids []string) ([]types.NetworkInterface, error)
	prefixLists(ctx context.Context, names []string) ([]types.PrefixList, error)
	remove(ctx context.Context, ids []string) ([]types.UnsuccessfulItem, error)
}

func readerOf(api API) reader {
	if r, ok := api.(reader); ok {
		return r
	}
	return direct{api}
}

// direct sends a request for each query.
type direct struct{ api API }

func (d direct) endpoints(ctx context.Context, q query) (a answer, err error) {
	in := &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: q.ids}
	if len(q.ids) > 1 { // one that is missing must not hide the others
		in.VpcEndpointIds = nil
		in.Filters = append(in.Filters, filter("vpc-endpoint-id", q.ids...))
	}
	if q.vpc != "" {
		in.Filters = append(in.Filters, filter("vpc-id", q.vpc))
	}
	if q.name != "" && !q.wide {
		in.Filters = append(in.Filters, filter("tag:"+privatelink.NameTag, q.name))
	}
	if q.ours {
		in.Filters = append(in.Filters, filter("tag-key", privatelink.NameTag))
	}
	a, err = d.all(ctx, in)
	if len(q.ids) == 1 && awserr.Of(err).Means == awserr.Missing {
		return answer{window: converge.Untold}, nil
	}
	return a, err
}

// pages reads all pages of what one filter lets through.
func (d direct) pages(ctx context.Context, by types.Filter) (answer, error) {
	return d.all(ctx, &ec2.DescribeVpcEndpointsInput{Filters: []types.Filter{by}})
}

func (d direct) all(ctx context.Context, in *ec2.DescribeVpcEndpointsInput) (a answer, err error) {
	ctx, window := lag.Listen(ctx, d.api)
	for pages := ec2.NewDescribeVpcEndpointsPaginator(d.api, in); pages.HasMorePages(); {
		out, err := pages.NextPage(ctx)
		if err != nil {
			return a, err
		}
		a.endpoints, a.window = append(a.endpoints, out.VpcEndpoints...), window()
		if at, ok := awsmiddleware.GetServerTime(out.ResultMetadata); ok && a.date.IsZero() {
			a.date = at // the first page's: what came later is not older
		}
	}
	return a, nil
}

// interfaces reads in one call and its pages. More IDs than a filter takes are picked here from all interfaces of endpoints in the Region.
func (d direct) interfaces(ctx context.Context, ids []string) (all []types.NetworkInterface, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	by := filter("network-interface-id", ids...)
	if len(ids) > maxFilterValues {
		by = filter("interface-type", "vpc_endpoint", "gateway_load_balancer_endpoint")
	}
	in := &ec2.DescribeNetworkInterfacesInput{Filters: []types.Filter{by}}
	for pages := ec2.NewDescribeNetworkInterfacesPaginator(d.api, in); pages.HasMorePages(); {
		out, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, out.NetworkInterfaces...)
	}
	wanted := map[string]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	return slices.DeleteFunc(all, func(n types.NetworkInterface) bool { return !wanted[aws.ToString(n.NetworkInterfaceId)] }), nil
}

func (d direct) prefixLists(ctx context.Context, names []string) (all []types.PrefixList, err error) {
	in := &ec2.DescribePrefixListsInput{Filters: []types.Filter{filter("prefix-list-name", names...)}}
	for pages := ec2.NewDescribePrefixListsPaginator(d.api, in); pages.HasMorePages(); {
		out, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, out.PrefixLists...)
	}
	return all, nil
}

func (d direct) remove(ctx context.Context, ids []string) ([]types.UnsuccessfulItem, error) {
	out, err := d.api.DeleteVpcEndpoints(ctx, &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: ids})
	if err != nil {
		return nil, err
	}
	return out.Unsuccessful, nil
}

// maxFilterValues keeps a call below the 200 filter values that AWS takes.
const maxFilterValues = 199

func filter(name string, values ...string) types.Filter {
	return types.Filter{Name: aws.String(name), Values: values}
}
