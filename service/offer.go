package service

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Offer is what a consumer may see of a service, a provider's or AWS's.
type Offer struct {
	ServiceName, ServiceID string
	Region                 string   // where it is hosted
	Owner                  string   // the account, or "amazon"
	Types                  []string // of endpoints that reach it: Interface, Gateway, GatewayLoadBalancer; AWS offers S3 as two
	AZs, AZIDs             []string // names as this account has them, and IDs; AWS tells none for a service of another Region
	AcceptanceRequired     bool
	IPAddressTypes         []IPType
	PrivateDNSNames        []string
	PrivateDNSState        string // pendingVerification, verified or failed; only a verified name can be used; "" without a name
	PolicySupported        bool   // endpoint policies
}

// Lookup says what a consumer may see of a service. A service that does not exist, and one that this account may not see, are both ErrNotFound: AWS
// does not tell them apart. A provider's service is looked for in the Region that its name tells. One read, and its pages.
func Lookup(ctx context.Context, api API, serviceName string) (*Offer, error) {
	const op = "look up"
	var p declare.Problems
	p.API(api)
	if serviceName == "" {
		p.Add("the service name is empty: name the service, such as com.amazonaws.vpce.us-east-1.vpce-svc-…")
	}
	if err := p.Error(op, noun, serviceName); err != nil {
		return nil, err
	}
	in := &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{serviceName}}
	if m := ownRegion.FindStringSubmatch(serviceName); m != nil {
		in.ServiceRegions = []string{m[1]}
	}
	var o *Offer
	for more := true; more; more = aws.ToString(in.NextToken) != "" { // the SDK has no paginator for it
		out, err := api.DescribeVpcEndpointServices(ctx, in)
		if err != nil {
			return nil, fail(op, serviceName, err)
		}
		for i := range out.ServiceDetails {
			if d := &out.ServiceDetails[i]; aws.ToString(d.ServiceName) == serviceName {
				o = o.with(d)
			}
		}
		in.NextToken = out.NextToken
	}
	if o == nil {
		return nil, &privatelink.Error{Op: op, Kind: noun, ID: serviceName, Sentinel: privatelink.ErrNotFound}
	}
	return o, nil
}

// with adds one entry: AWS has one for each type.
func (o *Offer) with(d *types.ServiceDetail) *Offer {
	if o == nil {
		o = &Offer{ServiceName: aws.ToString(d.ServiceName), ServiceID: aws.ToString(d.ServiceId), Region: aws.ToString(d.ServiceRegion),
			Owner: aws.ToString(d.Owner), AcceptanceRequired: aws.ToBool(d.AcceptanceRequired), PrivateDNSState: string(d.PrivateDnsNameVerificationState)}
	}
	for _, t := range d.ServiceType {
		add(&o.Types, string(t.ServiceType))
	}
	for _, t := range d.SupportedIpAddressTypes {
		add(&o.IPAddressTypes, IPType(t))
	}
	add(&o.AZs, d.AvailabilityZones...)
	add(&o.AZIDs, d.AvailabilityZoneIds...)
	for _, n := range d.PrivateDnsNames {
		add(&o.PrivateDNSNames, aws.ToString(n.PrivateDnsName))
	}
	add(&o.PrivateDNSNames, aws.ToString(d.PrivateDnsName))
	o.PolicySupported = o.PolicySupported || aws.ToBool(d.VpcEndpointPolicySupported)
	return o
}

// add appends what is neither empty nor there already.
func add[T ~string](list *[]T, all ...T) {
	for _, s := range all {
		if s != "" && !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
}
