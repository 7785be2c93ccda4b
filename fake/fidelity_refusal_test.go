package fake_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/stretchr/testify/require"
)

func privateDNSAttributes(t testing.TB, h *harness) {
	sts, vpc := h.awsService("sts"), *h.network(t, "10.70.0.0/16").VpcId
	here := func(in *ec2.CreateVpcEndpointInput) { in.VpcId, in.SubnetIds = &vpc, nil }
	text := "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for " + vpc
	id := *h.create(t, sts, here, withPrivateDNS(false)).VpcEndpointId
	set := func(in ec2.ModifyVpcAttributeInput) {
		in.VpcId = &vpc
		_, err := h.consumer.ModifyVpcAttribute(t.Context(), &in)
		require.NoError(t, err)
	}
	on, off := &types.AttributeBooleanValue{Value: aws.Bool(true)}, &types.AttributeBooleanValue{Value: aws.Bool(false)}
	for _, change := range []ec2.ModifyVpcAttributeInput{{EnableDnsSupport: off}, {EnableDnsHostnames: on}, {EnableDnsHostnames: off}} {
		set(change) // neither, then hostnames alone, then neither again
		h.refuse(t, "InvalidParameter", text, sts, here)
		h.refuseChange(t, id, "InvalidParameter", text, &ec2.ModifyVpcEndpointInput{PrivateDnsEnabled: aws.Bool(true)})
	}
	set(ec2.ModifyVpcAttributeInput{EnableDnsSupport: on})
	h.refuse(t, "InvalidParameter", text, sts, here)
	set(ec2.ModifyVpcAttributeInput{EnableDnsHostnames: on})
	require.True(t, *h.create(t, sts, here).PrivateDnsEnabled)
}

func privateDNSConflict(t testing.TB, h *harness) {
	h.create(t, h.awsService("sts"), withPrivateDNS(true))
	h.refuse(t, "InvalidParameter", "private-dns-enabled cannot be set because there is already a conflicting DNS domain for sts."+
		h.region+".amazonaws.com in the VPC "+h.vpc, h.awsService("sts"))
	h.create(t, h.awsService("sts"), withPrivateDNS(false))
}

func privateZoneConflict(t testing.TB, h *harness) {
	for service, name := range map[string]string{"sts": "sts", "ecr.dkr": "dkr.ecr"} {
		z := zones{route53Client: h.consumer.(route53Client), t: t, h: h}
		z.make(name+"."+h.region+".amazonaws.com", h.vpc)
		h.refuse(t, "InvalidParameter", "there is already a conflicting DNS domain for", h.awsService(service))
	}
	h.create(t, h.awsService("ec2"))
}

func unknownService(t testing.TB, h *harness) {
	for _, name := range []string{h.awsService("nothing"), "com.amazonaws.vpce." + h.region + ".vpce-svc-0123456789abcdef0"} {
		h.refuse(t, "InvalidServiceName", "The Vpc Endpoint Service '"+name+"' does not exist", name)
	}
}

func typeMismatch(t testing.TB, h *harness) {
	h.refuse(t, "InvalidParameter", "Endpoint type (Gateway) does not match available service types ([Interface]).", h.awsService("sts"),
		func(in *ec2.CreateVpcEndpointInput) { in.VpcEndpointType, in.SubnetIds = "", nil })
}

func badType(t testing.TB, h *harness) {
	for _, kind := range []types.VpcEndpointType{"Banana", "interface", "gateway"} {
		h.refuse(t, "InvalidVpcEndpointType", string(kind), h.awsService("sts"), func(in *ec2.CreateVpcEndpointInput) { in.VpcEndpointType = kind })
	}
}

func sixTypes(t testing.TB, h *harness) {
	for _, kind := range []types.VpcEndpointType{"Gateway", "GatewayLoadBalancer", "Resource", "ServiceNetwork", "Tunnel"} {
		h.refuse(t, "InvalidParameter", "Endpoint type ("+string(kind)+") does not match available service types ([Interface]).", h.awsService("sts"),
			func(in *ec2.CreateVpcEndpointInput) { in.VpcEndpointType, in.SubnetIds = kind, nil })
	}
	h.create(t, h.awsService("sts"))
}

func inboundOnly(t testing.TB, h *harness) {
	text := "To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC " + h.vpc + " must have a Gateway endpoint for the service."
	h.refuse(t, "InvalidParameter", text, h.awsService("s3"))
	ep := h.create(t, h.awsService("s3"), withPrivateDNS(false))
	_, err := h.consumer.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: ep.VpcEndpointId, PrivateDnsEnabled: aws.Bool(true)})
	requireCode(t, err, "InvalidParameter", text)
}

func subnetsOnGateway(t testing.TB, h *harness) {
	h.refuse(t, "InvalidParameter", "Subnet IDs are only supported for Interface and GatewayLoadBalancer type VPC Endpoints.", h.awsService("s3"),
		func(in *ec2.CreateVpcEndpointInput) { in.VpcEndpointType = types.VpcEndpointTypeGateway })
}

func sameZone(t testing.TB, h *harness) {
	text := "Found another VPC endpoint subnet in the availability zone of " + h.a2.id +
		". VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service."
	svc := *h.service(t, false).ServiceName
	h.refuse(t, "DuplicateSubnetsInSameZone", text, svc, withSubnets(h.a.id, h.a2.id))
	ep := h.create(t, svc)
	_, err := h.consumer.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: ep.VpcEndpointId, AddSubnetIds: []string{h.a2.id}})
	requireCode(t, err, "DuplicateSubnetsInSameZone", text)
}

