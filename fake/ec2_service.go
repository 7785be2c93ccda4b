package fake

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/vpc"
)

// CreateVpcEndpointServiceConfiguration makes an endpoint service.
func (e *EC2) CreateVpcEndpointServiceConfiguration(ctx context.Context, in *ec2.CreateVpcEndpointServiceConfigurationInput, _ ...func(*ec2.Options)) (*ec2.CreateVpcEndpointServiceConfigurationOutput, error) {
	return call(ctx, e.site, "CreateVpcEndpointServiceConfiguration", in, vpc.CreateVpcEndpointServiceConfiguration)
}

// ModifyVpcEndpointServiceConfiguration changes an endpoint service.
func (e *EC2) ModifyVpcEndpointServiceConfiguration(ctx context.Context, in *ec2.ModifyVpcEndpointServiceConfigurationInput, _ ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointServiceConfigurationOutput, error) {
	return call(ctx, e.site, "ModifyVpcEndpointServiceConfiguration", in, vpc.ModifyVpcEndpointServiceConfiguration)
}

// DeleteVpcEndpointServiceConfigurations deletes endpoint services; what could not be deleted is in Unsuccessful.
func (e *EC2) DeleteVpcEndpointServiceConfigurations(ctx context.Context, in *ec2.DeleteVpcEndpointServiceConfigurationsInput, _ ...func(*ec2.Options)) (*ec2.DeleteVpcEndpointServiceConfigurationsOutput, error) {
	return call(ctx, e.site, "DeleteVpcEndpointServiceConfigurations", in, vpc.DeleteVpcEndpointServiceConfigurations)
}

// DescribeVpcEndpointServiceConfigurations lists the account's own endpoint services.
func (e *EC2) DescribeVpcEndpointServiceConfigurations(ctx context.Context, in *ec2.DescribeVpcEndpointServiceConfigurationsInput, _ ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointServiceConfigurationsOutput, error) {
	return call(ctx, e.site, "DescribeVpcEndpointServiceConfigurations", in, vpc.DescribeVpcEndpointServiceConfigurations)
}

// DescribeVpcEndpointServices lists the services that the account can connect to.
func (e *EC2) DescribeVpcEndpointServices(ctx context.Context, in *ec2.DescribeVpcEndpointServicesInput, _ ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointServicesOutput, error) {
	return call(ctx, e.site, "DescribeVpcEndpointServices", in, vpc.DescribeVpcEndpointServices)
}

// ModifyVpcEndpointServicePermissions changes who may connect to an endpoint service.
func (e *EC2) ModifyVpcEndpointServicePermissions(ctx context.Context, in *ec2.ModifyVpcEndpointServicePermissionsInput, _ ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointServicePermissionsOutput, error) {
	return call(ctx, e.site, "ModifyVpcEndpointServicePermissions", in, vpc.ModifyVpcEndpointServicePermissions)
}

// DescribeVpcEndpointServicePermissions lists who may connect to an endpoint service.
func (e *EC2) DescribeVpcEndpointServicePermissions(ctx context.Context, in *ec2.DescribeVpcEndpointServicePermissionsInput, _ ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointServicePermissionsOutput, error) {
	return call(ctx, e.site, "DescribeVpcEndpointServicePermissions", in, vpc.DescribeVpcEndpointServicePermissions)
}

// StartVpcEndpointServicePrivateDnsVerification looks for the TXT record that proves a service's private DNS name.
func (e *EC2) StartVpcEndpointServicePrivateDnsVerification(ctx context.Context, in *ec2.StartVpcEndpointServicePrivateDnsVerificationInput, _ ...func(*ec2.Options)) (*ec2.StartVpcEndpointServicePrivateDnsVerificationOutput, error) {
	return call(ctx, e.site, "StartVpcEndpointServicePrivateDnsVerification", in, vpc.StartVpcEndpointServicePrivateDnsVerification)
}

// ModifyVpcEndpointServicePayerResponsibility lets the owner of an endpoint service pay for the endpoints, for good.
func (e *EC2) ModifyVpcEndpointServicePayerResponsibility(ctx context.Context, in *ec2.ModifyVpcEndpointServicePayerResponsibilityInput, _ ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointServicePayerResponsibilityOutput, error) {
	return call(ctx, e.site, "ModifyVpcEndpointServicePayerResponsibility", in, vpc.ModifyVpcEndpointServicePayerResponsibility)
}
