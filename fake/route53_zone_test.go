package fake_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/lag"
)

const (
	ownerID   = "111111111111"
	partnerID = "222222222222"
)

func vpcRef(v *fake.VPC) *r53.VPC {
	return &r53.VPC{VPCId: aws.String(v.ID), VPCRegion: r53.VPCRegionUsEast1}
}

// makeZone makes a zone: private when a VPC is given.
func makeZone(t testing.TB, a *fake.Account, name string, v *fake.VPC) *route53.CreateHostedZoneOutput {
	t.Helper()
	in := &route53.CreateHostedZoneInput{Name: aws.String(name), CallerReference: aws.String(name + " " + t.Name())}
	if v != nil {
		in.VPC = vpcRef(v)
		in.CallerReference = aws.String(name + " on " + v.ID)
	}
	out, err := a.CreateHostedZone(t.Context(), in)
	require.NoError(t, err)
	return out
}

// requireRefusal wants an API error of a code and HTTP status whose message contains a text.
func requireRefusal(t testing.TB, err error, code string, status int, text string) {
	t.Helper()
	var api smithy.APIError
	require.ErrorAs(t, err, &api)
	require.Equal(t, code, api.ErrorCode(), api.ErrorMessage())
	require.Contains(t, api.ErrorMessage(), text)
	var resp *awshttp.ResponseError
	require.ErrorAs(t, err, &resp)
	require.Equal(t, status, resp.HTTPStatusCode())
}

func TestCreateHostedZoneAnswers(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	out, err := a.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String("Orders.Internal"), VPC: vpcRef(v),
		CallerReference: aws.String("one"), HostedZoneConfig: &r53.HostedZoneConfig{Comment: aws.String("for us")}})
	require.NoError(t, err)
	z := out.HostedZone
	require.Equal(t, "orders.internal.", *z.Name)
	require.True(t, strings.HasPrefix(*z.Id, "/hostedzone/Z"))
	require.Equal(t, "one", *z.CallerReference)
	require.True(t, z.Config.PrivateZone)
	require.Equal(t, "for us", *z.Config.Comment)
	require.EqualValues(t, 2, *z.ResourceRecordSetCount)
	require.Equal(t, r53.ChangeStatusPending, out.ChangeInfo.Status)
	require.True(t, strings.HasPrefix(*out.ChangeInfo.Id, "/change/C"))
	require.Equal(t, v.ID, *out.VPC.VPCId)
	require.Nil(t, out.DelegationSet)
	require.True(t, strings.HasSuffix(*out.Location, strings.TrimPrefix(*z.Id, "/")))

	for _, id := range []string{*z.Id, strings.TrimPrefix(*z.Id, "/hostedzone/")} {
		got, err := a.GetHostedZone(t.Context(), &route53.GetHostedZoneInput{Id: &id})
		require.NoError(t, err)
		require.Equal(t, z, got.HostedZone)
		require.Equal(t, []r53.VPC{*vpcRef(v)}, got.VPCs)
	}
	change, err := a.GetChange(t.Context(), &route53.GetChangeInput{Id: out.ChangeInfo.Id})
	require.NoError(t, err)
	require.Equal(t, r53.ChangeStatusInsync, change.ChangeInfo.Status)

	public := makeZone(t, a, "example.com", nil)
	require.Len(t, public.DelegationSet.NameServers, 4)
	require.False(t, public.HostedZone.Config.PrivateZone)
	require.Nil(t, public.VPC)
}

func TestCreateHostedZoneAnswersWithMemoryOfItsOwn(t *testing.T) {
	t.Parallel()
	c := fake.Cloud{Forget: true}
	a := c.Account("111111111111")
	vpc := a.VPC("10.0.0.0/16").ID
	id := vpc
	out, err := a.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String("orders.internal"), CallerReference: aws.String("r"),
		VPC: &r53.VPC{VPCId: &id, VPCRegion: r53.VPCRegion(a.Region)}})
	require.NoError(t, err)
	id = "x"
	require.Equal(t, vpc, *out.VPC.VPCId)
}

func TestZonesAreTheAccountsInEveryRegion(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	z := makeZone(t, a, "example.com", nil)
	_, err := a.In("eu-west-1").GetHostedZone(t.Context(), &route53.GetHostedZoneInput{Id: z.HostedZone.Id})
	require.NoError(t, err)
	_, err = c.Account(partnerID).GetHostedZone(t.Context(), &route53.GetHostedZoneInput{Id: z.HostedZone.Id})
	requireRefusal(t, err, "NoSuchHostedZone", http.StatusNotFound, "No hosted zone found with ID: Z")
}

