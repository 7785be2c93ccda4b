package fake_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

const perVPC = 50

// fleet is a cloud with n endpoints in VPCs of 50, each in one subnet, journal off.
type fleet struct {
	*fake.Account
	cloud *fake.Cloud
	ids   []string
	made  int // tokens used
}

func newFleet(b *testing.B, n int) *fleet {
	b.Helper()
	c := &fake.Cloud{Forget: true}
	f := &fleet{Account: c.Account("111111111111"), cloud: c}
	for len(f.ids) < n {
		for _, in := range f.requests() {
			out, err := f.CreateVpcEndpoint(b.Context(), in)
			require.NoError(b, err)
			f.ids = append(f.ids, *out.VpcEndpoint.VpcEndpointId)
		}
	}
	return f
}

// requests are for as many endpoints as fit in a new VPC.
func (f *fleet) requests() []*ec2.CreateVpcEndpointInput {
	v := f.VPC("10.0.0.0/16")
	subnet, out := v.Subnet("a", "10.0.1.0/24").ID, make([]*ec2.CreateVpcEndpointInput, perVPC)
	for i := range out {
		out[i] = &ec2.CreateVpcEndpointInput{VpcId: aws.String(v.ID), SubnetIds: []string{subnet}, VpcEndpointType: types.VpcEndpointTypeInterface,
			ServiceName: aws.String("com.amazonaws.us-east-1.sts"), PrivateDnsEnabled: aws.Bool(false)}
	}
	f.rename(out)
	return out
}

// rename makes requests new ones: each has its own token and tag.
func (f *fleet) rename(requests []*ec2.CreateVpcEndpointInput) {
	for _, in := range requests {
		in.ClientToken = aws.String(fmt.Sprintf("token-%d", f.made))
		in.TagSpecifications = []types.TagSpecification{{ResourceType: types.ResourceTypeVpcEndpoint, Tags: []types.Tag{
			{Key: aws.String("Name"), Value: aws.String(fmt.Sprintf("ep-%d", f.made))}}}}
		f.made++
	}
}

var sizes = []int{1000, 5000, 100000}

func eachSize(b *testing.B, run func(*testing.B, *fleet)) {
	for _, n := range sizes {
		if testing.Short() && n > sizes[0] {
			return
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			f := newFleet(b, n)
			b.ReportAllocs()
			b.ResetTimer()
			run(b, f)
		})
	}
}

func BenchmarkFakeDescribeByID(b *testing.B) {
	eachSize(b, func(b *testing.B, f *fleet) {
		i := 0
		for b.Loop() {
			i++
			_, err := f.DescribeVpcEndpoints(b.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{f.ids[i%len(f.ids)]}})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkFakeCreate makes the endpoints of one VPC again and again: between two rounds, outside the time, those of the last are deleted, so
// that there are never more than fifty beyond the fleet.
func BenchmarkFakeCreate(b *testing.B) {
	eachSize(b, func(b *testing.B, f *fleet) {
		requests, made := f.requests(), make([]string, 0, perVPC)
		b.ResetTimer()
		for b.Loop() {
			if len(made) == perVPC {
				b.StopTimer()
				f.deleteAll(b, made)
				f.rename(requests)
				made = made[:0]
				b.StartTimer()
			}
			out, err := f.CreateVpcEndpoint(b.Context(), requests[len(made)])
			if err != nil {
				b.Fatal(err)
			}
			made = append(made, *out.VpcEndpoint.VpcEndpointId)
		}
	})
}

func (f *fleet) deleteAll(b *testing.B, ids []string) {
	b.Helper()
	out, err := f.DeleteVpcEndpoints(b.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: ids})
	require.NoError(b, err)
	require.Empty(b, out.Unsuccessful)
}

func BenchmarkFakeListAll(b *testing.B) {
	eachSize(b, func(b *testing.B, f *fleet) {
		for b.Loop() {
			got := 0
			for p := ec2.NewDescribeVpcEndpointsPaginator(f.Account, &ec2.DescribeVpcEndpointsInput{}); p.HasMorePages(); {
				out, err := p.NextPage(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				got += len(out.VpcEndpoints)
			}
			require.Equal(b, len(f.ids), got)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(f.ids)), "ns/endpoint")
	})
}

func BenchmarkFakeByTag(b *testing.B) {
	eachSize(b, func(b *testing.B, f *fleet) {
		for b.Loop() {
			out, err := f.DescribeVpcEndpoints(b.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("tag:Name", "ep-7")})
			if err != nil || len(out.VpcEndpoints) != 1 {
				b.Fatal(err, out)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(f.ids)), "ns/endpoint")
	})
}

func BenchmarkFakeMemory(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				before := heap()
				f := newFleet(b, n)
				b.ReportMetric(float64(heap()-before)/float64(n), "B/endpoint")
				runtime.KeepAlive(f)
			}
		})
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
