package fake_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/lag"
)

// timed runs a test in virtual time on a cloud with settings.
func timed(t *testing.T, settings func(*fake.Cloud), test func(testing.TB, *harness)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { test(t, newHarness(settings)) })
}

func TestOneModifyAtATime(t *testing.T) {
	timed(t, func(c *fake.Cloud) { c.Timing.Modify = time.Minute }, func(t testing.TB, h *harness) {
		id := h.create(t, h.awsService("sts"), withSubnets(h.a.id)).VpcEndpointId
		h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: id, AddSubnetIds: []string{h.b.id}, RemoveSubnetIds: []string{h.a.id}})
		require.Equal(t, "pending", string(h.read(t, *id).State))
		require.Len(t, h.interfaces(t, *id), 2)
		_, err := h.consumer.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: id, AddSubnetIds: []string{h.a.id}})
		requireCode(t, err, "OperationInProgress", "VpcEndpoint modify operation in progress")
		time.Sleep(time.Minute)
		require.Equal(t, "available", string(h.read(t, *id).State))
		require.Len(t, h.interfaces(t, *id), 1)
		h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: id, AddSubnetIds: []string{h.a.id}})
	})
}

// TestModifyKeepsWhatIsUnderWay changes endpoints that are not available yet: the change ends neither their provisioning nor their waiting
// for acceptance.
func TestModifyKeepsWhatIsUnderWay(t *testing.T) {
	timed(t, func(c *fake.Cloud) { c.Timing = fake.Timing{Provision: time.Minute, Modify: time.Second} }, func(t testing.TB, h *harness) {
		young, waiting := h.create(t, h.awsService("sts"), withSubnets(h.a.id)).VpcEndpointId, h.create(t, *h.service(t, true).ServiceName, withSubnets()).VpcEndpointId
		for _, id := range []*string{young, waiting} {
			h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: id, AddSubnetIds: []string{h.b.id}})
		}
		time.Sleep(2 * time.Second)
		require.Equal(t, "pending", string(h.read(t, *young).State))
		time.Sleep(time.Minute)
		require.Equal(t, "available", string(h.read(t, *young).State))
		require.Equal(t, "pendingAcceptance", string(h.read(t, *waiting).State))
	})
}

func TestDyingEndpointHoldsItsPrivateName(t *testing.T) {
	timed(t, func(c *fake.Cloud) { c.Timing = fake.Timing{Delete: time.Minute, DeletedRow: time.Minute} }, func(t testing.TB, h *harness) {
		id := *h.create(t, h.awsService("sts")).VpcEndpointId
		h.remove(t, id)
		time.Sleep(30 * time.Second)
		h.remove(t, id)
		h.refuse(t, "InvalidParameter", "conflicting DNS domain", h.awsService("sts"))
		time.Sleep(30 * time.Second)
		h.create(t, h.awsService("sts"))
	})
}

func TestServiceIsNotUsableAtOnce(t *testing.T) {
	settings := func(c *fake.Cloud) {
		c.Timing = fake.Timing{ServiceProvision: 10 * time.Second, ServiceUsable: 20 * time.Second}
	}
	timed(t, settings, func(t testing.TB, h *harness) {
		svc := h.service(t, false)
		require.Equal(t, "Pending", string(svc.ServiceState))
		h.refuse(t, "Unavailable", "The service is unavailable", *svc.ServiceName)
		time.Sleep(15 * time.Second)
		require.Equal(t, "Available", string(h.readService(t, *svc.ServiceId).ServiceState))
		h.refuse(t, "Unavailable", "", *svc.ServiceName)
		time.Sleep(5 * time.Second)
		h.create(t, *svc.ServiceName)
	})
}

func TestPermissionTakesTime(t *testing.T) {
	timed(t, func(c *fake.Cloud) { c.Timing.Permission = 5 * time.Second }, func(t testing.TB, h *harness) {
		svc := h.service(t, false)
		h.refuse(t, "InvalidServiceName", "", *svc.ServiceName)
		time.Sleep(5 * time.Second)
		h.create(t, *svc.ServiceName)
	})
}

func TestAcceptanceExpires(t *testing.T) {
	timed(t, func(c *fake.Cloud) { c.Timing.Expire = time.Hour }, func(t testing.TB, h *harness) {
		svc := h.service(t, true)
		id := *h.create(t, *svc.ServiceName).VpcEndpointId
		time.Sleep(time.Hour)
		require.Equal(t, "expired", string(h.read(t, id).State))
		out, err := h.provider.AcceptVpcEndpointConnections(t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: svc.ServiceId, VpcEndpointIds: []string{id}})
		require.NoError(t, err)
		requireItem(t, out.Unsuccessful, id, "InvalidState")
		h.remove(t, id)
	})
}

func TestAcceptingWhatIsOnItsWay(t *testing.T) {
	timed(t, minute, func(t testing.TB, h *harness) {
		svc := h.service(t, true)
		id := *h.create(t, *svc.ServiceName).VpcEndpointId
		h.accept(t, *svc.ServiceId, id)
		time.Sleep(40 * time.Second)
		h.accept(t, *svc.ServiceId, id)
		time.Sleep(20 * time.Second)
		require.Equal(t, "available", string(h.read(t, id).State))
	})
}