func TestCreateHostedZoneRefusals(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v, foreign := a.VPC("10.0.0.0/16"), c.Account(partnerID).VPC("10.1.0.0/16")
	makeZone(t, a, "taken.internal", v)
	for _, tt := range []struct {
		name string
		in   route53.CreateHostedZoneInput
		code string
	}{
		{"no name", route53.CreateHostedZoneInput{CallerReference: aws.String("x")}, "InvalidInput"},
		{"no reference", route53.CreateHostedZoneInput{Name: aws.String("a.com")}, "InvalidInput"},
		{"empty label", route53.CreateHostedZoneInput{Name: aws.String("a..com"), CallerReference: aws.String("x")}, "InvalidDomainName"},
		{"wildcard", route53.CreateHostedZoneInput{Name: aws.String("*.a.com"), CallerReference: aws.String("x")}, "InvalidDomainName"},
		{"top level", route53.CreateHostedZoneInput{Name: aws.String("com"), CallerReference: aws.String("x"), VPC: vpcRef(v)}, "InvalidDomainName"},
		{"private without VPC", route53.CreateHostedZoneInput{Name: aws.String("a.com"), CallerReference: aws.String("x"),
			HostedZoneConfig: &r53.HostedZoneConfig{PrivateZone: true}}, "InvalidInput"},
		{"VPC without Region", route53.CreateHostedZoneInput{Name: aws.String("a.com"), CallerReference: aws.String("x"),
			VPC: &r53.VPC{VPCId: aws.String(v.ID)}}, "InvalidInput"},
		{"unknown VPC", route53.CreateHostedZoneInput{Name: aws.String("a.com"), CallerReference: aws.String("x"),
			VPC: &r53.VPC{VPCId: aws.String("vpc-0"), VPCRegion: r53.VPCRegionUsEast1}}, "InvalidVPCId"},
		{"another Region's VPC", route53.CreateHostedZoneInput{Name: aws.String("a.com"), CallerReference: aws.String("x"),
			VPC: &r53.VPC{VPCId: aws.String(v.ID), VPCRegion: r53.VPCRegionEuWest1}}, "InvalidVPCId"},
		{"another account's VPC", route53.CreateHostedZoneInput{Name: aws.String("a.com"), CallerReference: aws.String("x"), VPC: vpcRef(foreign)}, "InvalidVPCId"},
		{"name taken on the VPC", route53.CreateHostedZoneInput{Name: aws.String("TAKEN.internal."), CallerReference: aws.String("x"), VPC: vpcRef(v)}, "ConflictingDomainExists"},
		{"not modelled", route53.CreateHostedZoneInput{Name: aws.String("a.com"), CallerReference: aws.String("x"), DelegationSetId: aws.String("N1")}, "UnsupportedOperation"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := c.Calls()
			_, err := a.CreateHostedZone(t.Context(), &tt.in)
			requireRefusal(t, err, tt.code, http.StatusBadRequest, "")
			require.Len(t, c.Calls(), len(before)+1)
			out, err := a.ListHostedZones(t.Context(), nil)
			require.NoError(t, err)
			require.Len(t, out.HostedZones, 1)
		})
	}
	var conflict *r53.ConflictingDomainExists
	_, err := a.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String("taken.internal"), CallerReference: aws.String("y"), VPC: vpcRef(v)})
	require.ErrorAs(t, err, &conflict)
}

func TestCallerReferenceIsUsedUp(t *testing.T) {
	for _, kept := range []bool{false, true} {
		c := fake.Cloud{Switches: fake.Switches{ReferenceKept: kept}}
		a := c.Account(ownerID)
		in := &route53.CreateHostedZoneInput{Name: aws.String("example.com"), CallerReference: aws.String("once")}
		z, err := a.CreateHostedZone(t.Context(), in)
		require.NoError(t, err)
		_, err = a.CreateHostedZone(t.Context(), in)
		requireRefusal(t, err, "HostedZoneAlreadyExists", http.StatusConflict, "caller reference")
		_, err = c.Account(partnerID).CreateHostedZone(t.Context(), in)
		require.NoError(t, err)
		_, err = a.DeleteHostedZone(t.Context(), &route53.DeleteHostedZoneInput{Id: z.HostedZone.Id})
		require.NoError(t, err)
		if _, err = a.CreateHostedZone(t.Context(), in); kept {
			requireRefusal(t, err, "HostedZoneAlreadyExists", http.StatusConflict, "")
		} else {
			require.NoError(t, err)
		}
	}
}

