package bench_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// latency is how long each call takes.
const latency = 50 * time.Millisecond

const sts = "com.amazonaws.us-east-1.sts"

// place is where one endpoint belongs: three subnets, and one of two security groups.
type place struct {
	name, vpc, id string
	subnets       []string
	groups        [2]string
}

// world is an AWS with room for n endpoints.
type world struct {
	*fake.Account
	cloud  *fake.Cloud
	places []*place

	mu           sync.Mutex
	calls, reads int
	due          map[string]time.Time // when AWS is done with an endpoint, by ID
}

func newWorld(n int) *world {
	w := &world{cloud: &fake.Cloud{Forget: true}, due: map[string]time.Time{}}
	w.Account = w.cloud.Account("111111111111")
	for i := range n {
		if i%50 > 0 {
			copied := *w.places[i-1]
			w.places = append(w.places, &copied)
		} else {
			vpc := w.VPC("10.0.0.0/16")
			p := &place{vpc: vpc.ID, groups: [2]string{vpc.SecurityGroup("a").ID, vpc.SecurityGroup("b").ID}}
			for j, az := range []string{"us-east-1a", "us-east-1b", "us-east-1c"} {
				p.subnets = append(p.subnets, vpc.Subnet(az, fmt.Sprintf("10.0.%d.0/24", j)).ID)
			}
			w.places = append(w.places, p)
		}
		w.places[i].name = fmt.Sprint("ep-", i)
	}
	return w
}

// declared is the endpoint of a place, in its first or second security group.
func (p *place) declared(group int) *endpoint.InterfaceBuilder {
	return endpoint.Interface(p.name).VPC(p.vpc).Service(sts).Subnets(p.subnets...).SecurityGroups(p.groups[group]).PrivateDNS(false)
}

// filled has all endpoints, in their first security groups.
func (w *world) filled(t *testing.T) *world {
	for _, p := range w.places {
		e, err := p.declared(0).WaitReady(t.Context(), w)
		require.NoError(t, err)
		p.id = e.ID
	}
	return w
}

// slow lets calls take their time and AWS its own, and begins to count.
func (w *world) slow(provision time.Duration) {
	w.cloud.Timing = fake.Timing{Provision: provision, Delete: provision}
	w.cloud.Before = func(_ context.Context, c *fake.Call) error {
		time.Sleep(latency)
		w.mu.Lock()
		defer w.mu.Unlock()
		w.calls++
		if strings.HasPrefix(c.Op, "Describe") {
			w.reads++
		}
		return nil
	}
	w.cloud.After = func(_ context.Context, c *fake.Call) error {
		w.mu.Lock()
		defer w.mu.Unlock()
		switch in := c.Input.(type) {
		case *ec2.CreateVpcEndpointInput:
			if out, ok := c.Output.(*ec2.CreateVpcEndpointOutput); ok {
				w.due[*out.VpcEndpoint.VpcEndpointId] = time.Now().Add(provision)
			}
		case *ec2.DeleteVpcEndpointsInput:
			for _, id := range in.VpcEndpointIds {
				if due := w.due[id]; due.IsZero() || due.Before(time.Now().Add(-time.Hour)) {
					w.due[id] = time.Now().Add(provision)
				}
			}
		}
		return nil
	}
}

// input is the create of those who have no builder.
func (p *place) input() *ec2.CreateVpcEndpointInput {
	return &ec2.CreateVpcEndpointInput{VpcId: &p.vpc, ServiceName: aws.String(sts), VpcEndpointType: types.VpcEndpointTypeInterface, SubnetIds: p.subnets,
		SecurityGroupIds: p.groups[:1], PrivateDnsEnabled: aws.Bool(false), TagSpecifications: []types.TagSpecification{{
			ResourceType: types.ResourceTypeVpcEndpoint, Tags: []types.Tag{{Key: aws.String("Name"), Value: &p.name}}}}}
}

func (w *world) create(ctx context.Context, p *place) error {
	out, err := w.CreateVpcEndpoint(ctx, p.input())
	if err == nil {
		p.id = *out.VpcEndpoint.VpcEndpointId
	}
	return err
}

func (w *world) modify(ctx context.Context, p *place) error {
	_, err := w.ModifyVpcEndpoint(ctx, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &p.id, AddSecurityGroupIds: p.groups[1:], RemoveSecurityGroupIds: p.groups[:1]})
	return err
}

func (w *world) delete(ctx context.Context, p *place) error {
	_, err := w.DeleteVpcEndpoints(ctx, &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{p.id}})
	return err
}

// state reads an endpoint by ID, "" where it is gone.
func (w *world) state(ctx context.Context, p *place) (privatelink.State, error) {
	out, err := w.DescribeVpcEndpoints(ctx, &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{p.id}})
	if err != nil && strings.Contains(err.Error(), "NotFound") {
		return "", nil
	}
	if err != nil || len(out.VpcEndpoints) == 0 {
		return "", err
	}
	return privatelink.ParseState(string(out.VpcEndpoints[0].State)), nil
}

// until looks at the times that a schedule gives, until an endpoint is in a state so many times in succession.
func (w *world) until(ctx context.Context, p *place, want privatelink.State, times int, at schedule) error {
	began := time.Now()
	for look, seen := 0, 0; seen < times; look++ {
		time.Sleep(at(look) - time.Since(began))
		state, err := w.state(ctx, p)
		if err != nil {
			return err
		}
		if seen++; state != want {
			seen = 0
		}
	}
	return nil
}

// schedule says how long after its beginning a wait looks for the nth time.
type schedule func(look int) time.Duration
