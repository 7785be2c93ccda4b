package fake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"
)

const (
	bucketName  = "orders.s3.us-east-1.amazonaws.com"
	dualS3Name  = "s3.dualstack.us-east-1.amazonaws.com"
	chineseName = "sts.cn-north-1.amazonaws.com.cn"
)

// TestNamesOfServices has what endpoints do to the names of AWS's services beyond one name of one family: aws-facts 5 and 6.
func TestNamesOfServices(t *testing.T) { runClauses(t, append(bucketClauses, familyClauses...)) }

var bucketClauses = []clause{
	{"6.1", "S3's private name has its buckets below it", func(n *names) (string, []string) {
		n.gateway()
		n.reach("s3")
		n.inboundOnly(false)
		return bucketName, n.addrs
	}, func(n *names) ([]string, string) {
		n.inboundOnly(true)
		return n.outside(bucketName), ""
	}},
	{"5", "and so have the names of an endpoint to S3, zonal ones too", func(n *names) (string, []string) {
		n.reachPlainly("s3")
		n.sees("bucket."+*n.entries()[1].DnsName, n.addrs[:1], "")
		return "orders.bucket." + *n.entries()[0].DnsName, n.addrs
	}, func(n *names) ([]string, string) {
		name := "orders.bucket." + *n.entries()[0].DnsName
		n.deleteEndpoint()
		return nil, "no such host " + name + ": no private zone of " + n.vpc.ID + " and no public zone has it"
	}},
	{"6.1", "an endpoint that is being deleted has names of its own yet, and no private ones", func(n *names) (string, []string) {
		n.reach("sts")
		return stsName, n.addrs
	}, func(n *names) ([]string, string) {
		regional := *n.entries()[0].DnsName
		n.cloud.Timing.Delete = time.Hour
		n.deleteEndpoint()
		n.sees(regional, n.addrs, "")
		return n.outside(stsName), ""
	}},
	{"6.1", "private DNS needs the VPC's resolver", func(n *names) (string, []string) {
		n.reach("sts")
		return stsName, n.addrs
	}, func(n *names) ([]string, string) {
		n.vpc.DNSSupport(false)
		return nil, "the resolver of " + n.vpc.ID + " does not answer: enableDnsSupport is off"
	}},
	{"5", "an endpoint in China has its names there", func(n *names) (string, []string) {
		n.account = n.account.In("cn-north-1")
		n.vpc = n.account.VPC("10.1.0.0/16")
		n.a, n.b = n.vpc.Subnet("a", "10.1.1.0/24"), n.vpc.Subnet("b", "10.1.2.0/24")
		n.from = n.a
		out, err := n.account.CreateVpcEndpoint(n.Context(), &ec2.CreateVpcEndpointInput{VpcId: &n.vpc.ID, SubnetIds: []string{n.a.ID},
			VpcEndpointType: ec2types.VpcEndpointTypeInterface, ServiceName: aws.String("com.amazonaws.cn-north-1.sts")})
		require.NoError(n, err)
		n.endpoint = *out.VpcEndpoint.VpcEndpointId
		own := *n.entries()[0].DnsName
		require.True(n, strings.HasSuffix(own, ".cn-north-1.vpce.amazonaws.com.cn"), own)
		n.sees(own, []string{"10.1.1.4"}, "")
		elsewhere := strings.TrimSuffix(own, ".cn")
		n.sees(elsewhere, nil, "no such host "+elsewhere+": no private zone of "+n.vpc.ID+" and no public zone has it")
		return chineseName, []string{"10.1.1.4"}
	}, func(n *names) ([]string, string) {
		n.deleteEndpoint()
		return n.outside(chineseName), ""
	}},
}

