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
	spot  *ec2.CreateVpcEndpointInput // where one more fits
}

func newFleet(b *testing.B, n int) *fleet {
	b.Helper()
	c := &fake.Cloud{Forget: true}
	f := &fleet{Account: c.Account("111111111111"), cloud: c}
	for i := range n {
		if i%perVPC == 0 {
			f.newSpot()
		}
		f.ids = append(f.ids, f.add(b, i))
	}
	f.newSpot()
	return f
}

func (f *fleet) newSpot() {
	v := f.VPC("10.0.0.0/16")
	f.spot = &ec2.CreateVpcEndpointInput{VpcId: &v.ID, SubnetIds: []string{v.Subnet("a", "10.0.1.0/24").ID}, VpcEndpointType: types.VpcEndpointTypeInterface,
		ServiceName: aws.String("com.amazonaws.us-east-1.sts"), PrivateDnsEnabled: aws.Bool(false)}
}

func (f *fleet) add(b *testing.B, i int) string {
	b.Helper()
	f.spot.ClientToken = aws.String(fmt.Sprintf("token-%d", i))
	f.spot.TagSpecifications = []types.TagSpecification{{ResourceType: types.ResourceTypeVpcEndpoint, Tags: []types.Tag{
		{Key: aws.String("Name"), Value: aws.String(fmt.Sprintf("ep-%d", i))}}}}
	out, err := f.CreateVpcEndpoint(b.Context(), f.spot)
	require.NoError(b, err)
	return *out.VpcEndpoint.VpcEndpointId
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

func BenchmarkFakeCreate(b *testing.B) {
	eachSize(b, func(b *testing.B, f *fleet) {
		i := 0
		for b.Loop() {
			if i++; i%perVPC == 0 {
				b.StopTimer()
				f.newSpot()
				b.StartTimer()
			}
			f.add(b, len(f.ids)+i)
		}
	})
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
