package endpoint_test

import (
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// setting is one setter: what it adds to the request that makes the endpoint, and what a change of it sends.
type setting struct {
	setter        string
	without, with anyBuilder
	created       func(*ec2.CreateVpcEndpointInput)
	after         []any // sent right after the creation
	changed       anyBuilder
	sent          []any      // by the change
	frozen        string     // or the field that it cannot change
	lacking       anyBuilder // without it, where it is required: refused
}

// nothing is what a setter adds that AWS is not told of at creation.
func nothing(*ec2.CreateVpcEndpointInput) {}

// change is a modify of the one endpoint.
func change(in ec2.ModifyVpcEndpointInput) []any {
	in.VpcEndpointId = aws.String("vpce-1")
	return []any{&in}
}

func tagList(keyValues ...string) (out []types.Tag) {
	for i := 0; i < len(keyValues); i += 2 {
		out = append(out, types.Tag{Key: aws.String(keyValues[i]), Value: aws.String(keyValues[i+1])})
	}
	return out
}

// born is a creation with a tag, and retagged the call that changes it.
func born(team string) func(*ec2.CreateVpcEndpointInput) {
	return func(in *ec2.CreateVpcEndpointInput) {
		in.TagSpecifications[0].Tags = tagList("Name", "x", privatelink.NameTag, "x", "team", team)
	}
}

func retagged(team string) []any {
	return []any{&ec2.CreateTagsInput{Resources: []string{"vpce-1"}, Tags: tagList("team", team)}}
}

func TestInterfaceSettersAreSentComparedAndLeftAlone(t *testing.T) {
	walkSetters(t, &endpoint.InterfaceBuilder{}, interfaceSettings())
}

func TestGatewayLoadBalancerSettersAreSentComparedAndLeftAlone(t *testing.T) {
	walkSetters(t, &endpoint.GatewayLoadBalancerBuilder{}, gwlbSettings())
}

func TestGatewaySettersAreSentComparedAndLeftAlone(t *testing.T) {
	walkSetters(t, &endpoint.GatewayBuilder{}, gatewaySettings())
}

func walkSetters(t *testing.T, builder anyBuilder, all []setting) {
	var names []string
	for _, s := range all {
		names = append(names, s.setter)
		t.Run(s.setter, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { s.walk(t) })
		})
	}
	require.ElementsMatch(t, settersOf(builder), append(names, "Adopt"), "every setter is in the table; Adopt makes nothing and changes no field")
}

// walk makes an endpoint with the setting, passes again with it and without it, changes it, and shows each request.
func (s setting) walk(t *testing.T) {
	plain, api := newEcho(), newEcho()
	_, err := s.without.Ensure(t.Context(), plain)
	require.NoError(t, err)
	_, err = s.with.Ensure(t.Context(), api)
	require.NoError(t, err)
	want := *plain.created
	want.ClientToken = api.created.ClientToken
	want.TagSpecifications = append([]types.TagSpecification(nil), want.TagSpecifications...)
	s.created(&want)
	require.Equal(t, &want, api.created, "nothing else is sent than without it")
	require.Equal(t, s.after, api.sent)
	api.sent = nil
	_, err = s.with.Ensure(t.Context(), api)
	require.NoError(t, err)
	if s.lacking == nil {
		_, err = s.without.Ensure(t.Context(), api)
		require.NoError(t, err)
	} else {
		_, err = s.lacking.Ensure(t.Context(), api)
		require.ErrorIs(t, err, privatelink.ErrInvalid)
	}
	require.Empty(t, api.sent)
	plan, err := s.changed.Plan(t.Context(), api)
	require.NoError(t, err)
	require.NotEmpty(t, plan.Changes)
	_, err = s.changed.Ensure(t.Context(), api)
	require.Equal(t, s.sent, api.sent)
	if s.frozen == "" {
		require.NoError(t, err)
		return
	}
	require.Equal(t, privatelink.Replace, plan.Action)
	require.ErrorIs(t, err, privatelink.ErrImmutable)
	require.ErrorContains(t, err, s.frozen+" is ")
}
