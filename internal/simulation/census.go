package simulation

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	zones "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Census counts what is alive of each identity, from the calls that took effect: neither lag nor a lost answer hides anything from it.
type Census struct {
	mu    sync.Mutex
	alive map[string][]string // identity to IDs
	owner map[string]string   // ID to identity, of all that ever were
	birth map[string]time.Time
	twins []string

	guarded, offences []string
}

// Watch takes note of a call.
func (c *Census) Watch(call *fake.Call) {
	if call.Err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.judge(call)
	switch out := call.Output.(type) {
	case *ec2.CreateVpcEndpointOutput:
		in := call.Input.(*ec2.CreateVpcEndpointInput)
		c.born("endpoint "+aws.ToString(in.VpcId)+" "+nameOf(in.TagSpecifications), aws.ToString(out.VpcEndpoint.VpcEndpointId))
	case *ec2.CreateVpcEndpointServiceConfigurationOutput:
		in := call.Input.(*ec2.CreateVpcEndpointServiceConfigurationInput)
		c.born("service "+nameOf(in.TagSpecifications), aws.ToString(out.ServiceConfiguration.ServiceId))
	case *route53.CreateHostedZoneOutput:
		c.born(visibility(out.HostedZone)+" zone "+aws.ToString(out.HostedZone.Name), bare(aws.ToString(out.HostedZone.Id)))
	case *ec2.CreateVpcEndpointConnectionNotificationOutput:
		in := call.Input.(*ec2.CreateVpcEndpointConnectionNotificationInput)
		c.born(partOf(aws.ToString(in.ServiceId))+aws.ToString(in.ConnectionNotificationArn), aws.ToString(out.ConnectionNotification.ConnectionNotificationId))
	case *ec2.DeleteVpcEndpointConnectionNotificationsOutput:
		c.died(call.Input.(*ec2.DeleteVpcEndpointConnectionNotificationsInput).ConnectionNotificationIds, out.Unsuccessful)
	case *ec2.DeleteVpcEndpointsOutput:
		c.died(call.Input.(*ec2.DeleteVpcEndpointsInput).VpcEndpointIds, out.Unsuccessful)
	case *ec2.DeleteVpcEndpointServiceConfigurationsOutput:
		c.died(call.Input.(*ec2.DeleteVpcEndpointServiceConfigurationsInput).ServiceIds, out.Unsuccessful)
	case *route53.DeleteHostedZoneOutput:
		c.died([]string{bare(aws.ToString(call.Input.(*route53.DeleteHostedZoneInput).Id))}, nil)
	}
}

// partOf begins the identity of what ends with a service.
func partOf(serviceID string) string { return "notification of " + serviceID + " to " }

func visibility(z *zones.HostedZone) string {
	if z.Config != nil && z.Config.PrivateZone {
		return "private"
	}
	return "public"
}

func bare(id string) string { return strings.TrimPrefix(id, "/hostedzone/") }

func nameOf(specs []types.TagSpecification) string {
	for _, spec := range specs {
		for _, tag := range spec.Tags {
			if aws.ToString(tag.Key) == privatelink.NameTag {
				return aws.ToString(tag.Value)
			}
		}
	}
	return ""
}

func (c *Census) born(identity, id string) {
	if c.owner == nil {
		c.alive, c.owner, c.birth = map[string][]string{}, map[string]string{}, map[string]time.Time{}
	}
	if _, replayed := c.owner[id]; replayed {
		return
	}
	c.owner[id], c.birth[id] = identity, time.Now()
	c.alive[identity] = append(c.alive[identity], id)
	if all := c.alive[identity]; len(all) > 1 {
		c.twins = append(c.twins, fmt.Sprintf("%s: %s", identity, strings.Join(all, ", ")))
	}
}

func (c *Census) died(ids []string, failed []types.UnsuccessfulItem) {
	for _, id := range ids {
		spared := slices.ContainsFunc(failed, func(i types.UnsuccessfulItem) bool { return aws.ToString(i.ResourceId) == id })
		if identity := c.owner[id]; !spared && identity != "" {
			c.alive[identity] = slices.DeleteFunc(c.alive[identity], func(other string) bool { return other == id })
			maps.DeleteFunc(c.alive, func(part string, _ []string) bool { return strings.HasPrefix(part, partOf(id)) })
		}
	}
}

// Twins are the moments at which two of one identity were alive.
func (c *Census) Twins() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.twins)
}

// Alive is how many there are now, by identity; identities without any are left out.
func (c *Census) Alive() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := map[string]int{}
	for identity, ids := range c.alive {
		if len(ids) > 0 {
			out[identity] = len(ids)
		}
	}
	return out
}

// Births is how many ever were.
func (c *Census) Births() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.owner)
}

// Older are all that were made before a moment, dead or alive.
func (c *Census) Older(than time.Time) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []string
	for id, born := range c.birth {
		if born.Before(than) {
			out = append(out, id)
		}
	}
	return out
}
