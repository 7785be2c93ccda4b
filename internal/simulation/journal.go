package simulation

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
)

// Line tells of a call what matters for the protocol, on one line.
func Line(c *fake.Call) string {
	words := []string{c.Time.Format("15:04:05.000"), c.Op}
	switch in := c.Input.(type) {
	case *ec2.CreateVpcEndpointInput:
		words = append(words, "token "+aws.ToString(in.ClientToken))
	case *ec2.CreateVpcEndpointServiceConfigurationInput:
		words = append(words, "token "+aws.ToString(in.ClientToken))
	case *ec2.DescribeVpcEndpointsInput:
		words = append(words, in.VpcEndpointIds...)
		for _, f := range in.Filters {
			words = append(words, aws.ToString(f.Name))
		}
	case *route53.CreateHostedZoneInput:
		words = append(words, "reference "+aws.ToString(in.CallerReference))
	case *route53.ChangeResourceRecordSetsInput:
		words = append(words, aws.ToString(in.HostedZoneId))
		for _, change := range in.ChangeBatch.Changes {
			words = append(words, string(change.Action), aws.ToString(change.ResourceRecordSet.Name), string(change.ResourceRecordSet.Type))
		}
	default:
		if !Reads(c.Op) {
			words = append(words, named(c.Input)...)
		}
	}
	switch out := c.Output.(type) {
	case *ec2.CreateVpcEndpointOutput:
		words = append(words, "→", aws.ToString(out.VpcEndpoint.VpcEndpointId), string(out.VpcEndpoint.State))
	case *route53.CreateHostedZoneOutput:
		words = append(words, "→", bare(aws.ToString(out.HostedZone.Id)))
	case *route53.ListHostedZonesByNameOutput:
		words = append(words, "→")
		for _, z := range out.HostedZones {
			words = append(words, bare(aws.ToString(z.Id)))
		}
	case *ec2.DescribeVpcEndpointsOutput:
		words = append(words, "→")
		for _, e := range out.VpcEndpoints {
			words = append(words, fmt.Sprintf("%s %s (%d tags)", aws.ToString(e.VpcEndpointId), e.State, len(e.Tags)))
		}
	}
	if c.Err != nil {
		words = append(words, "→", cmp.Or(awserr.Code(c.Err), "no answer"))
	}
	if len(c.Faults) > 0 {
		words = append(words, fmt.Sprint(c.Faults))
	}
	return strings.Join(words, " ")
}

// Refused tells whether AWS refused a call, or an item of it.
func Refused(c *fake.Call) bool {
	switch out := c.Output.(type) {
	case *ec2.DeleteVpcEndpointsOutput:
		return len(out.Unsuccessful) > 0
	case *ec2.DeleteVpcEndpointServiceConfigurationsOutput:
		return len(out.Unsuccessful) > 0
	case *ec2.DeleteVpcEndpointConnectionNotificationsOutput:
		return len(out.Unsuccessful) > 0
	}
	return c.Err != nil
}
