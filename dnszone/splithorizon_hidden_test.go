package dnszone_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestSplitHorizonHiddenZoneOfAnEndpointTakesPart(t *testing.T) {
	cloud := &fake.Cloud{}
	account := cloud.Account("111122223333")
	vpc := account.VPC("10.0.0.0/16")
	subnet := vpc.Subnet("us-east-1a", "10.0.1.0/24")
	host := subnet.Host()
	out, err := account.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: aws.String(vpc.ID), SubnetIds: []string{subnet.ID},
		VpcEndpointType: ec2types.VpcEndpointTypeInterface, ServiceName: aws.String("com.amazonaws.us-east-1.ec2"), PrivateDnsEnabled: aws.Bool(true)})
	require.NoError(t, err)
	ec2API, elsewhere := "ec2.us-east-1.amazonaws.com", "sqs.us-east-1.amazonaws.com"
	hidden := answer(t, host, ec2API)
	require.NotEqual(t, hidden, answer(t, cloud.Internet(), ec2API))
	require.Equal(t, answer(t, cloud.Internet(), elsewhere), answer(t, host, elsewhere))

	above := dnszone.SplitHorizon("us-east-1.amazonaws.com").VPC(region, vpc.ID).Inside(dnszone.A("own", minute, four))
	_, err = above.WaitReady(t.Context(), account)
	require.NoError(t, err)
	require.Equal(t, hidden, answer(t, host, ec2API), "the endpoint's zone is the more specific one")
	require.Equal(t, "10.0.0.4", answer(t, host, "own.us-east-1.amazonaws.com"))
	require.Empty(t, answer(t, host, elsewhere), "which a zone above swallows")

	same := dnszone.SplitHorizon(ec2API).VPC(region, vpc.ID).Inside(dnszone.A("", minute, four))
	plan, err := same.Plan(t.Context(), account)
	require.NoError(t, err)
	require.Contains(t, plan.String(), "private zone: VPC us-east-1/"+vpc.ID+" is served under this name by hosted zone")
	_, err = same.Ensure(t.Context(), account)
	require.ErrorIs(t, err, privatelink.ErrConflict)
	require.ErrorContains(t, err, "private half")
	require.ErrorContains(t, err, "of the AWS service vpce.amazonaws.com")
	_, err = account.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: out.VpcEndpoint.VpcEndpointId, PrivateDnsEnabled: aws.Bool(false)})
	require.NoError(t, err)
	_, err = same.WaitReady(t.Context(), account)
	require.NoError(t, err)
	require.Equal(t, "10.0.0.4", answer(t, host, ec2API))
	require.NoError(t, privatelink.DeleteAll(t.Context(), same.On(account), above.On(account)))
	require.Empty(t, answer(t, host, "own.us-east-1.amazonaws.com"))
}
