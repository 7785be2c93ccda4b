package vpc

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/filter"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/page"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const describeOffers = "DescribeVpcEndpointServices"

var offerFilters = []string{"owner", "service-name", "service-region", "service-type", "supported-ip-address-types", "tag:", "tag-key"}

// DescribeVpcEndpointServices lists what the caller can connect to: AWS's services, its own, and those that allow it, by name.
func DescribeVpcEndpointServices(tx *world.Tx, in *ec2.DescribeVpcEndpointServicesInput) (*ec2.DescribeVpcEndpointServicesOutput, error) {
	filters, err := filter.Parse(in.Filters, tx.Switches.OtherSpellings, offerFilters...)
	if err != nil {
		return nil, err
	}
	cursor, err := page.Open(in.MaxResults, in.NextToken, 1, func() string {
		return describeOffers + tx.Place() + strings.Join(in.ServiceRegions, ",") + filter.Text(filters)
	})
	if err != nil {
		return nil, err
	}
	named, err := offers(tx, in.ServiceNames, in.ServiceRegions)
	if err != nil {
		return nil, err
	}
	found := slices.DeleteFunc(byKind(named), func(o *offer) bool {
		return slices.ContainsFunc(filters, func(f filter.Filter) bool { return !matchOffer(tx, o, f) })
	})
	out := &ec2.DescribeVpcEndpointServicesOutput{ServiceNames: []string{}, ServiceDetails: []types.ServiceDetail{}}
	found, out.NextToken = page.Of(cursor, found)
	for _, o := range found {
		out.ServiceNames, out.ServiceDetails = append(out.ServiceNames, o.name), append(out.ServiceDetails, showOffer(tx, o))
	}
	return out, nil
}

// offers are the named services, or all that the caller may see, in order of name: those in its Region, or in the Regions that it names.
func offers(tx *world.Tx, names, regions []string) ([]*offer, error) {
	if len(regions) == 0 {
		regions = []string{tx.Region}
	}
	var out []*offer
	for _, name := range unique(names) {
		o := offerIn(tx, name, regions)
		if o == nil {
			return nil, says.InvalidServiceName.Error(name)
		}
		out = append(out, o)
	}
	if len(names) > 0 {
		return out, nil
	}
	if slices.Contains(regions, tx.Region) {
		for part := range awsServices {
			out = append(out, catalogue()[inRegion{tx.Region, "com.amazonaws." + tx.Region + "." + part}])
		}
	}
	for row := range tx.Services.All(0) {
		svc := row.At(tx.Seen())
		if svc != nil && slices.Contains(regions, svc.Region) && svc.ReachableFrom(tx.Region, tx.Now) && svc.Offered(tx.Now) && visible(tx, svc) {
			out = append(out, customerOffer(svc))
		}
	}
	slices.SortFunc(out, func(a, b *offer) int { return strings.Compare(a.name, b.name) })
	return out, nil
}

// byKind lists a service once for each of its kinds, as AWS does with S3: it offers private DNS as an interface service only.
func byKind(all []*offer) (out []*offer) {
	for _, o := range all {
		for _, kind := range o.kinds {
			one := *o
			one.kinds = []string{kind}
			if kind == kindGateway {
				one.privateNames = nil
			}
			out = append(out, &one)
		}
	}
	return out
}

func offerIn(tx *world.Tx, name string, regions []string) *offer {
	for _, region := range regions {
		if o := findOffer(tx, name, region); o != nil {
			return o
		}
	}
	return nil
}

func (o *offer) owner() string {
	if o.svc == nil {
		return "amazon"
	}
	return o.svc.Owner
}

// tags are shown to the owner only.
func (o *offer) tags(tx *world.Tx) world.Tags {
	if o.svc == nil || o.svc.Owner != tx.Account {
		return nil
	}
	return o.svc.Tags
}

func matchOffer(tx *world.Tx, o *offer, f filter.Filter) bool {
	if match, ok := matchTags(o.tags(tx), f); ok {
		return match
	}
	switch f.Name {
	case "owner":
		return f.Match(o.owner())
	case "service-name":
		return f.Match(o.name)
	case "service-region":
		return f.Match(o.region)
	case "service-type":
		return f.Match(o.kinds...)
	}
	return f.Match(o.ipTypes...) // supported-ip-address-types
}

func showOffer(tx *world.Tx, o *offer) types.ServiceDetail {
	out := types.ServiceDetail{
		ServiceName: str(o.name), ServiceRegion: str(o.region), Owner: str(o.owner()), SupportedIpAddressTypes: ipTypes(o.ipTypes),
		ManagesVpcEndpoints: aws.Bool(false), VpcEndpointPolicySupported: aws.Bool(o.policies), AcceptanceRequired: aws.Bool(false),
		BaseEndpointDnsNames: []string{o.dnsPart + "." + tx.Region + ".vpce." + world.DNSSuffix(tx.Region)}, Tags: tagSet(o.tags(tx)),
		AvailabilityZones: world.AZNames(tx.Region), AvailabilityZoneIds: []string{},
	}
	for _, kind := range o.kinds {
		out.ServiceType = append(out.ServiceType, types.ServiceTypeDetail{ServiceType: types.ServiceType(kind)})
	}
	if o.kinds[0] == kindGateway {
		out.BaseEndpointDnsNames = []string{o.dnsPart + "." + tx.Region + "." + world.DNSSuffix(tx.Region)}
	}
	for _, az := range out.AvailabilityZones {
		out.AvailabilityZoneIds = append(out.AvailabilityZoneIds, tx.AZID(tx.Account, az))
	}
	if len(o.privateNames) > 0 {
		out.PrivateDnsName, out.PrivateDnsNameVerificationState = str(o.privateNames[0]), world.Verified
		out.PrivateDnsNames = []types.PrivateDnsDetails{{PrivateDnsName: str(o.privateNames[0])}}
	}
	if svc := o.svc; svc != nil {
		out.ServiceId, out.AcceptanceRequired, out.BaseEndpointDnsNames = str(svc.ID), aws.Bool(svc.Acceptance), baseName(svc)
		out.AvailabilityZoneIds, out.AvailabilityZones = list(svc.AZIDs), zoneNames(tx, tx.Account, tx.Region, svc.AZIDs)
		if o.region != tx.Region { // AWS names no zones of services in other Regions
			out.AvailabilityZoneIds, out.AvailabilityZones = []string{}, []string{}
		}
		out.PrivateDnsNameVerificationState, out.PayerResponsibility = types.DnsNameState(svc.Verification.State), payer(svc)
	}
	return out
}
