package fake_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53types "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// sound makes inputs that AWS often takes, so that sequences get somewhere: what one call has made the next one changes.
type sound struct {
	*rand.Rand
	words []string
}

// learn takes up the IDs in an output.
func (s *sound) learn(out reflect.Value) {
	eachValue(out, func(v reflect.Value) {
		if v.Kind() == reflect.String && strings.ContainsAny(v.String(), "-/") && !slices.Contains(s.words, v.String()) {
			s.words = append(s.words, v.String())
		}
	})
}

// one is a word that begins so, later ones rather than earlier ones.
func (s *sound) one(prefix string) *string {
	var fit []string
	for _, w := range s.words {
		if strings.HasPrefix(w, prefix) && strings.Contains(w, ".") == strings.Contains(prefix, ".") { // no DNS names for IDs
			fit = append(fit, w)
		}
	}
	if len(fit) == 0 {
		return aws.String(prefix)
	}
	return &fit[max(s.IntN(len(fit)), s.IntN(len(fit)))]
}

func (s *sound) some(prefix string) []string { return []string{*s.one(prefix)} }

func (s *sound) of(words ...string) *string { return &words[s.IntN(len(words))] }

// service is the service of a provider.
func (s *sound) service() *string { return s.one("vpce-svc-0") }

func (s *sound) ec2() []any {
	table, vpc, endpoint := s.one("rtb-0"), s.one("vpc-0"), s.one("vpce-0")
	block := aws.String(fmt.Sprintf("10.%d.0.0/16", 8+s.IntN(4)))
	rules := []types.IpPermission{{IpProtocol: aws.String("tcp"), FromPort: aws.Int32(443), ToPort: aws.Int32(int32(443 + s.IntN(2))), IpRanges: []types.IpRange{{CidrIp: block}}}}
	return []any{
		&ec2.CreateVpcEndpointInput{VpcId: vpc, ServiceName: s.one("com.amazonaws."), SubnetIds: s.some("subnet-0"), VpcEndpointType: types.VpcEndpointTypeInterface, SecurityGroupIds: s.some("sg-0"),
			TagSpecifications: []types.TagSpecification{{ResourceType: "vpc-endpoint", Tags: []types.Tag{{Key: aws.String("Name"), Value: s.of("", "a b")}}}}},
		&ec2.CreateVpcEndpointInput{VpcId: vpc, ServiceName: s.one("com.amazonaws."), RouteTableIds: []string{*table}, PolicyDocument: s.of(`{"Statement":[]}`)},
		&ec2.CreateVpcEndpointInput{VpcId: vpc, ServiceName: s.one("com.amazonaws.vpce"), SubnetIds: s.some("subnet-0"), VpcEndpointType: types.VpcEndpointTypeGatewayLoadBalancer},
		&ec2.ModifyVpcEndpointInput{VpcEndpointId: endpoint, AddSubnetIds: s.some("subnet-0")},
		&ec2.ModifyVpcEndpointInput{VpcEndpointId: endpoint, PolicyDocument: s.of(`{"Statement":[]}`), ResetPolicy: aws.Bool(false)},
		&ec2.ModifyVpcEndpointInput{VpcEndpointId: endpoint, AddSecurityGroupIds: s.some("sg-0")},
		&ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{*endpoint, *s.one("vpce-0")}},
		&ec2.DescribeVpcEndpointsInput{MaxResults: aws.Int32(int32(1 + s.IntN(3)))},
		&ec2.AcceptVpcEndpointConnectionsInput{ServiceId: s.service(), VpcEndpointIds: []string{*endpoint, *s.one("vpce-0")}},
		&ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: s.some("arn:aws:elasticloadbalancing"), AcceptanceRequired: aws.Bool(s.IntN(2) == 0), PrivateDnsName: s.of("a.example", "b.example")},
		&ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: s.service(), AcceptanceRequired: aws.Bool(s.IntN(2) == 0)},
		&ec2.ModifyVpcEndpointServicePermissionsInput{ServiceId: s.service(), AddAllowedPrincipals: s.some("arn:aws:iam"), RemoveAllowedPrincipals: []string{"*"}},
		&ec2.ModifyVpcEndpointServicePayerResponsibilityInput{ServiceId: s.service(), PayerResponsibility: "ServiceOwner"},
		&ec2.StartVpcEndpointServicePrivateDnsVerificationInput{ServiceId: s.service()},
		&ec2.CreateVpcEndpointConnectionNotificationInput{ServiceId: s.service(), ConnectionNotificationArn: s.one("arn:aws:sns"), ConnectionEvents: []string{"Accept", "Reject"}},
		&ec2.ModifyVpcEndpointConnectionNotificationInput{ConnectionNotificationId: s.one("vpce-nfn-"), ConnectionEvents: []string{"Connect"}},
		&ec2.CreateVpcInput{CidrBlock: block}, &ec2.DeleteVpcInput{VpcId: vpc},
		&ec2.CreateSubnetInput{VpcId: vpc, CidrBlock: s.of("10.1.9.0/24", "10.8.1.0/24", "10.9.1.0/24"), AvailabilityZone: s.of("us-east-1a", "us-east-1b")},
		&ec2.CreateSecurityGroupInput{VpcId: vpc, GroupName: s.of("one", "two"), Description: aws.String("d")},
		&ec2.AuthorizeSecurityGroupIngressInput{GroupId: s.one("sg-0"), IpPermissions: rules}, &ec2.RevokeSecurityGroupIngressInput{GroupId: s.one("sg-0"), IpPermissions: rules},
		&ec2.CreateRouteInput{RouteTableId: table, DestinationCidrBlock: block, VpcEndpointId: endpoint}, &ec2.ReplaceRouteInput{RouteTableId: table, DestinationCidrBlock: block, VpcEndpointId: endpoint},
		&ec2.DeleteRouteInput{RouteTableId: table, DestinationCidrBlock: block},
		&ec2.AssociateRouteTableInput{RouteTableId: table, SubnetId: s.one("subnet-0")}, &ec2.DisassociateRouteTableInput{AssociationId: s.one("rtbassoc-")},
		&ec2.ModifyNetworkInterfaceAttributeInput{NetworkInterfaceId: s.one("eni-"), Groups: s.some("sg-0")},
	}
}

