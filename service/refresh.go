package service

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

// Refresh makes AWS take up the Availability Zones that the service's load balancers have gained: a modify that changes nothing else. AWS may take
// some minutes until consumers can use them. Idempotent. With ReadLoadBalancers, Ensure does it by itself.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
func Refresh(ctx context.Context, api API, serviceID string) error {
	const op = "refresh"
	if err := checkID(op, api, serviceID); err != nil {
		return err
	}
	if _, err := api.ModifyVpcEndpointServiceConfiguration(ctx, &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: aws.String(serviceID)}); err != nil {
		return fail(op, serviceID, err)
	}
	return nil
}
