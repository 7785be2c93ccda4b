package fake_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"
)

const (
	stsName = "sts.us-east-1.amazonaws.com"
	s3Name  = "s3.us-east-1.amazonaws.com"
)

// TestNamesOfEndpoints has what endpoints make resolvable: aws-facts 5, 6 and 7.1-7.
func TestNamesOfEndpoints(t *testing.T) { runClauses(t, append(privateNameClauses, ownNameClauses...)) }

func hiddenLacks(name, endpoint string) string {
	return "no such host " + name + ": AWS's zone for the private names of " + endpoint + " has no such name"
}

var privateNameClauses = []clause{
	{"6.1", "private DNS turns a service's public name to the endpoint", func(n *names) (string, []string) {
		n.reach("sts")
		return stsName, n.addrs
	}, func(n *names) ([]string, string) {
		n.modify(&ec2.ModifyVpcEndpointInput{PrivateDnsEnabled: aws.Bool(false)})
		return n.outside(stsName), ""
	}},
	{"6.1", "in the endpoint's VPC only", func(n *names) (string, []string) {
		n.reach("sts")
		return stsName, n.addrs
	}, func(n *names) ([]string, string) {
		n.from = n.other
		return n.outside(stsName), ""
	}},
	{"6.1", "with both DNS attributes of the VPC", func(n *names) (string, []string) {
		n.reach("sts")
		return stsName, n.addrs
	}, func(n *names) ([]string, string) {
		n.vpc.DNSHostnames(false)
		return n.outside(stsName), ""
	}},
	{"6.1", "as long as the endpoint lives", func(n *names) (string, []string) {
		n.reach("sts")
		return stsName, n.addrs
	}, func(n *names) ([]string, string) {
		n.deleteEndpoint()
		return n.outside(stsName), ""
	}},
	{"6.1", "and has network interfaces", func(n *names) (string, []string) {
		n.reach("sts")
		return stsName, n.addrs
	}, func(n *names) ([]string, string) {
		n.modify(&ec2.ModifyVpcEndpointInput{RemoveSubnetIds: []string{n.a.ID, n.b.ID}})
		return nil, "no such host: endpoint " + n.endpoint + " has no address"
	}},
	{"7.1-7", "the hidden zone shadows its own name and those below, nothing else", func(n *names) (string, []string) {
		n.reach("ec2")
		return stsName, n.outside(stsName)
	}, func(n *names) ([]string, string) {
		n.sees("x.ec2.us-east-1.amazonaws.com", nil, hiddenLacks("x.ec2.us-east-1.amazonaws.com", n.endpoint))
		n.reach("sts")
		return n.addrs, ""
	}},
	{"7.1-7", "it is more specific than a private zone for a parent", func(n *names) (string, []string) {
		n.z = n.zone("amazonaws.com", n.vpc)
		n.reach("sts")
		return stsName, n.addrs
	}, func(n *names) ([]string, string) {
		n.modify(&ec2.ModifyVpcEndpointInput{PrivateDnsEnabled: aws.Bool(false)})
		return nil, lacks(stsName, n.z, "record")
	}},
	{"5", "names below the service's where it has such", func(n *names) (string, []string) {
		n.reach("ecr.dkr")
		return ownerID + ".dkr.ecr.us-east-1.amazonaws.com", n.addrs
	}, func(n *names) ([]string, string) {
		n.sees("dkr.ecr.us-east-1.amazonaws.com", nil, hiddenLacks("dkr.ecr.us-east-1.amazonaws.com", n.endpoint))
		n.deleteEndpoint()
		return n.outside(ownerID + ".dkr.ecr.us-east-1.amazonaws.com"), ""
	}},
	{"6.1", "S3's private DNS is for inbound resolvers alone unless told otherwise", func(n *names) (string, []string) {
		n.gateway()
		n.reach("s3")
		n.from = n.vpc.InboundResolver()
		return s3Name, n.addrs
	}, func(n *names) ([]string, string) {
		n.from = n.a
		return n.outside(s3Name), ""
	}},
	{"6.1", "told otherwise it is for the VPC", func(n *names) (string, []string) {
		n.gateway()
		n.reach("s3")
		n.modify(&ec2.ModifyVpcEndpointInput{DnsOptions: &ec2types.DnsOptionsSpecification{PrivateDnsOnlyForInboundResolverEndpoint: aws.Bool(false)}})
		return s3Name, n.addrs
	}, func(n *names) ([]string, string) {
		n.modify(&ec2.ModifyVpcEndpointInput{DnsOptions: &ec2types.DnsOptionsSpecification{PrivateDnsOnlyForInboundResolverEndpoint: aws.Bool(true)}})
		return n.outside(s3Name), ""
	}},
	{"6.3", "a gateway endpoint leaves names as they are", func(n *names) (string, []string) {
		n.gateway()
		return s3Name, n.outside(s3Name)
	}, func(n *names) ([]string, string) {
		n.reach("s3")
		n.modify(&ec2.ModifyVpcEndpointInput{DnsOptions: &ec2types.DnsOptionsSpecification{PrivateDnsOnlyForInboundResolverEndpoint: aws.Bool(false)}})
		return n.addrs, ""
	}},
	{"6.1", "a provider's verified name is a CNAME of the endpoint's", func(n *names) (string, []string) {
		var regional string
		n.endpoint, regional = verifiedEndpoint(n, n.account, "api.orders.example", "orders.example", n.a, n.vpc)
		requireRecords(n, n.a, "api.orders.example", "A", "api.orders.example. CNAME "+regional+".", regional+". A 10.1.1.5")
		return "api.orders.example", []string{"10.1.1.5"}
	}, func(n *names) ([]string, string) {
		n.modify(&ec2.ModifyVpcEndpointInput{PrivateDnsEnabled: aws.Bool(false)})
		return []string{"192.0.2.2"}, ""
	}},
	{"6.5", "which may be a wildcard, for what is below its parent", func(n *names) (string, []string) {
		n.endpoint, _ = verifiedEndpoint(n, n.account, "*.orders.example", "orders.example", n.a, n.vpc)
		return "any.orders.example", []string{"10.1.1.5"}
	}, func(n *names) ([]string, string) {
		n.sees("orders.example", nil, hiddenLacks("orders.example", n.endpoint))
		n.deleteEndpoint()
		return nil, lacks("any.orders.example", n.publicZone("orders.example"), "record")
	}},
}