func (s *sound) route53() []any {
	zone, vpc := s.one("/hostedzone/"), &r53types.VPC{VPCId: s.one("vpc-0"), VPCRegion: "us-east-1"}
	set := &r53types.ResourceRecordSet{Name: s.of("www.a.example", "*.a.example", "b.example"), Type: r53types.RRTypeTxt, TTL: aws.Int64(60), ResourceRecords: []r53types.ResourceRecord{{Value: s.of(`"a <&> b"`, `"\052"`)}}}
	action := []r53types.ChangeAction{"CREATE", "UPSERT", "DELETE"}[s.IntN(3)]
	return []any{
		&route53.CreateHostedZoneInput{Name: s.of("a.example", "b.example"), CallerReference: aws.String(fmt.Sprint(s.IntN(9))), VPC: vpc, HostedZoneConfig: &r53types.HostedZoneConfig{Comment: aws.String("a <&> b")}},
		&route53.ChangeResourceRecordSetsInput{HostedZoneId: zone, ChangeBatch: &r53types.ChangeBatch{Changes: []r53types.Change{{Action: action, ResourceRecordSet: set}}}},
		&route53.GetChangeInput{Id: s.one("/change/")},
		&route53.ListHostedZonesByVPCInput{VPCId: vpc.VPCId, VPCRegion: vpc.VPCRegion, MaxItems: aws.Int32(1)},
		&route53.AssociateVPCWithHostedZoneInput{HostedZoneId: zone, VPC: vpc}, &route53.DisassociateVPCFromHostedZoneInput{HostedZoneId: zone, VPC: vpc},
		&route53.CreateVPCAssociationAuthorizationInput{HostedZoneId: zone, VPC: vpc}, &route53.DeleteVPCAssociationAuthorizationInput{HostedZoneId: zone, VPC: vpc},
		&route53.CreateKeySigningKeyInput{HostedZoneId: zone, Name: aws.String("key"), CallerReference: aws.String("r"), Status: aws.String("ACTIVE"), KeyManagementServiceArn: aws.String("arn:aws:kms:us-east-1:222222222222:key/1")},
		&route53.EnableHostedZoneDNSSECInput{HostedZoneId: zone},
	}
}

func (s *sound) elb() []any {
	arn := s.one("arn:aws:elasticloadbalancing")
	return []any{
		&elb.CreateLoadBalancerInput{Name: s.of("one", "two"), Type: elbtypes.LoadBalancerTypeEnumNetwork, Subnets: s.some("subnet-0")},
		&elb.SetSubnetsInput{LoadBalancerArn: arn, Subnets: []string{*s.one("subnet-0"), *s.one("subnet-0")}},
		&elb.SetIpAddressTypeInput{LoadBalancerArn: arn, IpAddressType: elbtypes.IpAddressTypeIpv4},
		&elb.ModifyLoadBalancerAttributesInput{LoadBalancerArn: arn, Attributes: []elbtypes.LoadBalancerAttribute{{Key: aws.String("load_balancing.cross_zone.enabled"), Value: s.of("true", "false")}}},
	}
}

// input is one for a face, and its operation.
func (s *sound) input(face int) (op string, in reflect.Value) {
	all := [](func() []any){s.ec2, s.route53, s.elb}[face]()
	in = reflect.ValueOf(all[s.IntN(len(all))])
	return strings.TrimSuffix(in.Type().Elem().Name(), "Input"), in
}

// furnish puts into a world what inputs are about that change or delete something.
func furnish(t *testing.T, h *harness) {
	services, err := h.provider.DescribeVpcEndpointServiceConfigurations(t.Context(), nil)
	require.NoError(t, err)
	for _, s := range services.ServiceConfigurations {
		if len(s.GatewayLoadBalancerArns) > 0 {
			h.route(t, h.table, "10.8.0.0/16", h.inspector(t, *s.ServiceName))
		} else if *s.AcceptanceRequired {
			h.notify(t, &ec2.CreateVpcEndpointConnectionNotificationInput{ServiceId: s.ServiceId})
		}
	}
	consumer := h.consumer.(*fake.Account)
	_, err = consumer.AssociateRouteTable(t.Context(), &ec2.AssociateRouteTableInput{RouteTableId: &h.table2, SubnetId: &h.a.id})
	require.NoError(t, err)
	_, err = consumer.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String("c.example"), CallerReference: aws.String("c"),
		VPC: &r53types.VPC{VPCId: &h.vpc, VPCRegion: r53types.VPCRegion(h.region)}})
	require.NoError(t, err)
}

// known are the words of an account: what it reads, and what its services and zones are called.
func known(t *testing.T, h *harness, account string, words ...string) []string {
	s := &sound{words: words}
	for _, face := range faces(h.cloud.Account(account)) {
		for _, op := range operationsOf(face) {
			if strings.HasPrefix(op.name, "Describe") || strings.HasPrefix(op.name, "List") {
				if out, err := invoke(t, op.method, reflect.Zero(op.method.Type().In(1))); err == nil {
					s.learn(out.Elem())
				}
			}
		}
	}
	return s.words
}
