package fake_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"
)

// filterRows are facts about filters and pages.
var filterRows = []row{
	{0, "3.4", "DescribeVpcEndpoints", "200 filter values in a call, all filters together", "ERR, gossm#47", "sure, OtherSpellings", nil, filterValues},
	{0, "1.4", "DescribeVpcEndpoints", "a filter that nothing matches gives an empty list", "HS", "sure", nil, unmatched},
	{0, "1.4", "DescribeVpcEndpoints", "values with wildcards, and escaped ones", "EC2 user guide", "sure", nil, wildcards},
	{0, "1.4", "DescribeVpcEndpoints", "the case of states counts", "SDKE", "sure", nil, stateCase},
	{0, "3.4", "DescribeVpcEndpoints", "a NextToken is its request's alone", "ERR", "sure", nil, foreignToken},
	{0, "1.0", "DescribeVpcEndpointConnections", "connections in pages of 5 to 1000", "SDK", "sure", nil, connectionPages},
	{0, "1.0", "DescribeVpcEndpointServices", "pages by NextToken alone", "SDK", "sure", nil, offerPages},
}

func filterValues(t testing.TB, h *harness) {
	values := func(n int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = "v" + strconv.Itoa(i)
		}
		return out
	}
	read := func(f ...types.Filter) error {
		_, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: f})
		return err
	}
	require.NoError(t, read(append(filters("vpc-id", values(100)...), filters("tag:Name", values(100)...)...)...))
	requireCode(t, read(append(filters("vpc-id", values(100)...), filters("tag:Name", values(101)...)...)...), "FilterLimitExceeded", "200")
	requireCode(t, read(filters("vpc-id", strings.Repeat("x", 256))...), "InvalidFilter", "vpc-id")
	requireCode(t, read(filters("vpc-id")...), "MissingParameter", "Filter.Value")
	requireCode(t, read(types.Filter{Values: []string{"x"}}), "InvalidFilter", "")
}

func unmatched(t testing.TB, h *harness) {
	out, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("vpc-endpoint-id", "vpce-0123456789abcdef0")})
	require.NoError(t, err)
	require.Empty(t, out.VpcEndpoints)
	services, err := h.provider.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{Filters: filters("service-name", "nobody")})
	require.NoError(t, err)
	require.Empty(t, services.ServiceConfigurations)
	offered, err := h.consumer.DescribeVpcEndpointServices(t.Context(), &ec2.DescribeVpcEndpointServicesInput{Filters: filters("service-name", "nobody")})
	require.NoError(t, err)
	require.Empty(t, offered.ServiceDetails)
}

func wildcards(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	for _, name := range []string{"orders", "orders-2", "or*ers", "or?ers"} {
		h.tag(t, *h.create(t, svc, withSubnets()).VpcEndpointId, "Name", name)
	}
	count := func(pattern string) int {
		out, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("tag:Name", pattern)})
		require.NoError(t, err)
		return len(out.VpcEndpoints)
	}
	for pattern, n := range map[string]int{"orders": 1, "orders*": 2, "or?ers": 3, `or\*ers`: 1, `or\?ers`: 1, "*": 4, "Orders": 0, "": 0} {
		require.Equal(t, n, count(pattern), pattern)
	}
}

func stateCase(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	h.reach(t, id, "available")
	for value, n := range map[string]int{"available": 1, "Available": 0} {
		out, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("vpc-endpoint-state", value)})
		require.NoError(t, err)
		require.Len(t, out.VpcEndpoints, n, value)
	}
}

func foreignToken(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	for range 3 {
		h.create(t, svc, withSubnets())
	}
	first, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{MaxResults: aws.Int32(1)})
	require.NoError(t, err)
	_, err = h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{NextToken: first.NextToken, Filters: filters("vpc-id", h.vpc)})
	requireCode(t, err, "InvalidNextToken", *first.NextToken)
	_, err = h.stranger.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{NextToken: first.NextToken})
	requireCode(t, err, "InvalidNextToken", "")
	rest, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{NextToken: first.NextToken})
	require.NoError(t, err)
	require.Len(t, rest.VpcEndpoints, 2)
}

func connectionPages(t testing.TB, h *harness) {
	svc := *h.service(t, true).ServiceName
	for range 11 {
		h.create(t, svc, withSubnets())
	}
	seen, pages := map[string]bool{}, 0
	for p := ec2.NewDescribeVpcEndpointConnectionsPaginator(h.provider, &ec2.DescribeVpcEndpointConnectionsInput{MaxResults: aws.Int32(5)}); p.HasMorePages(); pages++ {
		out, err := p.NextPage(t.Context())
		require.NoError(t, err)
		for _, c := range out.VpcEndpointConnections {
			seen[*c.VpcEndpointId] = true
		}
	}
	require.Len(t, seen, 11)
	require.Equal(t, 3, pages)
	_, err := h.provider.DescribeVpcEndpointConnections(t.Context(), &ec2.DescribeVpcEndpointConnectionsInput{MaxResults: aws.Int32(4)})
	requireCode(t, err, "InvalidMaxResults", "4")
	if h.cloud == nil { // AWS lets nobody have as many as a page holds without asking
		return
	}
	h.many(t, svc, 1001-11)
	out, err := h.provider.DescribeVpcEndpointConnections(t.Context(), &ec2.DescribeVpcEndpointConnectionsInput{MaxResults: aws.Int32(5000)})
	require.NoError(t, err)
	require.Len(t, out.VpcEndpointConnections, 1000)
	require.NotNil(t, out.NextToken)
}

func offerPages(t testing.TB, h *harness) {
	all, err := h.consumer.DescribeVpcEndpointServices(t.Context(), nil)
	require.NoError(t, err)
	var names []string
	in := &ec2.DescribeVpcEndpointServicesInput{MaxResults: aws.Int32(3)}
	for {
		out, err := h.consumer.DescribeVpcEndpointServices(t.Context(), in)
		require.NoError(t, err)
		require.Len(t, out.ServiceNames, len(out.ServiceDetails))
		names = append(names, out.ServiceNames...)
		if in.NextToken = out.NextToken; in.NextToken == nil {
			break
		}
	}
	require.Equal(t, all.ServiceNames, names)
	_, err = h.consumer.DescribeVpcEndpointServices(t.Context(), &ec2.DescribeVpcEndpointServicesInput{NextToken: aws.String("x")})
	requireCode(t, err, "InvalidNextToken", "x")
}