var familyClauses = []clause{
	{"5", "an endpoint of IPv4 has A in subnets of both families", func(n *names) (string, []string) {
		n.reach("sts")
		n.sees(*n.entries()[0].DnsName, n.addrs, "")
		return stsName, n.addrs
	}, func(n *names) ([]string, string) {
		n.modify(&ec2.ModifyVpcEndpointInput{IpAddressType: ec2types.IpAddressTypeDualstack})
		require.Len(n, n.addrs, 2)
		return append(n.addrs, "2600:1f18:1:1::4", "2600:1f18:1:2::4"), ""
	}},
	{"5", "a gateway endpoint of both families leaves the records to the service", func(n *names) (string, []string) {
		n.gatewayOf("dualstack", "service-defined")
		n.sees(dualS3Name, n.outside(dualS3Name), "")
		return s3Name, n.outside(s3Name)
	}, func(n *names) ([]string, string) {
		n.modify(recordTypes("dualstack"))
		return n.outside(dualS3Name), ""
	}},
	{"5", "or has AAAA alone", func(n *names) (string, []string) {
		n.gatewayOf("dualstack", "ipv6")
		return s3Name, n.outside(dualS3Name)[1:]
	}, func(n *names) ([]string, string) {
		n.modify(recordTypes("ipv4"))
		n.sees(dualS3Name, n.outside(s3Name), "")
		return n.outside(s3Name), ""
	}},
	{"5", "in its VPC, as long as it lives", func(n *names) (string, []string) {
		n.gatewayOf("dualstack", "dualstack")
		n.from = n.other
		n.sees(s3Name, n.outside(s3Name), "")
		n.from = n.a
		return s3Name, n.outside(dualS3Name)
	}, func(n *names) ([]string, string) {
		n.cloud.Timing.Delete = time.Hour
		n.deleteEndpoint()
		return n.outside(s3Name), ""
	}},
	{"5", "of its own Region, with both DNS attributes of the VPC", func(n *names) (string, []string) {
		n.gatewayOf("dualstack", "dualstack")
		n.sees("s3.eu-west-1.amazonaws.com", n.outside("s3.eu-west-1.amazonaws.com"), "")
		return s3Name, n.outside(dualS3Name)
	}, func(n *names) ([]string, string) {
		n.vpc.DNSHostnames(false)
		return n.outside(s3Name), ""
	}},
}

func (n *names) inboundOnly(on bool) {
	n.modify(&ec2.ModifyVpcEndpointInput{DnsOptions: &ec2types.DnsOptionsSpecification{PrivateDnsOnlyForInboundResolverEndpoint: &on}})
}

// reachPlainly is reach without private DNS.
func (n *names) reachPlainly(service string) {
	out, err := n.account.CreateVpcEndpoint(n.Context(), &ec2.CreateVpcEndpointInput{VpcId: &n.vpc.ID, VpcEndpointType: ec2types.VpcEndpointTypeInterface,
		ServiceName: aws.String("com.amazonaws.us-east-1." + service), SubnetIds: []string{n.a.ID, n.b.ID}, PrivateDnsEnabled: new(bool)})
	require.NoError(n, err)
	n.endpoint, n.addrs = *out.VpcEndpoint.VpcEndpointId, nil
	for _, eni := range out.VpcEndpoint.NetworkInterfaceIds {
		n.addrs = append(n.addrs, hostAddr(n, n.account, eni))
	}
}

// gatewayOf makes a gateway endpoint to S3 of an address type and a DNS record type.
func (n *names) gatewayOf(family ec2types.IpAddressType, kind ec2types.DnsRecordIpType) {
	out, err := n.account.CreateVpcEndpoint(n.Context(), &ec2.CreateVpcEndpointInput{VpcId: &n.vpc.ID, ServiceName: aws.String("com.amazonaws.us-east-1.s3"),
		IpAddressType: family, DnsOptions: recordTypes(kind).DnsOptions})
	require.NoError(n, err)
	n.endpoint = *out.VpcEndpoint.VpcEndpointId
}

func recordTypes(kind ec2types.DnsRecordIpType) *ec2.ModifyVpcEndpointInput {
	return &ec2.ModifyVpcEndpointInput{DnsOptions: &ec2types.DnsOptionsSpecification{DnsRecordIpType: kind}}
}
