package endpoint

import (
	"maps"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// DNS holds the names of an endpoint, each with the hosted zone that an alias record has to name. They are empty for an endpoint without
// subnets, and for the kinds that have no names.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
type DNS struct {
	Regional privatelink.DNSName            // answers with the interfaces of all zones
	Zonal    map[string]privatelink.DNSName // by AZ name: answers with that zone's interface
	Private  []privatelink.DNSName          // the service's own name, where private DNS is on
}

// availabilityZone is the form of an AZ's name, local zones among them.
var availabilityZone = regexp.MustCompile(`^[a-z]{2,4}(-[a-z]+)+-[0-9]+(-[a-z0-9]+)*-?[0-9]*[a-z]$`)

func dns(v *types.VpcEndpoint) DNS {
	d := DNS{Zonal: map[string]privatelink.DNSName{}}
	own, private := families(v)
	for _, entry := range v.DnsEntries {
		name := privatelink.DNSName{Name: aws.ToString(entry.DnsName), ZoneID: aws.ToString(entry.HostedZoneId), Family: own}
		plain := strings.TrimPrefix(strings.TrimPrefix(name.Name, "*."), `\052.`) // S3 lists its names as wildcards
		first, _, _ := strings.Cut(plain, ".")
		rest, ours := strings.CutPrefix(first, aws.ToString(v.VpcEndpointId))
		switch az := zoneOf(strings.TrimPrefix(rest, "-")); {
		case !ours:
			name.Family = private
			d.Private = append(d.Private, name)
		case az != "":
			d.Zonal[az] = name
		case d.Regional.Name == "": // AWS lists it first
			d.Regional = name
		}
	}
	return d
}

// zoneOf finds the AZ in what follows the endpoint's ID in its name: a suffix of AWS's choice, and for a zonal name the AZ.
func zoneOf(rest string) string {
	if _, az, ok := strings.Cut(rest, "-"); ok && availabilityZone.MatchString(az) {
		return az
	}
	if availabilityZone.MatchString(rest) {
		return rest
	}
	return ""
}

var zonePrefix = regexp.MustCompile(`^[a-z]{2,4}(-[a-z]+)+-[0-9]+`)

// region is that of the zonal names' AZs, "" where there are none.
func (d DNS) region() string {
	for az := range d.Zonal {
		return zonePrefix.FindString(az)
	}
	return ""
}

// families gives the families that the endpoint's own names, and the service's private name, answer with.
func families(v *types.VpcEndpoint) (own, private privatelink.Family) {
	kind := string(v.IpAddressType)
	if v.DnsOptions != nil && v.DnsOptions.DnsRecordIpType != "" {
		kind = string(v.DnsOptions.DnsRecordIpType)
	}
	switch types.DnsRecordIpType(kind) {
	case types.DnsRecordIpTypeIpv6:
		return privatelink.IPv6, privatelink.IPv6
	case types.DnsRecordIpTypeDualstack:
		return privatelink.DualStack, privatelink.DualStack
	case types.DnsRecordIpTypeServiceDefined:
		if v.IpAddressType == types.IpAddressTypeDualstack {
			return privatelink.DualStack, privatelink.IPv4
		}
	}
	return privatelink.IPv4, privatelink.IPv4
}

func (d DNS) clone() DNS {
	d.Zonal, d.Private = maps.Clone(d.Zonal), append([]privatelink.DNSName(nil), d.Private...)
	return d
}
