package fake_test

import (
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// sink counts what a listener's connections bring, until it is closed.
type sink struct {
	net.Listener
	bytes, accepted, open atomic.Int64
	serving               sync.WaitGroup
}

func (s *sink) serve() {
	for {
		c, err := s.Accept()
		if err != nil {
			return
		}
		s.accepted.Add(1)
		s.open.Add(1)
		s.serving.Go(func() {
			n, _ := io.Copy(io.Discard, c)
			s.bytes.Add(n)
			_ = c.Close()
			s.open.Add(-1)
		})
	}
}

// inVPC is a host and a sink behind a load balancer in the same VPC.
func inVPC() (*fake.Host, *sink) {
	a := new(fake.Cloud).Account(ownerID)
	subnet := a.VPC("10.0.0.0/16").Subnet("a", "10.0.1.0/24")
	s := &sink{Listener: a.NLB("sink", subnet).Listen(80)}
	s.serving.Go(s.serve)
	return subnet.Host(), s
}

// TestManyConnectionsCarryAGibibyte has them all open at one moment. Whatever they leave behind keeps the bubble from ending.
func TestManyConnectionsCarryAGibibyte(t *testing.T) {
	n, total := 10_000, 1<<30
	if raced {
		n = 1000
	}
	if testing.Short() {
		n, total = 1000, 1<<27
	}
	synctest.Test(t, func(t *testing.T) {
		host, s := inVPC()
		conns := make([]net.Conn, n)
		each(conns, func(c *net.Conn, _ []byte) (err error) {
			*c, err = host.DialContext(t.Context(), "tcp", s.Addr().String())
			return err
		}, t)
		synctest.Wait()
		require.EqualValues(t, n, s.open.Load())
		each(conns, func(c *net.Conn, b []byte) error {
			for left := total/n + 1; left > 0; left -= len(b) {
				if _, err := (*c).Write(b[:min(left, len(b))]); err != nil {
					return err
				}
			}
			return nil
		}, t)
		require.EqualValues(t, n, s.open.Load())
		each(conns, func(c *net.Conn, _ []byte) error { return (*c).Close() }, t)
		synctest.Wait()
		require.Zero(t, s.open.Load())
		require.EqualValues(t, n*(total/n+1), s.bytes.Load())
		require.NoError(t, s.Close())
		s.serving.Wait()
	})
}

// each does something with each connection, several at a time.
func each(conns []net.Conn, do func(*net.Conn, []byte) error, t testing.TB) {
	var wg sync.WaitGroup
	const workers = 8
	for w := range workers {
		wg.Go(func() {
			b := make([]byte, 32<<10)
			for i := w; i < len(conns); i += workers {
				if err := do(&conns[i], b); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkDial(b *testing.B) {
	host, s := inVPC()
	address := s.Addr().String()
	b.ReportAllocs()
	for b.Loop() {
		c, err := host.DialContext(b.Context(), "tcp", address)
		if err != nil {
			b.Fatal(err)
		}
		_ = c.Close()
	}
	_ = s.Close()
	s.serving.Wait()
}

// BenchmarkDialByName goes by an alias to an endpoint, with 50 endpoints of 2 interfaces in the VPC.
func BenchmarkDialByName(b *testing.B) {
	z := newZoned(b, fake.Switches{})
	s := &sink{Listener: z.nlb.Listen(81)}
	z.group.AllowTCP(81, "10.1.0.0/16")
	s.serving.Go(s.serve)
	z.name(b)
	for i := range 49 {
		awsEndpointOff(b, z, i)
	}
	b.ReportAllocs()
	for b.Loop() {
		c, err := z.subnet.DialContext(b.Context(), "tcp", apiName+":81")
		if err != nil {
			b.Fatal(err)
		}
		_ = c.Close()
	}
	_ = s.Close()
	s.serving.Wait()
}

func BenchmarkThroughput(b *testing.B) {
	host, s := inVPC()
	c, err := host.DialContext(b.Context(), "tcp", s.Addr().String())
	require.NoError(b, err)
	buf := make([]byte, 32<<10)
	b.SetBytes(int64(len(buf)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Write(buf); err != nil {
			b.Fatal(err)
		}
	}
	_ = c.Close()
	_ = s.Close()
	s.serving.Wait()
}

// awsEndpointOff makes an endpoint without private DNS beside the zoned one.
func awsEndpointOff(b testing.TB, z *zoned, i int) {
	services := []string{"ec2", "sts", "ssm"}
	in := &ec2.CreateVpcEndpointInput{VpcId: &z.vpc.ID, VpcEndpointType: ec2types.VpcEndpointTypeInterface, PrivateDnsEnabled: aws.Bool(false),
		ServiceName: aws.String("com.amazonaws.us-east-1." + services[i%len(services)]), SubnetIds: []string{z.subnet.ID}}
	_, err := z.consumer.CreateVpcEndpoint(b.Context(), in)
	require.NoError(b, err)
}
