package fake_test

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// episode makes and deletes things of all kinds, lets time pass, and tells all that it was answered.
func episode(t testing.TB, h *harness) string {
	told := ""
	tell := func(out any, err error) { told += fmt.Sprintf("%s %v\n", tale(out), err) }
	svc := h.service(t, true)
	ep := h.create(t, *svc.ServiceName, withToken("a"))
	tell(h.provider.AcceptVpcEndpointConnections(t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: svc.ServiceId, VpcEndpointIds: []string{*ep.VpcEndpointId}}))
	tell(h.consumer.CreateVpcEndpoint(t.Context(), h.request(*svc.ServiceName, withToken("a"))))
	time.Sleep(40 * time.Second)
	tell(h.consumer.DescribeVpcEndpoints(t.Context(), nil))
	tell(h.consumer.DescribeNetworkInterfaces(t.Context(), nil))
	tell(h.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{*ep.VpcEndpointId}}))
	tell(h.consumer.(*fake.Account).CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String("a.example"), CallerReference: aws.String("once")}))
	time.Sleep(40 * time.Second)
	tell(h.consumer.DescribeVpcEndpoints(t.Context(), nil))
	tell(h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{"vpce-0123456789abcdef0"}}))
	return told + h.cloud.Dump()
}

// tale is an answer as text, without times and metadata.
func tale(out any) string {
	switch out := out.(type) {
	case *ec2.DescribeVpcEndpointsOutput:
		if out != nil {
			return fmt.Sprint(len(out.VpcEndpoints), states(out.VpcEndpoints))
		}
	case *ec2.CreateVpcEndpointOutput:
		if out == nil {
			return ""
		}
		return fmt.Sprint(*out.VpcEndpoint.VpcEndpointId, out.VpcEndpoint.State)
	case *route53.CreateHostedZoneOutput:
		return fmt.Sprint(*out.HostedZone.Id, *out.ChangeInfo.Id)
	}
	return fmt.Sprintf("%T", out)
}

func states(eps []types.VpcEndpoint) string {
	text := ""
	for _, ep := range eps {
		text += fmt.Sprint(*ep.VpcEndpointId, " ", ep.State, " ")
	}
	return text
}

func slow(c *fake.Cloud) {
	c.Delay, c.Lag, c.Timing.DeletedRow = time.Minute, 5*time.Second, time.Minute
}

// TestRestoreRepeats plays a story, goes back, and plays it again, years later and in other bubbles: it goes the same way each time.
func TestRestoreRepeats(t *testing.T) {
	t.Parallel()
	for name, settings := range map[string]func(*fake.Cloud){
		"instant": nil, "slow": slow, "harsh": func(c *fake.Cloud) { slow(c); c.Switches = fake.Harsh() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var s *fake.Snapshot
			var h *harness
			want := ""
			synctest.Test(t, func(t *testing.T) {
				h = newHarness(settings)
				begun := *h.create(t, h.awsService("ssm"), withPrivateDNS(false)).VpcEndpointId
				time.Sleep(10 * time.Second)
				h.remove(t, begun)
				s = h.cloud.Snapshot()
				want = episode(t, h)
				for range 3 {
					time.Sleep(1000 * time.Hour)
					h.cloud.Restore(s)
					require.Equal(t, want, episode(t, h))
				}
			})
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Hour)
				h.cloud.Restore(s)
				require.Equal(t, want, episode(t, h))
			})
		})
	}
}

// TestRestoreInRealTimeThenInABubble takes up in virtual time what was made in real time, years later by the clock.
func TestRestoreInRealTimeThenInABubble(t *testing.T) {
	t.Parallel()
	h := newHarness(slow)
	id := *h.create(t, h.awsService("sts"), withPrivateDNS(false)).VpcEndpointId
	s := h.cloud.Snapshot()
	synctest.Test(t, func(t *testing.T) {
		h.cloud.Restore(s)
		time.Sleep(50 * time.Second)
		require.Equal(t, "pending", string(h.read(t, id).State))
		time.Sleep(20 * time.Second)
		ep := h.read(t, id)
		require.Equal(t, "available", string(ep.State))
		require.WithinDuration(t, time.Now().Add(-70*time.Second), *ep.CreationTimestamp, time.Second, "it is as old as it was")
		require.WithinDuration(t, time.Now(), *h.create(t, h.awsService("ssm"), withPrivateDNS(false)).CreationTimestamp, time.Second)
	})
}

// TestSnapshotIsShared lets many clouds take one up at once and go their own ways.
func TestSnapshotIsShared(t *testing.T) {
	t.Parallel()
	h := newHarness(nil)
	h.create(t, h.awsService("sts"), withPrivateDNS(false))
	s, dump := h.cloud.Snapshot(), h.cloud.Dump()
	ids := make([]string, 8)
	var wg sync.WaitGroup
	for i := range ids {
		wg.Go(func() {
			var c fake.Cloud
			c.Restore(s)
			if c.Dump() != dump {
				return
			}
			out, err := c.Account(h.consumerID).CreateVpcEndpoint(t.Context(), h.request(h.awsService("ssm"), withPrivateDNS(false)))
			if err == nil {
				ids[i] = *out.VpcEndpoint.VpcEndpointId
			}
			c.Restore(s)
			if c.Dump() != dump {
				ids[i] = ""
			}
		})
	}
	wg.Wait()
	require.NotEmpty(t, ids[0])
	for _, id := range ids {
		require.Equal(t, ids[0], id)
	}
	require.Equal(t, dump, h.cloud.Dump())
}

func TestSnapshotHasJournalAndFaults(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHarness(nil)
		h.cloud.Inject(fake.RateLimit(0.1, 2).On("CreateVpcEndpoint"), fake.Throttle().On("DescribeVpcEndpoints").Nth(2))
		require.NoError(t, h.try(t.Context()))
		s := h.cloud.Snapshot()
		for range 2 {
			require.NoError(t, h.try(t.Context()))
			require.Error(t, h.try(t.Context()))
			_, err := h.consumer.DescribeVpcEndpoints(t.Context(), nil)
			require.NoError(t, err)
			_, err = h.consumer.DescribeVpcEndpoints(t.Context(), nil)
			require.Error(t, err)
			require.Len(t, h.cloud.Calls(), 5)
			time.Sleep(time.Hour)
			h.cloud.Restore(s)
			require.Len(t, h.cloud.Calls(), 1)
		}
		var other fake.Cloud
		other.Restore(s)
		require.Len(t, other.Calls(), 1)
		h.cloud.Restore((&fake.Cloud{}).Snapshot())
		require.Empty(t, h.cloud.Dump())
		require.Empty(t, h.cloud.Calls())
	})
}

func BenchmarkFakeSnapshot(b *testing.B) {
	eachSize(b, func(b *testing.B, f *fleet) {
		for b.Loop() {
			f.cloud.Restore(f.cloud.Snapshot())
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(f.ids)), "ns/endpoint")
	})
}
