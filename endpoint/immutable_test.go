package endpoint_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// frozen is a field that AWS cannot change in place.
type frozen struct{ field, from, to string }

// refusedInPlace expects a declaration to be refused for fields that cannot be changed, by every verb that would, without a write.
func refusedInPlace(t *testing.T, w *world, b anyBuilder, fields ...frozen) {
	t.Helper()
	before := w.cloud.Dump()
	for _, verb := range []func() error{
		func() error { _, err := b.Ensure(t.Context(), w.consumer); return err },
		func() error { _, err := b.WaitReady(t.Context(), w.consumer); return err },
	} {
		require.Empty(t, writes(w.ops(func() {
			err := verb()
			require.ErrorIs(t, err, privatelink.ErrImmutable)
			for _, f := range fields {
				require.ErrorContains(t, err, f.field+" is "+f.from+" and declared as "+f.to)
			}
		})))
	}
	plan, err := b.Plan(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Equal(t, privatelink.Replace, plan.Action)
	var got []frozen
	for _, c := range plan.Changes {
		if c.Replace {
			got = append(got, frozen{c.Field, c.From, c.To})
		}
	}
	require.ElementsMatch(t, fields, got)
	require.Equal(t, before, w.cloud.Dump())
}

func TestInterfaceImmutableFields(t *testing.T) {
	w, _, _ := dualShop(&fake.Cloud{})
	sts, ec2 := endpoint.AWSService("us-east-1", "sts"), endpoint.AWSService("us-east-1", "ec2")
	b := endpoint.Interface("tokens").VPC(w.vpc.ID).Service(sts).ServiceRegion("us-east-1").Subnets(w.a.ID)
	_, err := b.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	refusedInPlace(t, w, b.Clone().Service(ec2), frozen{"service", sts, ec2})
	refusedInPlace(t, w, b.Clone().ServiceRegion("eu-west-1"), frozen{"service Region", "us-east-1", "eu-west-1"})
	refusedInPlace(t, w, b.Clone().Service(ec2).ServiceRegion("eu-west-1"), frozen{"service", sts, ec2}, frozen{"service Region", "us-east-1", "eu-west-1"})
	refusedInPlace(t, w, b.Clone().Service(ec2).Subnets(w.b.ID).Tag("team", "blue").IPAddressType(endpoint.DualStack), frozen{"service", sts, ec2})
}

func TestGatewayLoadBalancerImmutableFields(t *testing.T) {
	i, _ := newDualInspection(t, &fake.Cloud{})
	b := i.inspect().Route(i.table, "0.0.0.0/0")
	_, err := b.WaitReady(t.Context(), i.consumer)
	require.NoError(t, err)
	refusedInPlace(t, i.world, b.Clone().Subnet(i.b.ID), frozen{"subnet", i.a.ID, i.b.ID})
	refusedInPlace(t, i.world, b.Clone().Service(provide), frozen{"service", i.name, provide})
	refusedInPlace(t, i.world, b.Clone().Subnet(i.b.ID).Service(provide), frozen{"subnet", i.a.ID, i.b.ID}, frozen{"service", i.name, provide})
	refusedInPlace(t, i.world, b.Clone().Subnet(i.b.ID).Route(i.two, "10.9.0.0/16").IPAddressType(endpoint.DualStack).Tag("team", "blue"), frozen{"subnet", i.a.ID, i.b.ID})
}

func TestGatewayImmutableFields(t *testing.T) {
	w, one, two := shop(&fake.Cloud{})
	_, err := w.s3().RouteTables(one).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	s3, express := endpoint.AWSService("us-east-1", "s3"), endpoint.AWSService("us-east-1", "s3express")
	refusedInPlace(t, w, w.s3().Service(express).RouteTables(one), frozen{"service", s3, express})
	refusedInPlace(t, w, w.s3().Service(express).RouteTables(two).Policy(denyAll), frozen{"service", s3, express})
}