var ownNameClauses = []clause{
	{"6.1", "an endpoint's own names resolve for everybody, to private addresses", func(n *names) (string, []string) {
		n.reach("sts")
		n.from = n.cloud.Internet()
		return *n.entries()[0].DnsName, n.addrs
	}, func(n *names) ([]string, string) {
		regional := *n.entries()[0].DnsName
		n.deleteEndpoint()
		return nil, "no such host " + regional + ": no public zone has it"
	}},
	{"6.1", "and its private names do not", func(n *names) (string, []string) {
		n.reach("sts")
		return stsName, n.addrs
	}, func(n *names) ([]string, string) {
		n.from = n.cloud.Internet()
		return n.outside(stsName), ""
	}},
	{"5", "the regional name has all zones", func(n *names) (string, []string) {
		n.reach("sts")
		return *n.entries()[0].DnsName, n.addrs
	}, func(n *names) ([]string, string) {
		n.modify(&ec2.ModifyVpcEndpointInput{RemoveSubnetIds: []string{n.b.ID}})
		return n.addrs[:1], ""
	}},
	{"5", "a zonal name has its zone", func(n *names) (string, []string) {
		n.reach("sts")
		zonal := *n.entries()[2].DnsName
		require.Contains(n, zonal, "-us-east-1b.")
		return zonal, n.addrs[1:]
	}, func(n *names) ([]string, string) {
		zonal := *n.entries()[2].DnsName
		n.modify(&ec2.ModifyVpcEndpointInput{RemoveSubnetIds: []string{n.b.ID}})
		return nil, "no such host " + zonal + ": no private zone of " + n.vpc.ID + " and no public zone has it"
	}},
	{"5", "nothing is below an endpoint's name, and the suffix counts", func(n *names) (string, []string) {
		n.reach("sts")
		return *n.entries()[0].DnsName, n.addrs
	}, func(n *names) ([]string, string) {
		for _, name := range []string{"x." + *n.entries()[0].DnsName, n.endpoint + ".sts.us-east-1.vpce.amazonaws.com", strings.Replace(*n.entries()[0].DnsName, ".us-east-1.", ".us-west-2.", 1)} {
			n.sees(name, nil, "no such host "+name+": no private zone of "+n.vpc.ID+" and no public zone has it")
		}
		return n.addrs, ""
	}},
	{"5", "A and AAAA as the DNS record type says", func(n *names) (string, []string) {
		n.dual()
		return *n.entries()[0].DnsName, []string{"10.1.1.4", "2600:1f18:1:1::4"}
	}, func(n *names) ([]string, string) {
		n.modify(&ec2.ModifyVpcEndpointInput{DnsOptions: &ec2types.DnsOptionsSpecification{DnsRecordIpType: ec2types.DnsRecordIpTypeIpv6}})
		_, err := n.a.DialContext(n.Context(), "tcp4", *n.entries()[0].DnsName+":443")
		require.ErrorContains(n, err, "has no IPv4 address")
		return []string{"2600:1f18:1:1::4"}, ""
	}},
	{"5", "service-defined: the private name has A, an endpoint's own has both", func(n *names) (string, []string) {
		n.dual()
		n.modify(&ec2.ModifyVpcEndpointInput{DnsOptions: &ec2types.DnsOptionsSpecification{DnsRecordIpType: ec2types.DnsRecordIpTypeServiceDefined}})
		n.sees(*n.entries()[0].DnsName, []string{"10.1.1.4", "2600:1f18:1:1::4"}, "")
		return stsName, []string{"10.1.1.4"}
	}, func(n *names) ([]string, string) {
		n.modify(&ec2.ModifyVpcEndpointInput{DnsOptions: &ec2types.DnsOptionsSpecification{DnsRecordIpType: ec2types.DnsRecordIpTypeDualstack}})
		return []string{"10.1.1.4", "2600:1f18:1:1::4"}, ""
	}},
	{"5", "addresses stay for the endpoint's life, save that a fixed one replaces another", func(n *names) (string, []string) {
		n.reach("sts")
		zonal := *n.entries()[1].DnsName
		for _, in := range []*ec2.ModifyVpcEndpointInput{{AddSecurityGroupIds: []string{n.vpc.SecurityGroup("web").ID}}, {PolicyDocument: aws.String(`{"Statement":[]}`)}, {ResetPolicy: aws.Bool(true)},
			{PrivateDnsEnabled: aws.Bool(false)}, {PrivateDnsEnabled: aws.Bool(true)}, {RemoveSubnetIds: []string{n.b.ID}}, {AddSubnetIds: []string{n.b.ID}}} {
			n.modify(in)
			n.sees(zonal, n.addrs[:1], "")
		}
		return zonal, n.addrs[:1]
	}, func(n *names) ([]string, string) {
		n.modify(&ec2.ModifyVpcEndpointInput{SubnetConfigurations: []ec2types.SubnetConfiguration{{SubnetId: &n.a.ID, Ipv4: aws.String("10.1.1.77")}}})
		return []string{"10.1.1.77"}, ""
	}},
	{"5", "AWS's services have public names, in their Regions", func(n *names) (string, []string) {
		n.from = n.cloud.Internet()
		return s3Name, n.outside("s3.amazonaws.com")
	}, func(n *names) ([]string, string) {
		n.sees("s3.nowhere-1.amazonaws.com", nil, "no such host s3.nowhere-1.amazonaws.com: no public zone has it")
		n.sees("nothing.us-east-1.amazonaws.com", nil, "no such host nothing.us-east-1.amazonaws.com: no public zone has it")
		return n.outside(s3Name), ""
	}},
}

// gateway makes a gateway endpoint to S3.
func (n *names) gateway() {
	_, err := n.account.CreateVpcEndpoint(n.Context(), &ec2.CreateVpcEndpointInput{VpcId: &n.vpc.ID, ServiceName: aws.String("com.amazonaws.us-east-1.s3")})
	require.NoError(n, err)
}

// dual makes a dual-stack endpoint in one subnet.
func (n *names) dual() {
	out, err := n.account.CreateVpcEndpoint(n.Context(), &ec2.CreateVpcEndpointInput{VpcId: &n.vpc.ID, SubnetIds: []string{n.a.ID}, IpAddressType: ec2types.IpAddressTypeDualstack,
		VpcEndpointType: ec2types.VpcEndpointTypeInterface, ServiceName: aws.String("com.amazonaws.us-east-1.sts")})
	require.NoError(n, err)
	n.endpoint = *out.VpcEndpoint.VpcEndpointId
}