func TestRulesFirstChecksTheNameBeforeTheReference(t *testing.T) {
	c := fake.Cloud{Switches: fake.Switches{RulesFirst: true}}
	a := c.Account(ownerID)
	in := &route53.CreateHostedZoneInput{Name: aws.String("x.internal"), CallerReference: aws.String("once"), VPC: vpcRef(a.VPC("10.0.0.0/16"))}
	_, err := a.CreateHostedZone(t.Context(), in)
	require.NoError(t, err)
	_, err = a.CreateHostedZone(t.Context(), in)
	requireRefusal(t, err, "ConflictingDomainExists", http.StatusBadRequest, "has already been associated with the hosted zone")
}

func TestDeleteHostedZone(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	z := makeZone(t, a, "x.internal", a.VPC("10.0.0.0/16")).HostedZone
	require.NoError(t, change(t.Context(), a, z, create(aRecord("api.x.internal", "10.0.0.1"))))
	_, err := a.DeleteHostedZone(t.Context(), &route53.DeleteHostedZoneInput{Id: z.Id})
	requireRefusal(t, err, "HostedZoneNotEmpty", http.StatusBadRequest, "non-required resource record sets")
	require.NoError(t, change(t.Context(), a, z, remove(aRecord("api.x.internal", "10.0.0.1"))))
	_, err = a.DeleteHostedZone(t.Context(), &route53.DeleteHostedZoneInput{Id: z.Id})
	require.NoError(t, err)
	for range 2 {
		_, err = a.DeleteHostedZone(t.Context(), &route53.DeleteHostedZoneInput{Id: z.Id})
		requireRefusal(t, err, "NoSuchHostedZone", http.StatusNotFound, "")
	}
}

func TestZoneChangesTakeTheirTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := fake.Cloud{Delay: time.Minute}
		a := c.Account(ownerID)
		z := makeZone(t, a, "example.com", nil)
		status := func() r53.ChangeStatus {
			out, err := a.GetChange(t.Context(), &route53.GetChangeInput{Id: aws.String(strings.TrimPrefix(*z.ChangeInfo.Id, "/change/"))})
			require.NoError(t, err)
			return out.ChangeInfo.Status
		}
		require.Equal(t, r53.ChangeStatusPending, status())
		time.Sleep(time.Minute - 1)
		require.Equal(t, r53.ChangeStatusPending, status())
		time.Sleep(time.Nanosecond)
		require.Equal(t, r53.ChangeStatusInsync, status())
		require.NoError(t, route53.NewResourceRecordSetsChangedWaiter(a).Wait(t.Context(), &route53.GetChangeInput{Id: z.ChangeInfo.Id}, time.Minute))
	})
	var c fake.Cloud
	_, err := c.Account(ownerID).GetChange(t.Context(), &route53.GetChangeInput{Id: aws.String("C0")})
	requireRefusal(t, err, "NoSuchChange", http.StatusNotFound, "C0")
}

func TestZoneReadsLag(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := fake.Cloud{Lag: 5 * time.Second}
		a := c.Account(ownerID)
		z := makeZone(t, a, "example.com", nil).HostedZone
		_, err := a.GetHostedZone(t.Context(), &route53.GetHostedZoneInput{Id: z.Id})
		requireRefusal(t, err, "NoSuchHostedZone", http.StatusNotFound, "")
		require.NoError(t, change(t.Context(), a, z, create(aRecord("api.example.com", "10.0.0.1"))), "decisions are on the truth")
		require.Empty(t, records(t, a, z))
		time.Sleep(5 * time.Second)
		require.Len(t, records(t, a, z), 3)
		ctx, window := lag.Listen(t.Context(), mute{})
		out, err := a.GetHostedZone(ctx, &route53.GetHostedZoneInput{Id: z.Id})
		require.NoError(t, err)
		require.EqualValues(t, 3, *out.HostedZone.ResourceRecordSetCount)
		require.Equal(t, 5*time.Second, window())
	})
}

func TestCancelledContextMakesNoCall(t *testing.T) {
	var c fake.Cloud
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := c.Account(ownerID).ListHostedZones(ctx, nil)
	require.True(t, errors.Is(err, context.Canceled))
	require.Empty(t, c.Calls())
}
