package fake_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// canned answers every request with what another transport once answered: what is left is the SDK's own share.
type canned struct {
	once  sync.Once
	inner aws.HTTPClient
	head  http.Header
	body  []byte
}

func (c *canned) Do(r *http.Request) (*http.Response, error) {
	c.once.Do(func() {
		resp, err := c.inner.Do(r)
		if err != nil {
			panic(err)
		}
		c.head = resp.Header
		c.body, _ = io.ReadAll(resp.Body)
	})
	return &http.Response{StatusCode: 200, Header: c.head, Body: io.NopCloser(bytes.NewReader(c.body)), ContentLength: int64(len(c.body)), Request: r}, nil
}

// oneEndpoint is a cloud with an account with one interface endpoint, and a request for it.
func oneEndpoint(b testing.TB) (*fake.Cloud, *fake.Account, *ec2.DescribeVpcEndpointsInput) {
	c := &fake.Cloud{Forget: true}
	a := c.Account("111111111111")
	v := a.VPC("10.0.0.0/16")
	out, err := a.CreateVpcEndpoint(b.Context(), &ec2.CreateVpcEndpointInput{VpcId: &v.ID, VpcEndpointType: types.VpcEndpointTypeInterface,
		ServiceName: aws.String("com.amazonaws.us-east-1.sts"), SubnetIds: []string{v.Subnet("a", "10.0.1.0/24").ID, v.Subnet("b", "10.0.2.0/24").ID}})
	require.NoError(b, err)
	return c, a, &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{*out.VpcEndpoint.VpcEndpointId}}
}

// BenchmarkWire is a call on the wire without a socket, and the SDK's share of it.
func BenchmarkWire(b *testing.B) {
	_, a, in := oneEndpoint(b)
	config := a.Config()
	still := a.Config()
	still.HTTPClient = &canned{inner: config.HTTPClient}
	for name, client := range map[string]*ec2.Client{"fake": ec2.NewFromConfig(config), "canned": ec2.NewFromConfig(still)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := client.DescribeVpcEndpoints(b.Context(), in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkServer is the calls that a server on loopback answers to 50 clients. The clients send one signed request again and again, so that
// most of the work is the server's.
func BenchmarkServer(b *testing.B) {
	c, a, in := oneEndpoint(b)
	server := httptest.NewServer(c)
	defer server.Close()
	request := recorded(b, a, func(cfg aws.Config) error {
		_, err := ec2.NewFromConfig(cfg).DescribeVpcEndpoints(b.Context(), in)
		return err
	})
	transport := &http.Transport{MaxIdleConnsPerHost: 50}
	defer transport.CloseIdleConnections()
	b.SetParallelism((50 + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0))
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := send(transport, server.URL, request); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}

// send sends a recorded request to an address and reads the answer.
func send(transport *http.Transport, address string, r *sent) error {
	resp, err := transport.RoundTrip(r.to(address))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err = io.Copy(io.Discard, resp.Body); err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("status %s", resp.Status)
	}
	return err
}
