package fake_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// TestOneTokenOneEndpoint lets 32 callers ask with one token at once, half of them with other parameters.
func TestOneTokenOneEndpoint(t *testing.T) {
	t.Parallel()
	h := newHarness(nil)
	svc := *h.service(t, false).ServiceName
	ids, errs := make([]string, 32), make([]error, 32)
	var wg sync.WaitGroup
	for i := range ids {
		wg.Go(func() {
			in := h.request(svc, withToken("one"))
			if i%2 == 1 {
				in.SubnetIds = []string{h.a.id}
			}
			out, err := h.consumer.CreateVpcEndpoint(t.Context(), in)
			if errs[i] = err; err == nil {
				ids[i] = *out.VpcEndpoint.VpcEndpointId
			}
		})
	}
	wg.Wait()
	all, err := h.consumer.DescribeVpcEndpoints(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, all.VpcEndpoints, 1)
	winner := 0
	if errs[0] != nil {
		winner = 1
	}
	for i := range ids {
		if i%2 == winner {
			require.NoError(t, errs[i])
			require.Equal(t, *all.VpcEndpoints[0].VpcEndpointId, ids[i])
		} else {
			requireCode(t, errs[i], "IdempotentParameterMismatch", "")
		}
	}
}

func TestEdgesAreCopied(t *testing.T) {
	t.Parallel()
	for _, forget := range []bool{false, true} {
		t.Run(fmt.Sprint("forget=", forget), func(t *testing.T) {
			t.Parallel()
			h := newHarness(func(c *fake.Cloud) { c.Forget = forget })
			in := h.request(h.awsService("sts"), func(in *ec2.CreateVpcEndpointInput) {
				in.SecurityGroupIds, in.PolicyDocument = []string{h.group}, aws.String(`{"Statement":[]}`)
				in.TagSpecifications = []types.TagSpecification{{ResourceType: types.ResourceTypeVpcEndpoint, Tags: []types.Tag{{Key: aws.String("k"), Value: aws.String("v")}}}}
			})
			out, err := h.consumer.CreateVpcEndpoint(t.Context(), in)
			require.NoError(t, err)
			id := *out.VpcEndpoint.VpcEndpointId
			was := text(t, h.read(t, id))
			*in.VpcId, *in.PolicyDocument, in.SubnetIds[0], in.SecurityGroupIds[0] = "x", "x", "x", "x"
			*in.TagSpecifications[0].Tags[0].Value = "x"
			spoil(out.VpcEndpoint)
			shown := h.read(t, id)
			spoil(&shown)
			require.JSONEq(t, was, text(t, h.read(t, id)))
		})
	}
}

// text is an endpoint in a form that shares no memory with it.
func text(t testing.TB, ep types.VpcEndpoint) string {
	t.Helper()
	b, err := json.Marshal(ep)
	require.NoError(t, err)
	return string(b)
}

func spoil(ep *types.VpcEndpoint) {
	*ep.VpcId, *ep.PolicyDocument, *ep.ServiceName, *ep.PrivateDnsEnabled, *ep.OwnerId = "y", "y", "y", false, "y"
	ep.SubnetIds[0], ep.NetworkInterfaceIds[0], *ep.Groups[0].GroupId, *ep.Groups[0].GroupName = "y", "y", "y", "y"
	*ep.DnsEntries[0].DnsName, *ep.Tags[0].Value, ep.DnsOptions.DnsRecordIpType = "y", "y", "y"
}

func TestJournalIsACopy(t *testing.T) {
	t.Parallel()
	h := newHarness(nil)
	in := h.request(h.awsService("sts"))
	out, err := h.consumer.CreateVpcEndpoint(t.Context(), in)
	require.NoError(t, err)
	id := *out.VpcEndpoint.VpcEndpointId
	in.SubnetIds[0], *out.VpcEndpoint.VpcEndpointId = "x", "x"
	call := h.cloud.Calls()[0]
	require.Equal(t, h.a.id, call.Input.(*ec2.CreateVpcEndpointInput).SubnetIds[0])
	require.Equal(t, id, *call.Output.(*ec2.CreateVpcEndpointOutput).VpcEndpoint.VpcEndpointId)
}

func TestDumpIsAsBefore(t *testing.T) {
	t.Parallel()
	dump := func() (before, during, after string) {
		h := newHarness(nil)
		before = h.cloud.Dump()
		svc := h.service(t, true)
		ep := h.create(t, h.awsService("sts"), func(in *ec2.CreateVpcEndpointInput) { in.PolicyDocument = aws.String(`{"Statement":["secret"]}`) })
		other := h.create(t, *svc.ServiceName)
		during = h.cloud.Dump()
		_, err := h.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{*ep.VpcEndpointId, *other.VpcEndpointId}})
		require.NoError(t, err)
		_, err = h.provider.DeleteVpcEndpointServiceConfigurations(t.Context(), &ec2.DeleteVpcEndpointServiceConfigurationsInput{ServiceIds: []string{*svc.ServiceId}})
		require.NoError(t, err)
		return before, during, h.cloud.Dump()
	}
	before, during, after := dump()
	require.Equal(t, before, after)
	require.Contains(t, during, "custom-policy")
	require.NotContains(t, during, "secret")
	require.Equal(t, 2, strings.Count(during, "\n  endpoint "))
	again, duringAgain, _ := dump()
	require.Equal(t, before, again)
	require.Equal(t, during, duringAgain)
}

func TestSeedMovesIdentifiers(t *testing.T) {
	t.Parallel()
	dump := func(seed uint64) string {
		return newHarness(func(c *fake.Cloud) { c.Seed = seed }).cloud.Dump()
	}
	require.Equal(t, dump(7), dump(7))
	require.NotEqual(t, dump(7), dump(8))
}

// recorder is a testing.TB that keeps what is reported.
type recorder struct {
	testing.TB
	cleanups []func()
	errors   []string
}

func (r *recorder) Helper()          {}
func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }
func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func TestNoLeaks(t *testing.T) {
	t.Parallel()
	h, r := newHarness(nil), &recorder{TB: t}
	fake.NoLeaks(r, h.cloud)
	r.cleanups[0]()
	require.Empty(t, r.errors)
	svc := h.service(t, false)
	ep := h.create(t, *svc.ServiceName)
	r.cleanups[0]()
	require.Len(t, r.errors, 1)
	zone := makeZone(t, h.cloud.Account(h.consumerID), "orders.internal", nil)
	r.errors = nil
	r.cleanups[0]()
	require.Len(t, r.errors, 1)
	for _, want := range []string{*ep.VpcEndpointId, *svc.ServiceId, ep.NetworkInterfaceIds[0], h.consumerID, strings.TrimPrefix(*zone.HostedZone.Id, "/hostedzone/")} {
		require.Contains(t, r.errors[0], want)
	}
}
