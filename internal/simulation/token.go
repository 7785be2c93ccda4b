package simulation

import (
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
)

// Tokens watches what AWS remembers of the tokens that creates carry.
type Tokens struct {
	made  map[string]string    // token to the ID of what it made last
	spent map[string]time.Time // when a token was last answered as one that was used before
	hasty []string
}

// Watch takes note of a create. A token that makes something new though it was answered as spent less than this time before was forgotten in
// between: that AWS does not do this is what the promise of one live resource rests on.
func (t *Tokens) Watch(call *fake.Call, kept time.Duration) {
	token, id := created(call)
	if token == "" {
		return
	}
	if t.made == nil {
		t.made, t.spent = map[string]string{}, map[string]time.Time{}
	}
	before, used := t.made[token]
	switch {
	case call.Err != nil && awserr.Of(call.Err).Means == awserr.Spent, call.Err == nil && used && before == id:
		t.spent[token] = time.Now()
	case call.Err == nil:
		if at, was := t.spent[token]; was && time.Since(at) < kept {
			t.hasty = append(t.hasty, fmt.Sprintf("%s made %s, and was spent %v before", token, id, time.Since(at)))
		}
		t.made[token] = id
	}
}

// Hasty are the tokens that AWS forgot too soon for the promise.
func (t *Tokens) Hasty() []string { return t.hasty }

// created gives the token of a create and the ID that it was answered with, "" for any other call.
func created(call *fake.Call) (token, id string) {
	switch in := call.Input.(type) {
	case *ec2.CreateVpcEndpointInput:
		if out, ok := call.Output.(*ec2.CreateVpcEndpointOutput); ok {
			id = aws.ToString(out.VpcEndpoint.VpcEndpointId)
		}
		return aws.ToString(in.ClientToken), id
	case *ec2.CreateVpcEndpointServiceConfigurationInput:
		if out, ok := call.Output.(*ec2.CreateVpcEndpointServiceConfigurationOutput); ok {
			id = aws.ToString(out.ServiceConfiguration.ServiceId)
		}
		return aws.ToString(in.ClientToken), id
	case *ec2.CreateVpcEndpointConnectionNotificationInput:
		if out, ok := call.Output.(*ec2.CreateVpcEndpointConnectionNotificationOutput); ok {
			id = aws.ToString(out.ConnectionNotification.ConnectionNotificationId)
		}
		return aws.ToString(in.ClientToken), id
	case *route53.CreateHostedZoneInput:
		if out, ok := call.Output.(*route53.CreateHostedZoneOutput); ok {
			id = aws.ToString(out.HostedZone.Id)
		}
		return aws.ToString(in.CallerReference), id
	}
	return "", ""
}
