package flow

import (
	"hash/fnv"
	"net/netip"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/zone"
)

// AWSHost is a service of AWS at its public name. Its addresses are made up, fixed, and of a block of AWS's: those of S3 and DynamoDB lie in
// their prefix lists.
type AWSHost struct {
	Service, Region string
	IPv4, IPv6      netip.Addr // IPv6 is invalid where the name has none
}

// awsHosts are the services whose public names resolve, by the labels before the Region, with the blocks of their addresses, of which each
// Region has a part.
var awsHosts = map[string]netip.Prefix{
	"s3": netip.MustParsePrefix("52.216.0.0/15"), "dynamodb": netip.MustParsePrefix("52.94.0.0/22"),
	"s3express-control": netip.MustParsePrefix("18.97.0.0/21"),
	"ec2":               awsBlock(0), "sts": awsBlock(1), "logs": awsBlock(2), "ssm": awsBlock(3), "api.ecr": awsBlock(4), "dkr.ecr": awsBlock(5),
	"sqs": awsBlock(6), "sns": awsBlock(7), "kms": awsBlock(8), "secretsmanager": awsBlock(9), "monitoring": awsBlock(10), "events": awsBlock(11),
	"lambda": awsBlock(12),
}

func awsBlock(n byte) netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{54, 239, n << 4, 0}), 20)
}

var awsSix = netip.MustParsePrefix("2600:1fa0:8000::/39")

// deeper are the services that have names below their own: buckets of S3, registries of ECR.
var deeper = map[string]bool{"s3": true, "dkr.ecr": true}

// AWSNamed finds the service of AWS that a canonical name is of: <service>.<Region>.amazonaws.com, a name below it where the service has
// such, s3.dualstack.<Region>.amazonaws.com, or s3.amazonaws.com and its like for us-east-1.
func AWSNamed(name string) (AWSHost, bool) {
	labels := strings.Split(zone.Bare(name), ".")
	n := len(labels) - 2
	if n > 0 && labels[len(labels)-1] == "cn" {
		n--
	}
	if n < 1 || labels[n] != "amazonaws" {
		return AWSHost{}, false
	}
	region, before := "us-east-1", labels[:n]
	if world.KnownRegion(before[n-1]) {
		region, before = before[n-1], before[:n-1]
	}
	if !strings.HasSuffix(name, "."+world.DNSSuffix(region)+".") {
		return AWSHost{}, false
	}
	dual := len(before) > 1 && before[len(before)-1] == "dualstack" && before[len(before)-2] == "s3"
	if dual {
		before = before[:len(before)-1]
	}
	return serviceOf(before, region, dual)
}

// covers says whether a private name stands for all that is below its zone: a wildcard, or the name of a service of AWS's that has such names.
func covers(p world.PrivateName) bool {
	host, aws := AWSNamed(p.Name)
	return zone.IsWildcard(p.Name) || aws && deeper[host.Service]
}

// endpointNamed finds the endpoint that has a name for its own, or for S3, whose endpoints serve buckets too, one above it.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html (bucket.vpce-….s3.<Region>.vpce.amazonaws.com)
func (l *lookup) endpointNamed(name string) (ep *world.Endpoint, az int) {
	own := name
	for own != "." && !strings.HasPrefix(own, "vpce-") {
		own = zone.Parent(own)
	}
	ep, az = zone.EndpointNamed(l.tx, own)
	if ep == nil || own != name && ep.DNSPart != "s3" {
		return nil, -1
	}
	return ep, az
}

// serviceOf finds the service whose labels end some others.
func serviceOf(labels []string, region string, dual bool) (AWSHost, bool) {
	for i := range labels {
		service := strings.Join(labels[i:], ".")
		if _, ok := awsHosts[service]; !ok || i > 0 && !deeper[service] || i == 0 && service == "dkr.ecr" {
			continue
		}
		return hostOf(service, region, dual), true
	}
	return AWSHost{}, false
}

func hostOf(service, region string, dual bool) AWSHost {
	h := AWSHost{Service: service, Region: region, IPv4: within(world.RegionBlock(awsHosts[service], region), service+region)}
	if dual {
		h.IPv6 = within(world.RegionBlock(awsSix, region), service+region)
	}
	return h
}

// within is an address of a block, always the same for a name.
func within(block netip.Prefix, name string) netip.Addr {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name))
	b, sum := block.Addr().AsSlice(), h.Sum64()
	for i := block.Bits(); i < len(b)*8; i++ {
		if sum>>(i%64)&1 == 1 {
			b[i/8] |= 1 << (7 - i%8)
		}
	}
	addr, _ := netip.AddrFromSlice(b)
	return addr
}

func (h AWSHost) addresses() []netip.Addr {
	if h.IPv6.IsValid() {
		return []netip.Addr{h.IPv4, h.IPv6}
	}
	return []netip.Addr{h.IPv4}
}
