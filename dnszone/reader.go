package dnszone

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/aws/smithy-go/middleware"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/lag"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// asOf says how current an answer is: AWS's clock, and how far behind it may be.
type asOf struct {
	date   time.Time
	window time.Duration
}

// untold is for an answer that says nothing of it.
var untold = asOf{window: converge.Untold}

// and adds a further answer, or page: the oldest date and the longest window count.
func (a asOf) and(b asOf) asOf {
	if a.date.IsZero() {
		a.date = b.date
	}
	a.window = max(a.window, b.window)
	return a
}

// reader carries every read of this package, so that an API which merges those of many callers can bring its own. A zone that is not there is
// absent from the answer, and no error.
type reader interface {
	// named gives the account's zones of exactly this canonical name, public and private.
	named(ctx context.Context, name string) ([]types.HostedZone, asOf, error)
	zone(ctx context.Context, id string) (*route53.GetHostedZoneOutput, asOf, error)
	sets(ctx context.Context, id string) (all []types.ResourceRecordSet, listed bool, at asOf, err error)
	serving(ctx context.Context, v VPC) ([]types.HostedZoneSummary, error)
	change(ctx context.Context, id string) (types.ChangeStatus, asOf, error)
	tags(ctx context.Context, id string) (tags privatelink.Tags, listed bool, at asOf, err error)
	// authorized gives the VPCs of other accounts that may be associated with a zone.
	authorized(ctx context.Context, id string) (all []VPC, listed bool, at asOf, err error)
}

func readerOf(api API) reader {
	if r, ok := api.(reader); ok {
		return r
	}
	return direct{api}
}

// direct sends a request for each read.
type direct struct{ api API }

// listen is a context for calls, and what their answers tell of how current they are.
func (d direct) listen(ctx context.Context) (context.Context, func(middleware.Metadata) asOf) {
	ctx, window := lag.Listen(ctx, d.api)
	return ctx, func(m middleware.Metadata) asOf {
		date, _ := awsmiddleware.GetServerTime(m)
		return asOf{date, window()}
	}
}

// named lists from the name on: what it is given is where to start, and the first other name ends it.
func (d direct) named(ctx context.Context, name string) (all []types.HostedZone, at asOf, err error) {
	ctx, told := d.listen(ctx)
	in := &route53.ListHostedZonesByNameInput{DNSName: aws.String(name)}
	for at = untold; ; {
		out, err := patiently(ctx, d.api.ListHostedZonesByName, in)
		if err != nil {
			return nil, at, err
		}
		at = at.and(told(out.ResultMetadata))
		for _, z := range out.HostedZones {
			if canonicalOrSelf(aws.ToString(z.Name)) != name {
				return all, at, nil
			}
			all = append(all, z)
		}
		if !out.IsTruncated || canonicalOrSelf(aws.ToString(out.NextDNSName)) != name {
			return all, at, nil
		}
		in = &route53.ListHostedZonesByNameInput{DNSName: out.NextDNSName, HostedZoneId: out.NextHostedZoneId}
	}
}

func (d direct) zone(ctx context.Context, id string) (*route53.GetHostedZoneOutput, asOf, error) {
	ctx, told := d.listen(ctx)
	out, err := patiently(ctx, d.api.GetHostedZone, &route53.GetHostedZoneInput{Id: aws.String(id)})
	switch {
	case awserr.Of(err).Means == awserr.Missing:
		return nil, untold, nil
	case err != nil || out.HostedZone == nil:
		return nil, untold, err
	}
	return out, told(out.ResultMetadata), nil
}

func (d direct) sets(ctx context.Context, id string) (all []types.ResourceRecordSet, listed bool, at asOf, err error) {
	ctx, told := d.listen(ctx)
	in := &route53.ListResourceRecordSetsInput{HostedZoneId: aws.String(id)}
	for at = untold; ; {
		out, err := patiently(ctx, d.api.ListResourceRecordSets, in)
		switch {
		case awserr.Of(err).Means == awserr.Missing:
			return nil, false, at, nil
		case err != nil:
			return nil, false, at, err
		}
		at = at.and(told(out.ResultMetadata))
		all = append(all, out.ResourceRecordSets...)
		if !out.IsTruncated {
			return all, true, at, nil
		}
		if aws.ToString(out.NextRecordName) == "" {
			return nil, false, at, errors.New("AWS cut a list of records without saying where it goes on: call again")
		}
		in = &route53.ListResourceRecordSetsInput{HostedZoneId: in.HostedZoneId, StartRecordName: out.NextRecordName,
			StartRecordType: out.NextRecordType, StartRecordIdentifier: out.NextRecordIdentifier}
	}
}

func (d direct) serving(ctx context.Context, v VPC) (all []types.HostedZoneSummary, err error) {
	in := &route53.ListHostedZonesByVPCInput{VPCId: aws.String(v.ID), VPCRegion: types.VPCRegion(v.Region)}
	for {
		out, err := patiently(ctx, d.api.ListHostedZonesByVPC, in)
		if err != nil {
			return nil, err
		}
		all = append(all, out.HostedZoneSummaries...)
		if aws.ToString(out.NextToken) == "" {
			return all, nil
		}
		next := *in
		next.NextToken = out.NextToken
		in = &next
	}
}

// change gives PENDING for a change that is not known yet.
func (d direct) change(ctx context.Context, id string) (types.ChangeStatus, asOf, error) {
	ctx, told := d.listen(ctx)
	out, err := patiently(ctx, d.api.GetChange, &route53.GetChangeInput{Id: aws.String(id)})
	switch {
	case awserr.Code(err) == "NoSuchChange":
		return types.ChangeStatusPending, untold, nil
	case err != nil || out.ChangeInfo == nil:
		return types.ChangeStatusPending, untold, err
	}
	return out.ChangeInfo.Status, told(out.ResultMetadata), nil
}

func (d direct) tags(ctx context.Context, id string) (privatelink.Tags, bool, asOf, error) {
	ctx, told := d.listen(ctx)
	out, err := patiently(ctx, d.api.ListTagsForResource, &route53.ListTagsForResourceInput{
		ResourceId: aws.String(id), ResourceType: types.TagResourceTypeHostedzone})
	switch {
	case awserr.Of(err).Means == awserr.Missing:
		return nil, false, untold, nil
	case err != nil:
		return nil, false, untold, err
	}
	tags := privatelink.Tags{}
	if out.ResourceTagSet != nil {
		for _, t := range out.ResourceTagSet.Tags {
			tags[aws.ToString(t.Key)] = aws.ToString(t.Value)
		}
	}
	return tags, true, told(out.ResultMetadata), nil
}

func (d direct) authorized(ctx context.Context, id string) (all []VPC, listed bool, at asOf, err error) {
	ctx, told := d.listen(ctx)
	in := &route53.ListVPCAssociationAuthorizationsInput{HostedZoneId: aws.String(id)}
	for at = untold; ; {
		out, err := patiently(ctx, d.api.ListVPCAssociationAuthorizations, in)
		switch {
		case awserr.Of(err).Means == awserr.Missing:
			return nil, false, at, nil
		case err != nil:
			return nil, false, at, err
		}
		at = at.and(told(out.ResultMetadata))
		all = append(all, vpcsOf(out.VPCs)...)
		if aws.ToString(out.NextToken) == "" {
			slices.SortFunc(all, VPC.compare)
			return all, true, at, nil
		}
		in = &route53.ListVPCAssociationAuthorizationsInput{HostedZoneId: in.HostedZoneId, NextToken: out.NextToken}
	}
}
