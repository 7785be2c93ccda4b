package endpoint

import (
	"context"
	"errors"
	"maps"
	"regexp"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/internal/tagging"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// common is what the declarations of all kinds of endpoints share.
type common struct {
	kind    Kind
	noun    string // as errors and plans name the kind
	name    string
	vpc     string
	tags    privatelink.Tags
	adopted string // the ID of an endpoint to take over
}

// tag sets one declared tag, in a map of its own.
func (c *common) tag(key, value string) {
	c.tags = maps.Clone(c.tags)
	if c.tags == nil {
		c.tags = privatelink.Tags{}
	}
	c.tags[key] = value
}

// kind is the part of a converge.Kind that all kinds of endpoints share, for one call of a verb.
type kind struct {
	common
	api API
}

func (k *kind) API() any { return k.api }

// Adopted is the ID of an endpoint to take over, "" for none.
func (k *kind) Adopted() string { return k.adopted }

func (k *kind) Ident() converge.Ident {
	return converge.Ident{Kind: k.noun, Name: k.name, Scope: k.vpc}
}

func (k *kind) Pace() poll.Pace { return paceOf(k.api) }

// paceOf is the policy of a wait: its own, or one that is shared.
func paceOf(api API) poll.Pace {
	p := poll.Endpoints
	if b, ok := api.(*batched); ok {
		p.Shared = &b.waits
	}
	return p
}

func (k *kind) identity() declare.Problems {
	var p declare.Problems
	p.Name(k.name)
	p.ID("the VPC", "vpc", k.vpc)
	if k.adopted != "" {
		p.ID("the endpoint to adopt", "vpce", k.adopted)
	}
	return p
}

func (k *kind) Look(ctx context.Context, wide bool) (converge.Rows[Endpoint], error) {
	q := query{vpc: k.vpc, name: k.name, wide: wide}
	return k.rows(ctx, q, func(e *Endpoint) bool {
		nameless := wide && !e.State.Alive() && e.Name == ""
		return e.Kind == k.kind && e.VPC == k.vpc && (e.Name == k.name || nameless)
	})
}

func (k *kind) Read(ctx context.Context, ids ...string) (converge.Rows[Endpoint], error) {
	return k.rows(ctx, query{ids: ids}, func(e *Endpoint) bool { return slices.Contains(ids, e.ID) })
}

func (k *kind) rows(ctx context.Context, q query, ours func(*Endpoint) bool) (converge.Rows[Endpoint], error) {
	a, err := readerOf(k.api).endpoints(ctx, q)
	out := converge.Rows[Endpoint]{Date: a.date, Window: a.window}
	for i := range a.endpoints {
		if e := snapshot(&a.endpoints[i], regionOf(k.api)); ours(e) {
			out.Rows = append(out.Rows, row(e))
		}
	}
	return out, err
}

func row(e *Endpoint) converge.Row[Endpoint] {
	r := converge.Row[Endpoint]{ID: e.ID, Name: e.Name, State: e.State, Created: e.CreatedAt, Snap: e}
	if e.LastError != "" {
		r.Err = errors.New(e.LastError)
	}
	return r
}

// regionOf gives the Region of a client that tells, "" for one that does not.
func regionOf(api API) string {
	if c, ok := api.(interface{ Options() ec2.Options }); ok {
		return c.Options().Region
	}
	return ""
}

func (k *kind) Mark(e *Endpoint, outcome privatelink.Outcome, waiting string) {
	e.Outcome, e.Waiting, e.Ready = outcome, waiting, waiting == "" && e.State.Is(privatelink.Available)
}

func (k *kind) Ready(e *Endpoint) string { return waiting(e.State) }

// waiting says what a state waits for.
func waiting(s State) string {
	switch {
	case s.Is(privatelink.Available), s.Failure() != nil:
		return ""
	case s.Is(privatelink.PendingAcceptance):
		return "the provider to accept the connection"
	case !s.Alive():
		return "AWS to remove it"
	}
	return "AWS to make it available"
}

func (k *kind) Delete(ctx context.Context, rows []converge.Row[Endpoint]) error {
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	failed, err := readerOf(k.api).remove(ctx, ids)
	switch {
	case err == nil:
		return unsuccessful(failed)
	case awserr.Of(err).Means != awserr.Missing:
		return err
	case len(rows) <= 1:
		return nil
	}
	var errs []error // a refusal of the whole for one that is gone says nothing of the others
	for i := range rows {
		errs = append(errs, k.Delete(ctx, rows[i:i+1]))
	}
	return awserr.All(errs)
}

// unsuccessful makes an error of the items that a batch operation lists as failed inside its success; one that is gone is no failure.
func unsuccessful(items []types.UnsuccessfulItem) error {
	var errs []error
	for _, item := range items {
		if item.Error == nil {
			continue
		}
		err := awserr.Item(aws.ToString(item.ResourceId), aws.ToString(item.Error.Code), aws.ToString(item.Error.Message))
		if awserr.Of(err).Means != awserr.Missing {
			errs = append(errs, err)
		}
	}
	return awserr.All(errs)
}

// Left follows the network interfaces: until they are gone, they hold the subnet and the security groups.
func (k *kind) Left(ctx context.Context, rows []converge.Row[Endpoint]) (string, error) {
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.Snap.NetworkInterfaceIDs...)
	}
	if len(ids) == 0 {
		return "", nil
	}
	left, err := readerOf(k.api).interfaces(ctx, ids)
	if err != nil || len(left) == 0 {
		return "", err
	}
	return "network interface " + aws.ToString(left[0].NetworkInterfaceId) + " to be removed", nil
}

