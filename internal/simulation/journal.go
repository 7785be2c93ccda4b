package simulation

import (
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
)

// Line tells of a call what matters for the protocol, on one line.
func Line(c *fake.Call) string {
	words := []string{time.Now().Format("15:04:05.000"), c.Op}
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
	case *ec2.DeleteVpcEndpointsInput:
		words = append(words, in.VpcEndpointIds...)
	}
	switch out := c.Output.(type) {
	case *ec2.CreateVpcEndpointOutput:
		words = append(words, "→", aws.ToString(out.VpcEndpoint.VpcEndpointId), string(out.VpcEndpoint.State))
	case *ec2.DescribeVpcEndpointsOutput:
		words = append(words, "→")
		for _, e := range out.VpcEndpoints {
			words = append(words, fmt.Sprintf("%s %s (%d tags)", aws.ToString(e.VpcEndpointId), e.State, len(e.Tags)))
		}
	}
	if c.Err != nil {
		words = append(words, "→", awserr.Code(c.Err))
	}
	return strings.Join(words, " ")
}
