package simulation

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	zones "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
)

// Line tells of a call what matters for the protocol, on one line.
func Line(c *fake.Call) string {
	words := append([]string{c.Time.Format("15:04:05.000"), c.Op}, asked(c)...)
	if said := answered(c); said != nil {
		words = append(append(words, "→"), said...)
	}
	if c.Err != nil {
		words = append(words, "→", cmp.Or(awserr.Code(c.Err), "no answer"))
	}
	if len(c.Faults) > 0 {
		words = append(words, fmt.Sprint(c.Faults))
	}
	return strings.Join(words, " ")
}

// asked is what a call wants to know, or to have done.
func asked(c *fake.Call) (words []string) {
	switch in := c.Input.(type) {
	case *ec2.CreateVpcEndpointInput:
		return []string{"token", aws.ToString(in.ClientToken)}
	case *ec2.CreateVpcEndpointServiceConfigurationInput:
		return []string{"token", aws.ToString(in.ClientToken)}
	case *ec2.CreateVpcEndpointConnectionNotificationInput:
		return []string{aws.ToString(in.ServiceId), aws.ToString(in.ConnectionNotificationArn), "token", aws.ToString(in.ClientToken)}
	case *ec2.DescribeVpcEndpointsInput:
		return append(slices.Clone(in.VpcEndpointIds), filters(in.Filters)...)
	case *ec2.DescribeVpcEndpointServiceConfigurationsInput:
		return append(slices.Clone(in.ServiceIds), filters(in.Filters)...)
	case *route53.CreateHostedZoneInput:
		return []string{"reference", aws.ToString(in.CallerReference)}
	case *route53.ChangeResourceRecordSetsInput:
		words = append(words, aws.ToString(in.HostedZoneId))
		for _, change := range in.ChangeBatch.Changes {
			words = append(words, string(change.Action), aws.ToString(change.ResourceRecordSet.Name), string(change.ResourceRecordSet.Type))
		}
		return words
	}
	if !Reads(c.Op) {
		return named(c.Input)
	}
	return nil
}

func filters(all []types.Filter) (names []string) {
	for _, f := range all {
		names = append(names, aws.ToString(f.Name))
	}
	return names
}

// answered is what AWS said, nil where that does not matter.
func answered(c *fake.Call) []string {
	switch out := c.Output.(type) {
	case *ec2.CreateVpcEndpointOutput:
		return []string{aws.ToString(out.VpcEndpoint.VpcEndpointId), string(out.VpcEndpoint.State)}
	case *ec2.CreateVpcEndpointServiceConfigurationOutput:
		return []string{aws.ToString(out.ServiceConfiguration.ServiceId), string(out.ServiceConfiguration.ServiceState)}
	case *ec2.CreateVpcEndpointConnectionNotificationOutput:
		return []string{aws.ToString(out.ConnectionNotification.ConnectionNotificationId)}
	case *route53.CreateHostedZoneOutput:
		return []string{bare(aws.ToString(out.HostedZone.Id))}
	case *route53.ListHostedZonesByNameOutput:
		return listed(out.HostedZones, func(z zones.HostedZone) string { return bare(aws.ToString(z.Id)) })
	case *ec2.DescribeVpcEndpointsOutput:
		return listed(out.VpcEndpoints, func(e types.VpcEndpoint) string {
			return fmt.Sprintf("%s %s (%d tags)", aws.ToString(e.VpcEndpointId), e.State, len(e.Tags))
		})
	case *ec2.DescribeVpcEndpointServiceConfigurationsOutput:
		return listed(out.ServiceConfigurations, func(s types.ServiceConfiguration) string {
			return fmt.Sprintf("%s %s (%d tags)", aws.ToString(s.ServiceId), s.ServiceState, len(s.Tags))
		})
	case *ec2.DescribeVpcEndpointConnectionNotificationsOutput:
		return listed(out.ConnectionNotificationSet, func(n types.ConnectionNotification) string {
			return aws.ToString(n.ConnectionNotificationId) + " " + strings.Join(n.ConnectionEvents, "+")
		})
	}
	return nil
}

// listed is a list in words, which is not nil where it is empty.
func listed[T any](all []T, word func(T) string) []string {
	words := []string{}
	for _, v := range all {
		words = append(words, word(v))
	}
	return words
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