// Refusal takes AWS's word that something is associated already, or not any more, for what it is where reads do not show it: a change that
// somebody else has just made.
func (k *kind) Refusal(err error) awserr.Refusal {
	if awserr.Code(err) == "InvalidParameter" && othersDelta.MatchString(err.Error()) {
		return awserr.Refusal{Sentinel: privatelink.ErrPending, Means: awserr.Overtaken}
	}
	return awserr.Of(err)
}

var othersDelta = regexp.MustCompile(`is (already|not) associated with vpce-`)

// tagged repairs the tags, in one call.
func (k *kind) tagged(ctx context.Context, e *Endpoint) error {
	missing := tagging.Missing(k.name, k.tags, e.Tags)
	if len(missing) == 0 {
		return nil
	}
	_, err := k.api.CreateTags(ctx, &ec2.CreateTagsInput{Resources: []string{e.ID}, Tags: tagging.EC2(missing)})
	if err != nil {
		return err
	}
	for key, value := range missing {
		e.Tags[key] = value
	}
	e.Name = k.name
	return nil
}

// marked makes an endpoint that is adopted ours before anything else of it is changed.
func (k *kind) marked(ctx context.Context, e *Endpoint) error {
	if e.Name != "" {
		return nil
	}
	return k.tagged(ctx, e)
}

// tagDelta compares the tags.
func (k *kind) tagDelta(e *Endpoint) []converge.Delta {
	missing := tagging.Missing(k.name, k.tags, e.Tags)
	if len(missing) == 0 {
		return nil
	}
	return []converge.Delta{delta("tags", tagging.Show(tagging.Pick(e.Tags, missing)), tagging.Show(missing))}
}

// place compares what makes an endpoint this declaration's, besides its name: it differs only in one that is to be adopted.
func (k *kind) place(have *Endpoint) []converge.Delta {
	return append(fixed("kind", string(k.kind), string(have.Kind)), fixed("VPC", k.vpc, have.VPC)...)
}

// serviceDelta is the service of an endpoint that is yet to be made.
func serviceDelta(service string) converge.Delta {
	if service == "" {
		service = privatelink.KnownAfterApply
	}
	return delta("service", "", service)
}

func delta(field, from, to string) converge.Delta {
	return converge.Delta{Change: privatelink.Change{Field: field, From: from, To: to}}
}

// birth is what the requests that make endpoints of all kinds share.
func (k *kind) birth(token string, kind types.VpcEndpointType, service string) *ec2.CreateVpcEndpointInput {
	return &ec2.CreateVpcEndpointInput{
		ClientToken: aws.String(token), VpcEndpointType: kind, VpcId: aws.String(k.vpc), ServiceName: aws.String(service),
		TagSpecifications: []types.TagSpecification{{
			ResourceType: types.ResourceTypeVpcEndpoint, Tags: tagging.EC2(tagging.AtBirth(k.name, k.tags)),
		}},
	}
}

func (k *kind) create(ctx context.Context, in *ec2.CreateVpcEndpointInput) (converge.Row[Endpoint], error) {
	out, err := k.api.CreateVpcEndpoint(ctx, in)
	if err != nil || out.VpcEndpoint == nil {
		return converge.Row[Endpoint]{}, err
	}
	return row(snapshot(out.VpcEndpoint, regionOf(k.api))), nil
}