func zoneNotOffered(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	h.refuse(t, "InvalidParameter", "The VPC endpoint service "+svc+" does not support the availability zone of the subnet: "+h.c.id+".", svc, withSubnets(h.c.id))
	h.create(t, h.awsService("sts"), withSubnets(h.c.id))
}

func foreignParts(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	groups := func(ids ...string) func(*ec2.CreateVpcEndpointInput) {
		return func(in *ec2.CreateVpcEndpointInput) { in.SecurityGroupIds = ids }
	}
	h.refuse(t, "InvalidParameter", h.bare.id, svc, withSubnets(h.bare.id))
	h.refuse(t, "InvalidParameter", h.bareGroup, svc, groups(h.bareGroup))
	h.refuse(t, "InvalidSubnetID.NotFound", "subnet-0123456789abcdef0", svc, withSubnets("subnet-0123456789abcdef0"))
	h.refuse(t, "InvalidGroup.NotFound", "sg-0123456789abcdef0", svc, groups("sg-0123456789abcdef0"))
}

func unknownParts(t testing.TB, h *harness) {
	for _, id := range []string{"vpc-0123456789abcdef0", h.strangersVPC} {
		h.refuse(t, "InvalidVpcID.NotFound", "The vpc ID '"+id+"' does not exist", h.awsService("sts"), func(in *ec2.CreateVpcEndpointInput) { in.VpcId = &id })
	}
	subnet, table := "subnet-0123456789abcdef0", "rtb-0123456789abcdef0"
	h.refuse(t, "InvalidSubnetID.NotFound", "The subnet ID '"+subnet+"' does not exist", h.awsService("sts"), withSubnets(h.a.id, subnet))
	h.refuse(t, "InvalidRouteTableID.NotFound", "The routeTable ID '"+table+"' does not exist", h.awsService("s3"), onTables(h.table, table))
	require.Empty(t, h.routes(t, h.table))
}

func malformed(t testing.TB, h *harness) {
	h.refuse(t, "InvalidSubnetId.Malformed", "Invalid Subnet Id: 'x' (expecting 'subnet-...; ", h.awsService("sts"), withSubnets("x"))
	h.refuse(t, "InvalidVpcID.Malformed", "Invalid Vpc Id: 'vpc-x' (expecting 'vpc-...; ", h.awsService("sts"), func(in *ec2.CreateVpcEndpointInput) { in.VpcId = aws.String("vpc-x") })
	_, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{"vpce-XYZ"}})
	requireCode(t, err, "InvalidVpcEndpointId.Malformed", "vpce-XYZ")
	_, err = h.provider.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{ServiceIds: []string{"vpce-1"}})
	requireCode(t, err, "InvalidVpcEndpointServiceIdId.Malformed", "vpce-1")
}

func dryRun(t testing.TB, h *harness) {
	dry := func(in *ec2.CreateVpcEndpointInput) { in.DryRun = aws.Bool(true) }
	_, err := h.consumer.CreateVpcEndpoint(t.Context(), h.request(h.awsService("sts"), dry))
	requireCode(t, err, "DryRunOperation", "")
	var resp *smithyhttp.ResponseError
	require.ErrorAs(t, err, &resp)
	require.Equal(t, 412, resp.HTTPStatusCode())
	var op *smithy.OperationError
	require.ErrorAs(t, err, &op)
	require.Equal(t, "CreateVpcEndpoint", op.Operation())
	nothing(t, h)
}

func refusedLeavesNothing(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	h.refuse(t, "InvalidParameter", "", svc, withSubnets(h.a.id, h.c.id))
	h.refuse(t, "InvalidPolicyDocument", "", svc, func(in *ec2.CreateVpcEndpointInput) { in.PolicyDocument = aws.String("{") })
	nothing(t, h)
}

// nothing asserts that the consumer has neither endpoints nor network interfaces.
func nothing(t testing.TB, h *harness) {
	t.Helper()
	eps, err := h.consumer.DescribeVpcEndpoints(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, eps.VpcEndpoints)
	faces, err := h.consumer.DescribeNetworkInterfaces(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, faces.NetworkInterfaces)
}

func badWords(t testing.TB, h *harness) {
	tagged := func(tags ...types.Tag) func(*ec2.CreateVpcEndpointInput) {
		return func(in *ec2.CreateVpcEndpointInput) {
			in.PrivateDnsEnabled = aws.Bool(false)
			in.TagSpecifications = []types.TagSpecification{{ResourceType: types.ResourceTypeVpcEndpoint, Tags: tags}}
		}
	}
	tag := func(key, value string) types.Tag { return types.Tag{Key: &key, Value: &value} }
	sts := h.awsService("sts")
	h.refuse(t, "InvalidPolicyDocument", "", sts, func(in *ec2.CreateVpcEndpointInput) { in.PolicyDocument = aws.String(`{"Statement":`) })
	h.refuse(t, "InvalidPolicyDocument", "", sts, func(in *ec2.CreateVpcEndpointInput) {
		in.PolicyDocument = aws.String(`{"Statement":[` + strings.Repeat(" ", 20480) + `]}`)
	})
	h.refuse(t, "InvalidTagKey.Malformed", "aws:", sts, tagged(tag("aws:x", "1")))
	h.refuse(t, "InvalidTagKey.Malformed", "", sts, tagged(tag(strings.Repeat("k", 128), "1")))
	h.refuse(t, "InvalidParameterValue", "", sts, tagged(tag("k", strings.Repeat("v", 257))))
	many := make([]types.Tag, 51)
	for i := range many {
		many[i] = tag("k"+strings.Repeat("x", i), "1")
	}
	h.refuse(t, "TagLimitExceeded", "50", sts, tagged(many...))
	h.create(t, sts, tagged(many[:50]...))
}
