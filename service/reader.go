package service

import (
	"cmp"
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

// query asks for services: by ID, by declared name, or (ours) those that bear any; the zero query asks for all.
type query struct {
	ids  []string
	name string
	ours bool
}

// answer is what AWS says to one query.
type answer struct {
	services []types.ServiceConfiguration
	date     time.Time
	window   time.Duration
}

// reader carries the reads of services, all pages of each.
type reader struct{ api API }

func (r reader) services(ctx context.Context, q query) (a answer, err error) {
	in := &ec2.DescribeVpcEndpointServiceConfigurationsInput{}
	switch {
	case len(q.ids) == 1:
		in.ServiceIds = q.ids
	case len(q.ids) > 1: // one that is missing must not hide the others
		in.Filters = []types.Filter{filter("service-id", q.ids...)}
	case q.name != "":
		in.Filters = []types.Filter{filter("tag:"+privatelink.NameTag, q.name)}
	case q.ours:
		in.Filters = []types.Filter{filter("tag-key", privatelink.NameTag)}
	}
	ctx, window := lag.Listen(ctx, r.api)
	for pages := ec2.NewDescribeVpcEndpointServiceConfigurationsPaginator(r.api, in); pages.HasMorePages(); {
		out, err := pages.NextPage(ctx)
		if len(q.ids) == 1 && awserr.Of(err).Means == awserr.Missing {
			return answer{window: converge.Untold}, nil
		}
		if err != nil {
			return a, err
		}
		a.services, a.window = append(a.services, out.ServiceConfigurations...), window()
		if at, ok := awsmiddleware.GetServerTime(out.ResultMetadata); ok && a.date.IsZero() {
			a.date = at
		}
	}
	return a, nil
}

func (r reader) principals(ctx context.Context, id string) (all []string, err error) {
	in := &ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: aws.String(id)}
	for pages := ec2.NewDescribeVpcEndpointServicePermissionsPaginator(r.api, in); pages.HasMorePages(); {
		out, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, p := range out.AllowedPrincipals {
			all = append(all, aws.ToString(p.Principal))
		}
	}
	return all, nil
}

// notifications are those of a service, of every topic, by ID.
func (r reader) notifications(ctx context.Context, id string) (out converge.Rows[Notification], err error) {
	out.Sent = time.Now()
	ctx, window := lag.Listen(ctx, r.api)
	in := &ec2.DescribeVpcEndpointConnectionNotificationsInput{Filters: []types.Filter{filter("service-id", id)}}
	for pages := ec2.NewDescribeVpcEndpointConnectionNotificationsPaginator(r.api, in); pages.HasMorePages(); {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return out, err
		}
		for _, n := range page.ConnectionNotificationSet {
			if aws.ToString(n.ServiceId) == id {
				out.Rows = append(out.Rows, notified(n))
			}
		}
		out.Window = window()
		if at, ok := awsmiddleware.GetServerTime(page.ResultMetadata); ok && out.Date.IsZero() {
			out.Date = at
		}
	}
	slices.SortFunc(out.Rows, func(a, b converge.Row[Notification]) int { return cmp.Compare(a.ID, b.ID) })
	return out, nil
}

func filter(name string, values ...string) types.Filter {
	return types.Filter{Name: aws.String(name), Values: values}
}
