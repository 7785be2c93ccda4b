package bench_test

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
)

// stub is an AWS that answers at once and does nothing else: what is measured on it is our own work. It knows the requests of these benchmarks
// alone.
type stub struct {
	endpoint.API // for what is not called
	policy       string

	mu   sync.Mutex
	made int
	rows map[string]types.VpcEndpoint // by ID
	ids  map[string][]string          // by VPC
}

func newStub(policy string) *stub {
	return &stub{policy: policy, rows: map[string]types.VpcEndpoint{}, ids: map[string][]string{}}
}

func (*stub) ReadLag() time.Duration { return 0 }

func (s *stub) CreateVpcEndpoint(_ context.Context, in *ec2.CreateVpcEndpointInput, _ ...func(*ec2.Options)) (*ec2.CreateVpcEndpointOutput, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made++
	id := "vpce-" + strconv.Itoa(10_000_000+s.made)
	dns := []types.DnsEntry{
		{DnsName: aws.String(id + "-abcdefgh.sts.us-east-1.vpce.amazonaws.com"), HostedZoneId: aws.String("Z7HUB22UULQXV")},
		{DnsName: aws.String(id + "-abcdefgh-us-east-1a.sts.us-east-1.vpce.amazonaws.com"), HostedZoneId: aws.String("Z7HUB22UULQXV")},
	}
	e := types.VpcEndpoint{VpcEndpointId: &id, VpcId: in.VpcId, ServiceName: in.ServiceName, VpcEndpointType: in.VpcEndpointType, State: "pending",
		OwnerId: aws.String("111111111111"), SubnetIds: in.SubnetIds, Tags: in.TagSpecifications[0].Tags, CreationTimestamp: aws.Time(time.Now()),
		NetworkInterfaceIds: []string{"eni-" + id[5:]}, PrivateDnsEnabled: aws.Bool(false), PolicyDocument: &s.policy, DnsEntries: dns,
		IpAddressType: "ipv4", DnsOptions: &types.DnsOptions{DnsRecordIpType: "ipv4"}}
	for _, g := range in.SecurityGroupIds {
		e.Groups = append(e.Groups, types.SecurityGroupIdentifier{GroupId: aws.String(g), GroupName: aws.String("app")})
	}
	ready := e
	ready.State = "available"
	s.rows[id] = ready
	s.ids[*in.VpcId] = append(s.ids[*in.VpcId], id)
	return &ec2.CreateVpcEndpointOutput{VpcEndpoint: &e}, nil
}

// DescribeVpcEndpoints answers by the first of ID, VPC and declared name.
func (s *stub) DescribeVpcEndpoints(_ context.Context, in *ec2.DescribeVpcEndpointsInput, _ ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointsOutput, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	wanted, name := in.VpcEndpointIds, ""
	for _, f := range in.Filters {
		switch *f.Name {
		case "vpc-endpoint-id":
			wanted = f.Values
		case "vpc-id":
			for _, vpc := range f.Values {
				wanted = append(wanted, s.ids[vpc]...)
			}
		default:
			name = f.Values[0]
		}
	}
	out := &ec2.DescribeVpcEndpointsOutput{VpcEndpoints: make([]types.VpcEndpoint, 0, len(wanted))}
	for _, id := range wanted {
		if e, there := s.rows[id]; there && (name == "" || named(e, name)) {
			out.VpcEndpoints = append(out.VpcEndpoints, e)
		}
	}
	return out, nil
}

func named(e types.VpcEndpoint, name string) bool {
	for _, t := range e.Tags {
		if *t.Value == name {
			return true
		}
	}
	return false
}

func (s *stub) ModifyVpcEndpoint(_ context.Context, in *ec2.ModifyVpcEndpointInput, _ ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointOutput, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.rows[*in.VpcEndpointId]
	e.Groups = nil
	for _, g := range in.AddSecurityGroupIds {
		e.Groups = append(e.Groups, types.SecurityGroupIdentifier{GroupId: aws.String(g), GroupName: aws.String("app")})
	}
	s.rows[*in.VpcEndpointId] = e
	return &ec2.ModifyVpcEndpointOutput{Return: aws.Bool(true)}, nil
}

func (s *stub) DeleteVpcEndpoints(_ context.Context, in *ec2.DeleteVpcEndpointsInput, _ ...func(*ec2.Options)) (*ec2.DeleteVpcEndpointsOutput, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range in.VpcEndpointIds {
		delete(s.rows, id)
	}
	return &ec2.DeleteVpcEndpointsOutput{}, nil
}

func (*stub) DescribeNetworkInterfaces(context.Context, *ec2.DescribeNetworkInterfacesInput, ...func(*ec2.Options)) (*ec2.DescribeNetworkInterfacesOutput, error) {
	return &ec2.DescribeNetworkInterfacesOutput{}, nil
}