func TestConnectionRowLingers(t *testing.T) {
	timed(t, func(c *fake.Cloud) { c.Timing = fake.Timing{Delete: time.Minute, ConnectionRow: time.Minute} }, func(t testing.TB, h *harness) {
		svc := h.service(t, true)
		id := *h.create(t, *svc.ServiceName).VpcEndpointId
		h.remove(t, id)
		require.Equal(t, "deleting", string(h.connections(t, nil)[0].VpcEndpointState))
		require.Contains(t, h.cloud.Dump(), "\n  connection ")
		time.Sleep(90 * time.Second)
		require.Equal(t, "deleted", string(h.connections(t, nil)[0].VpcEndpointState))
		require.NotContains(t, h.cloud.Dump(), "\n  connection ")
		time.Sleep(time.Minute)
		require.Empty(t, h.connections(t, nil))
	})
}

func TestServiceDeleteHoldsItsBalancers(t *testing.T) {
	timed(t, func(c *fake.Cloud) { c.Timing.ServiceDelete = time.Minute }, func(t testing.TB, h *harness) {
		id := *h.service(t, true).ServiceId
		_, err := h.provider.DeleteVpcEndpointServiceConfigurations(t.Context(), &ec2.DeleteVpcEndpointServiceConfigurationsInput{ServiceIds: []string{id}})
		require.NoError(t, err)
		require.Equal(t, "Deleting", string(h.readService(t, id).ServiceState))
		h.refuse(t, "InvalidServiceName", id, "com.amazonaws.vpce."+h.region+"."+id)
		again := &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.nlb}}
		_, err = h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), again)
		requireCode(t, err, "InvalidParameter", "already associated")
		time.Sleep(time.Minute)
		h.offer(t, again)
	})
}

func TestLagShowsTheWorldAsItWas(t *testing.T) {
	timed(t, func(c *fake.Cloud) { c.Lag = 5 * time.Second }, func(t testing.TB, h *harness) {
		id := *h.create(t, h.awsService("sts")).VpcEndpointId
		seen := func() int {
			ctx, window := lag.Listen(t.Context(), mute{})
			out, err := h.consumer.DescribeVpcEndpoints(ctx, nil)
			require.NoError(t, err)
			require.Equal(t, 5*time.Second, window())
			return len(out.VpcEndpoints)
		}
		time.Sleep(5*time.Second - 1)
		require.Zero(t, seen())
		time.Sleep(time.Nanosecond)
		require.Equal(t, 1, seen())
		h.tag(t, id, "k", "v")
		require.Empty(t, h.read(t, id).Tags)
		h.remove(t, id)
		require.Equal(t, 1, seen())
		require.Equal(t, "available", string(h.read(t, id).State))
		time.Sleep(5 * time.Second)
		require.Zero(t, seen())
	})
}

func TestRandomLagDiffersByRowAndRead(t *testing.T) {
	settings := func(c *fake.Cloud) { c.Lag, c.Switches.RandomLag = 10*time.Second, true }
	timed(t, settings, func(t testing.TB, h *harness) {
		for range 20 {
			h.create(t, h.awsService("sts"), withPrivateDNS(false), withSubnets())
		}
		time.Sleep(5 * time.Second)
		counts := map[int]bool{}
		for range 20 {
			out, err := h.consumer.DescribeVpcEndpoints(t.Context(), nil)
			require.NoError(t, err)
			counts[len(out.VpcEndpoints)] = true
		}
		require.Greater(t, len(counts), 2)
		time.Sleep(5 * time.Second)
		out, err := h.consumer.DescribeVpcEndpoints(t.Context(), nil)
		require.NoError(t, err)
		require.Len(t, out.VpcEndpoints, 20)
	})
}

// TestRealisticNeedsWaiting walks an endpoint through its life under AWS's own times.
func TestRealisticNeedsWaiting(t *testing.T) {
	timed(t, func(c *fake.Cloud) { c.Timing = fake.Realistic() }, func(t testing.TB, h *harness) {
		svc := h.service(t, true)
		time.Sleep(time.Minute)
		id := *h.create(t, *svc.ServiceName).VpcEndpointId
		h.accept(t, *svc.ServiceId, id)
		begun := time.Now()
		h.reach(t, id, "available")
		require.GreaterOrEqual(t, time.Since(begun), time.Minute)
		h.remove(t, id)
		h.reach(t, id, "deleted")
	})
}

func TestForgottenRowsAreGone(t *testing.T) {
	timed(t, func(c *fake.Cloud) { c.Forget = true }, func(t testing.TB, h *harness) {
		for range 300 {
			h.remove(t, *h.create(t, h.awsService("sts"), func(in *ec2.CreateVpcEndpointInput) { in.ClientToken = aws.String("t") }).VpcEndpointId)
		}
		nothing(t, h)
	})
}
