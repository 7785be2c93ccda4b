package vpc

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// StartVpcEndpointServicePrivateDnsVerification lets AWS look for the TXT record of a service's private DNS name. A name that is not
// verified waits as pendingVerification until then.
func StartVpcEndpointServicePrivateDnsVerification(tx *world.Tx, in *ec2.StartVpcEndpointServicePrivateDnsVerificationInput) (*ec2.StartVpcEndpointServicePrivateDnsVerificationOutput, error) {
	was, err := ownService(tx, aws.ToString(in.ServiceId))
	if err != nil {
		return nil, err
	}
	if was.PrivateName == "" {
		return nil, says.NoPrivateName.Error(was.ID)
	}
	svc := *was
	if svc.Verification.State != world.Verified {
		svc.Verification.State = world.PendingVerification
	}
	tx.Verify(&svc)
	tx.Services.Put(tx.Now, &svc)
	return &ec2.StartVpcEndpointServicePrivateDnsVerificationOutput{ReturnValue: aws.Bool(true)}, nil
}

// ModifyVpcEndpointServicePayerResponsibility lets the owner of a service pay for its endpoints. Nothing undoes it.
func ModifyVpcEndpointServicePayerResponsibility(tx *world.Tx, in *ec2.ModifyVpcEndpointServicePayerResponsibilityInput) (*ec2.ModifyVpcEndpointServicePayerResponsibilityOutput, error) {
	was, err := ownService(tx, aws.ToString(in.ServiceId))
	if err != nil {
		return nil, err
	}
	if in.PayerResponsibility != types.PayerResponsibilityServiceOwner {
		return nil, says.PayerUnknown.Error(in.PayerResponsibility)
	}
	svc := *was
	svc.OwnerPays = true
	tx.Services.Put(tx.Now, &svc)
	return &ec2.ModifyVpcEndpointServicePayerResponsibilityOutput{ReturnValue: aws.Bool(true)}, nil
}
