package fake_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
)

// The SDK's clients under names of their own, so that one struct can have both.
type (
	ec2API struct{ *ec2.Client }
	r53API struct{ *route53.Client }
)

// liveAccount is an account as the SDK's configuration knows it. It notes what the rows make, to delete it after each.
type liveAccount struct {
	ec2API
	r53API

	mu   sync.Mutex
	undo []func(context.Context) error
}

// liveTarget is what the SDK's configuration points to. PRIVATELINK_CONFORMANCE_CONSUMER and _STRANGER may name profiles of further accounts;
// without them one account plays all parts, and rows about several accounts end as different.
func liveTarget(ctx context.Context, profile func(string) string) (target, []*liveAccount, error) {
	load := func(part string) (aws.Config, error) {
		return config.LoadDefaultConfig(ctx, config.WithSharedConfigProfile(profile("PRIVATELINK_CONFORMANCE_"+part)))
	}
	var cfgs [3]aws.Config
	for i, part := range []string{"PROVIDER", "CONSUMER", "STRANGER"} {
		cfg, err := load(part)
		if err != nil {
			return target{}, nil, err
		}
		cfgs[i] = cfg
	}
	on, accounts := targetOf(cfgs)
	return on, accounts, nil
}

// targetOf is the target of a provider's, a consumer's and a stranger's configuration.
func targetOf(cfgs [3]aws.Config) (target, []*liveAccount) {
	away := cfgs[1].Copy()
	if away.Region = "eu-west-1"; cfgs[1].Region == away.Region {
		away.Region = "us-east-1"
	}
	var accounts []*liveAccount
	for _, cfg := range append(cfgs[:], away) {
		accounts = append(accounts, newLiveAccount(cfg))
	}
	return target{provider: accounts[0], consumer: accounts[1], stranger: accounts[2], remote: accounts[3],
		balancing: liveBalancing{elb.NewFromConfig(cfgs[0]), accounts[0]}, region: cfgs[1].Region, abroad: away.Region}, accounts
}

func newLiveAccount(cfg aws.Config) *liveAccount {
	return &liveAccount{ec2API: ec2API{ec2.NewFromConfig(cfg)}, r53API: r53API{route53.NewFromConfig(cfg)}}
}

func (a *liveAccount) later(undo func(context.Context) error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.undo = append(a.undo, undo)
}

// keep lets what was made so far be.
func (a *liveAccount) keep() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.undo = nil
}

// tidy deletes what the last row made.
func (a *liveAccount) tidy(ctx context.Context) error {
	a.mu.Lock()
	undo := a.undo
	a.undo = nil
	a.mu.Unlock()
	return takeDown(ctx, undo)
}

func (a *liveAccount) CreateVpcEndpoint(ctx context.Context, in *ec2.CreateVpcEndpointInput, opts ...func(*ec2.Options)) (*ec2.CreateVpcEndpointOutput, error) {
	out, err := a.ec2API.CreateVpcEndpoint(ctx, in, opts...)
	if err == nil {
		a.later(func(ctx context.Context) error { return a.removeEndpoint(ctx, *out.VpcEndpoint.VpcEndpointId) })
	}
	return out, err
}

// removeEndpoint deletes an endpoint and waits until it is gone.
func (a *liveAccount) removeEndpoint(ctx context.Context, id string) error {
	if _, err := a.DeleteVpcEndpoints(ctx, &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{id}}); err != nil {
		return err
	}
	return a.untilGone("endpoint "+id, func() (bool, error) {
		out, err := a.DescribeVpcEndpoints(ctx, &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{id}})
		return err == nil && len(out.VpcEndpoints) > 0 && !strings.EqualFold(string(out.VpcEndpoints[0].State), "deleted"), err
	})
}

func (a *liveAccount) CreateVpcEndpointServiceConfiguration(ctx context.Context, in *ec2.CreateVpcEndpointServiceConfigurationInput, opts ...func(*ec2.Options)) (*ec2.CreateVpcEndpointServiceConfigurationOutput, error) {
	out, err := a.ec2API.CreateVpcEndpointServiceConfiguration(ctx, in, opts...)
	if err == nil {
		a.later(func(ctx context.Context) error { return a.removeService(ctx, *out.ServiceConfiguration.ServiceId) })
	}
	return out, err
}

func (a *liveAccount) removeService(ctx context.Context, id string) error {
	in := &ec2.DescribeVpcEndpointConnectionsInput{Filters: filters("service-id", id)}
	for p := ec2.NewDescribeVpcEndpointConnectionsPaginator(a.ec2API, in); p.HasMorePages(); {
		page, err := p.NextPage(ctx)
		if err != nil {
			return err
		}
		for _, c := range page.VpcEndpointConnections {
			_, _ = a.RejectVpcEndpointConnections(ctx, &ec2.RejectVpcEndpointConnectionsInput{ServiceId: &id, VpcEndpointIds: []string{*c.VpcEndpointId}})
		}
	}
	out, err := a.DeleteVpcEndpointServiceConfigurations(ctx, &ec2.DeleteVpcEndpointServiceConfigurationsInput{ServiceIds: []string{id}})
	switch {
	case err != nil:
		return err
	case len(out.Unsuccessful) > 0:
		return coded(*out.Unsuccessful[0].Error.Code, *out.Unsuccessful[0].Error.Message)
	}
	return a.untilGone("service "+id, func() (bool, error) {
		out, err := a.DescribeVpcEndpointServiceConfigurations(ctx, &ec2.DescribeVpcEndpointServiceConfigurationsInput{ServiceIds: []string{id}})
		return err == nil && len(out.ServiceConfigurations) > 0 && out.ServiceConfigurations[0].ServiceState != types.ServiceStateDeleted, err
	})
}

// untilGone waits while something is there.
func (a *liveAccount) untilGone(what string, there func() (bool, error)) error {
	for range 200 {
		if left, err := there(); err != nil || !left {
			return err
		}
		time.Sleep(3 * time.Second)
	}
	return fmt.Errorf("%s does not go", what)
}

func (a *liveAccount) CreateHostedZone(ctx context.Context, in *route53.CreateHostedZoneInput, opts ...func(*route53.Options)) (*route53.CreateHostedZoneOutput, error) {
	out, err := a.r53API.CreateHostedZone(ctx, in, opts...)
	if err == nil {
		a.later(func(ctx context.Context) error { return a.removeZone(ctx, out.HostedZone) })
	}
	return out, err
}

// removeZone empties a zone, one set at a time, and deletes it.
func (a *liveAccount) removeZone(ctx context.Context, z *r53.HostedZone) error {
	for more := true; more; {
		sets, err := a.ListResourceRecordSets(ctx, &route53.ListResourceRecordSetsInput{HostedZoneId: z.Id})
		if err != nil {
			return err
		}
		for _, set := range sets.ResourceRecordSets {
			if *set.Name == *z.Name && (set.Type == r53.RRTypeNs || set.Type == r53.RRTypeSoa) {
				continue
			}
			batch := &r53.ChangeBatch{Changes: []r53.Change{{Action: r53.ChangeActionDelete, ResourceRecordSet: &set}}}
			if _, err := a.ChangeResourceRecordSets(ctx, &route53.ChangeResourceRecordSetsInput{HostedZoneId: z.Id, ChangeBatch: batch}); err != nil {
				return err
			}
		}
		more = sets.IsTruncated
	}
	_, err := a.DeleteHostedZone(ctx, &route53.DeleteHostedZoneInput{Id: z.Id})
	return err
}

func containsAny(text string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}
