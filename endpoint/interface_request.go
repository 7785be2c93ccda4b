package endpoint

import (
	"context"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Create sends the one request that makes the endpoint. Its members are in a canonical order: AWS compares requests of one token.
func (k *interfaceKind) Create(ctx context.Context, token string) (converge.Row[Endpoint], error) {
	in := k.birth(token, types.VpcEndpointTypeInterface, k.want.service)
	in.SubnetIds, in.SecurityGroupIds = k.want.subnets.Members, k.want.groups.Members
	in.SubnetConfigurations = k.configurations(&Endpoint{})
	in.IpAddressType, in.PolicyDocument, in.DnsOptions = types.IpAddressType(k.want.ipType), k.want.created(), k.dnsOptions()
	if k.want.serviceRegion != "" {
		in.ServiceRegion = aws.String(k.want.serviceRegion)
	}
	if !k.provided() {
		in.PrivateDnsEnabled = k.want.privateDNS
	}
	return k.create(ctx, in)
}

// Change sends every difference in one modify, and the tags in one more call.
func (k *interfaceKind) Change(ctx context.Context, have *Endpoint) (*Endpoint, error) {
	now := have.clone()
	if err := k.marked(ctx, now); err != nil {
		return nil, err
	}
	if in := k.modification(now); in != nil {
		if err := k.modify(ctx, in); err != nil {
			return nil, err
		}
		k.applied(now)
	}
	return now, k.tagged(ctx, now)
}

// dnsOptions are those of a new endpoint, nil where none is declared.
func (k *interfaceKind) dnsOptions() *types.DnsOptionsSpecification {
	out := &types.DnsOptionsSpecification{
		DnsRecordIpType: types.DnsRecordIpType(k.want.recordType), PrivateDnsOnlyForInboundResolverEndpoint: k.want.inboundOnly,
	}
	if out.PrivateDnsOnlyForInboundResolverEndpoint == nil && k.assumesInboundOnly() {
		out.PrivateDnsOnlyForInboundResolverEndpoint = aws.Bool(false)
	}
	if out.DnsRecordIpType == "" && out.PrivateDnsOnlyForInboundResolverEndpoint == nil {
		return nil
	}
	return out
}

// assumesInboundOnly tells whether AWS would take inbound-resolver-only DNS for granted: for S3 with private DNS on, named or by default.
func (k *interfaceKind) assumesInboundOnly() bool {
	name, err := ParseServiceName(k.want.service)
	return err == nil && name.Service == "s3" && (k.want.privateDNS == nil || *k.want.privateDNS)
}

func (k *interfaceKind) modification(have *Endpoint) *ec2.ModifyVpcEndpointInput {
	in := &ec2.ModifyVpcEndpointInput{VpcEndpointId: aws.String(have.ID), SubnetConfigurations: k.configurations(have)}
	in.AddSubnetIds, in.RemoveSubnetIds = k.want.subnets.Against(have.Subnets)
	in.AddSecurityGroupIds, in.RemoveSecurityGroupIds = k.want.groups.Against(have.SecurityGroups)
	k.want.options.modify(in, have)
	for _, d := range k.privateDNSDelta(have) {
		if d.Later == "" {
			in.PrivateDnsEnabled = k.want.privateDNS
		}
	}
	if on := in.PrivateDnsEnabled; on != nil && *on || len(k.inboundDelta(have)) > 0 {
		if all := k.dnsOptions(); all != nil {
			in.DnsOptions = all
		}
	}
	if changesNothing(in) {
		return nil
	}
	return in
}

// changesNothing tells whether a modify names the endpoint and no more.
func changesNothing(in *ec2.ModifyVpcEndpointInput) bool {
	members := len(in.AddSubnetIds) + len(in.RemoveSubnetIds) + len(in.AddSecurityGroupIds) + len(in.RemoveSecurityGroupIds) +
		len(in.AddRouteTableIds) + len(in.RemoveRouteTableIds) + len(in.SubnetConfigurations)
	return members == 0 && in.PrivateDnsEnabled == nil && in.DnsOptions == nil && in.IpAddressType == "" && in.PolicyDocument == nil && in.ResetPolicy == nil
}

// modify sends the change. Where AWS will not take a swap of subnets inside one zone at once, the old subnet goes first, in a call of its own.
func (k *interfaceKind) modify(ctx context.Context, in *ec2.ModifyVpcEndpointInput) error {
	_, err := k.api.ModifyVpcEndpoint(ctx, in)
	if awserr.Code(err) != "DuplicateSubnetsInSameZone" || len(in.RemoveSubnetIds) == 0 {
		return err
	}
	old, lookErr := k.swapped(ctx, in)
	switch {
	case awserr.Of(lookErr).Means == awserr.Transient:
		return lookErr
	case lookErr != nil || len(old) == 0:
		return err
	}
	first := &ec2.ModifyVpcEndpointInput{VpcEndpointId: in.VpcEndpointId, RemoveSubnetIds: old}
	if _, err := k.api.ModifyVpcEndpoint(ctx, first); err != nil {
		return err
	}
	rest := *in
	rest.RemoveSubnetIds = slices.DeleteFunc(slices.Clone(in.RemoveSubnetIds), func(id string) bool { return slices.Contains(old, id) })
	_, err = k.api.ModifyVpcEndpoint(ctx, &rest)
	return err
}

// swapped gives the subnets whose place in a zone is wanted for another; none where the declaration itself names two of one zone, which AWS
// rightly refuses.
func (k *interfaceKind) swapped(ctx context.Context, in *ec2.ModifyVpcEndpointInput) ([]string, error) {
	zones, err := zonesOf(ctx, k.api, slices.Concat(k.want.subnets.Members, in.RemoveSubnetIds))
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	for _, id := range k.want.subnets.Members {
		if wanted[zones[id]] {
			return nil, nil
		}
		wanted[zones[id]] = true
	}
	return slices.DeleteFunc(slices.Clone(in.RemoveSubnetIds), func(id string) bool { return !wanted[zones[id]] }), nil
}

// zonesOf reads the Availability Zones of subnets.
func zonesOf(ctx context.Context, api API, subnets []string) (map[string]string, error) {
	all, err := describeSubnets(ctx, api, subnets)
	zones := map[string]string{}
	for _, s := range all {
		zones[aws.ToString(s.SubnetId)] = aws.ToString(s.AvailabilityZone)
	}
	return zones, err
}

func describeSubnets(ctx context.Context, api API, subnets []string) (all []types.Subnet, err error) {
	for pages := ec2.NewDescribeSubnetsPaginator(api, &ec2.DescribeSubnetsInput{SubnetIds: subnets}); pages.HasMorePages(); {
		out, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, out.Subnets...)
	}
	return all, nil
}

// applied notes in a snapshot what was just sent: AWS answers a modify with nothing but yes, and takes a moment.
func (k *interfaceKind) applied(e *Endpoint) {
	if k.want.subnets.Named {
		e.Subnets = slices.Clone(k.want.subnets.Members)
	}
	if k.want.groups.Named {
		e.SecurityGroups = slices.Clone(k.want.groups.Members)
	}
	for _, d := range k.privateDNSDelta(e) {
		if d.Later == "" {
			e.PrivateDNS = *k.want.privateDNS
		}
	}
	k.want.options.applied(e)
	if k.want.inboundOnly != nil {
		e.InboundResolverOnly = *k.want.inboundOnly
	}
	if len(k.want.addresses) > 0 {
		e.addresses = maps.Clone(k.want.addresses)
	}
	if e.State.Is(privatelink.Available) {
		e.State = privatelink.Pending
	}
}
