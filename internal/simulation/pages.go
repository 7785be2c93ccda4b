package simulation

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// ShortPages makes the answer to a call that lists come in pages as short as AWS allows; a Before hook may call it.
func ShortPages(c *fake.Call) {
	switch in := c.Input.(type) {
	case *ec2.DescribeVpcEndpointsInput:
		if len(in.VpcEndpointIds) == 0 {
			in.MaxResults = aws.Int32(2)
		}
	case *ec2.DescribeVpcEndpointServiceConfigurationsInput:
		if len(in.ServiceIds) == 0 {
			in.MaxResults = aws.Int32(5)
		}
	case *ec2.DescribeVpcEndpointServicePermissionsInput:
		in.MaxResults = aws.Int32(5)
	case *ec2.DescribeRouteTablesInput:
		in.MaxResults = aws.Int32(5)
	case *route53.ListHostedZonesByNameInput:
		in.MaxItems = aws.Int32(1)
	case *route53.ListResourceRecordSetsInput:
		in.MaxItems = aws.Int32(2)
	}
}
