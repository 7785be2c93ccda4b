package endpoint

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/policy"
	"github.com/seed-326366ec/aws-privatelink/internal/tagging"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// State is the state of an endpoint.
type State = privatelink.State

// Kind is the kind of an endpoint, spelt as AWS spells it.
type Kind string

// The kinds that this package manages.
const (
	KindInterface           Kind = "Interface"
	KindGatewayLoadBalancer Kind = "GatewayLoadBalancer"
	KindGateway             Kind = "Gateway"
)

// Endpoint is what AWS says of an endpoint at one moment. It is a copy: changing it changes nothing else.
type Endpoint struct {
	ID, ARN, Name, VPC  string // Name is the declared name; "" for an endpoint that is not ours
	Service             string // the service's name
	ServiceRegion       string // the Region of the service
	Owner               string // the account
	Kind                Kind
	State               State
	Ready               bool   // the declaration holds
	Waiting             string // for what it waits, "" when Ready
	DNS                 DNS
	Subnets             []string
	SecurityGroups      []string
	RouteTables         []string
	NetworkInterfaceIDs []string // in no particular order; NetworkInterfaces reads them
	PrivateDNS          bool     // the service's private name resolves to this endpoint in the VPC
	InboundResolverOnly bool     // it does so only for what comes through the VPC's inbound Resolver endpoints
	IPAddressType       IPType
	DNSRecordIPType     IPType
	Policy              string // the endpoint policy as AWS returns it; full access where none was set, "" for a kind without policies
	Tags                privatelink.Tags
	CreatedAt           time.Time // by AWS's clock
	LastError           string    // what AWS says of a failure, "" when there is none
	Outcome             privatelink.Outcome

	addresses map[string]address // by subnet; read only where addresses are declared
	routes    map[route]target   // of the VPC; read only where routes are declared
}

// snapshot takes what AWS leaves out, as older partitions do, for its default.
func snapshot(v *types.VpcEndpoint, region string) *Endpoint {
	e := &Endpoint{
		ID: aws.ToString(v.VpcEndpointId), VPC: aws.ToString(v.VpcId), Owner: aws.ToString(v.OwnerId),
		Service: aws.ToString(v.ServiceName), ServiceRegion: cmp.Or(aws.ToString(v.ServiceRegion), region),
		Kind: cmp.Or(Kind(v.VpcEndpointType), KindGateway), State: privatelink.ParseState(string(v.State)),
		Subnets: append([]string(nil), v.SubnetIds...), RouteTables: append([]string(nil), v.RouteTableIds...),
		NetworkInterfaceIDs: append([]string(nil), v.NetworkInterfaceIds...),
		PrivateDNS:          aws.ToBool(v.PrivateDnsEnabled), IPAddressType: cmp.Or(IPType(v.IpAddressType), IPv4), Policy: aws.ToString(v.PolicyDocument),
		Tags: tagging.Of(v.Tags), CreatedAt: aws.ToTime(v.CreationTimestamp), LastError: lastError(v), DNS: dns(v),
	}
	e.Name = e.Tags[privatelink.NameTag]
	if e.Policy == "" && e.Kind != KindGatewayLoadBalancer { // which have none
		e.Policy = policy.FullAccess
	}
	if v.DnsOptions != nil {
		e.DNSRecordIPType = IPType(v.DnsOptions.DnsRecordIpType)
		e.InboundResolverOnly = aws.ToBool(v.DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint)
	}
	for _, g := range v.Groups {
		e.SecurityGroups = append(e.SecurityGroups, aws.ToString(g.GroupId))
	}
	if region == "" {
		region = cmp.Or(e.DNS.region(), e.ServiceRegion)
	}
	if region != "" && e.Owner != "" {
		e.ARN = "arn:" + partition(region) + ":ec2:" + region + ":" + e.Owner + ":vpc-endpoint/" + e.ID
	}
	return e
}

func lastError(v *types.VpcEndpoint) string {
	if v.LastError == nil {
		return aws.ToString(v.FailureReason)
	}
	return strings.TrimPrefix(aws.ToString(v.LastError.Code)+": "+aws.ToString(v.LastError.Message), ": ")
}

// partition gives the AWS partition of a Region.
func partition(region string) string {
	for prefix, name := range map[string]string{
		"cn-": "aws-cn", "us-gov-": "aws-us-gov", "us-iso-": "aws-iso", "us-isob-": "aws-iso-b", "us-isof-": "aws-iso-f", "eu-isoe-": "aws-iso-e", "eusc-": "aws-eusc",
	} {
		if strings.HasPrefix(region, prefix) {
			return name
		}
	}
	return "aws"
}

// clone copies a snapshot, so that nobody else's is changed.
func (e *Endpoint) clone() *Endpoint {
	c := *e
	c.DNS, c.Tags = e.DNS.clone(), maps.Clone(e.Tags)
	c.addresses, c.routes = maps.Clone(e.addresses), maps.Clone(e.routes)
	for _, list := range []*[]string{&c.Subnets, &c.SecurityGroups, &c.RouteTables, &c.NetworkInterfaceIDs} {
		*list = slices.Clone(*list)
	}
	return &c
}
