package fake_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// TestOneTokenOneEndpoint lets 64 callers ask with one token at once, all with the same parameters or half of them with others.
func TestOneTokenOneEndpoint(t *testing.T) {
	t.Parallel()
	for sets := 1; sets <= 2; sets++ {
		h := newHarness(nil)
		svc := *h.service(t, false).ServiceName
		ids := race(t, sets, func(set int) (string, error) {
			out, err := h.consumer.CreateVpcEndpoint(t.Context(), h.request(svc, withToken("one"), withSubnets([]string{h.a.id, h.b.id}[set])))
			if err != nil {
				return "", err
			}
			return *out.VpcEndpoint.VpcEndpointId, nil
		})
		all, err := h.consumer.DescribeVpcEndpoints(t.Context(), nil)
		require.NoError(t, err)
		require.Len(t, all.VpcEndpoints, 1)
		require.Equal(t, []string{*all.VpcEndpoints[0].VpcEndpointId}, ids)
	}
}

func TestOneTokenOneService(t *testing.T) {
	t.Parallel()
	for sets := 1; sets <= 2; sets++ {
		h := newHarness(nil)
		ids := race(t, sets, func(set int) (string, error) {
			out, err := h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
				ClientToken: aws.String("one"), NetworkLoadBalancerArns: []string{[]string{h.nlb, h.otherNLB}[set]}})
			if err != nil {
				return "", err
			}
			return *out.ServiceConfiguration.ServiceId, nil
		})
		all, err := h.provider.DescribeVpcEndpointServiceConfigurations(t.Context(), nil)
		require.NoError(t, err)
		require.Len(t, all.ServiceConfigurations, 1)
		require.Equal(t, []string{*all.ServiceConfigurations[0].ServiceId}, ids)
	}
}

// race lets 64 callers create at once, the sets of parameters in turn: those of one set get IDs, which race gives without repeats, those
// of the other are all told that the token was used with other parameters.
func race(t *testing.T, sets int, create func(set int) (string, error)) []string {
	t.Helper()
	ids, errs := make([]string, 64), make([]error, 64)
	var wg sync.WaitGroup
	for i := range ids {
		wg.Go(func() { ids[i], errs[i] = create(i % sets) })
	}
	wg.Wait()
	winner := slices.IndexFunc(errs, func(err error) bool { return err == nil })
	require.NotEqual(t, -1, winner)
	var won []string
	for i, err := range errs {
		if i%sets == winner%sets {
			require.NoError(t, err)
			won = append(won, ids[i])
		} else {
			requireCode(t, err, "IdempotentParameterMismatch", "")
		}
	}
	slices.Sort(won)
	return slices.Compact(won)
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

// TestCallsShareNothing spoils what Calls gave: the journal stays as it was.
func TestCallsShareNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(nil)
	id := *h.create(t, h.awsService("sts")).VpcEndpointId
	call := h.cloud.Calls()[0]
	call.Input.(*ec2.CreateVpcEndpointInput).SubnetIds[0] = "x"
	*call.Output.(*ec2.CreateVpcEndpointOutput).VpcEndpoint.VpcEndpointId = "x"
	call.Output.(*ec2.CreateVpcEndpointOutput).ResultMetadata.Set("a", "b")
	again := h.cloud.Calls()[0]
	require.Equal(t, h.a.id, again.Input.(*ec2.CreateVpcEndpointInput).SubnetIds[0])
	require.Equal(t, id, *again.Output.(*ec2.CreateVpcEndpointOutput).VpcEndpoint.VpcEndpointId)
	require.Nil(t, again.Output.(*ec2.CreateVpcEndpointOutput).ResultMetadata.Get("a"))
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

func TestNoLeaks(t *testing.T) {
	t.Parallel()
	h, r := newHarness(nil), &recorder{TB: t}
	fake.NoLeaks(r, h.cloud)
	r.cleanups[0]()
	require.Empty(t, r.failures)
	svc := h.service(t, false)
	ep := h.create(t, *svc.ServiceName)
	r.cleanups[0]()
	require.Len(t, r.failures, 1)
	zone := makeZone(t, h.cloud.Account(h.consumerID), "orders.internal", nil)
	r.failures = nil
	r.cleanups[0]()
	require.Len(t, r.failures, 1)
	for _, want := range []string{*ep.VpcEndpointId, *svc.ServiceId, ep.NetworkInterfaceIds[0], h.consumerID, strings.TrimPrefix(*zone.HostedZone.Id, "/hostedzone/")} {
		require.Contains(t, r.failures[0], want)
	}
}
