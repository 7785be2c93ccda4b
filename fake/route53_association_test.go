package fake_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func associateVPC(t testing.TB, a *fake.Account, z *r53.HostedZone, v *r53.VPC) error {
	_, err := a.AssociateVPCWithHostedZone(t.Context(), &route53.AssociateVPCWithHostedZoneInput{HostedZoneId: z.Id, VPC: v})
	return err
}

func disassociateVPC(t testing.TB, a *fake.Account, z *r53.HostedZone, v *r53.VPC) error {
	_, err := a.DisassociateVPCFromHostedZone(t.Context(), &route53.DisassociateVPCFromHostedZoneInput{HostedZoneId: z.Id, VPC: v})
	return err
}

func authorizeVPC(t testing.TB, a *fake.Account, z *r53.HostedZone, v *r53.VPC) error {
	_, err := a.CreateVPCAssociationAuthorization(t.Context(), &route53.CreateVPCAssociationAuthorizationInput{HostedZoneId: z.Id, VPC: v})
	return err
}

func zoneVPCs(t testing.TB, a *fake.Account, z *r53.HostedZone) []string {
	t.Helper()
	out, err := a.GetHostedZone(t.Context(), &route53.GetHostedZoneInput{Id: z.Id})
	require.NoError(t, err)
	var ids []string
	for _, v := range out.VPCs {
		ids = append(ids, *v.VPCId)
	}
	return ids
}

func TestAssociateWithinAnAccount(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v, w := a.VPC("10.0.0.0/16"), a.VPC("10.1.0.0/16")
	z := makeZone(t, a, "x.internal", v).HostedZone
	require.NoError(t, associateVPC(t, a, z, vpcRef(w)))
	require.Equal(t, []string{v.ID, w.ID}, zoneVPCs(t, a, z))
	requireRefusal(t, associateVPC(t, a, z, vpcRef(w)), "ConflictingDomainExists", http.StatusBadRequest, "The VPC "+w.ID+" in region us-east-1 has already been associated")
	requireRefusal(t, associateVPC(t, a, z, &r53.VPC{VPCId: aws.String("vpc-0"), VPCRegion: "us-east-1"}), "InvalidVPCId", http.StatusBadRequest, "The VPC ID is invalid.")

	require.NoError(t, disassociateVPC(t, a, z, vpcRef(v)))
	require.Equal(t, []string{w.ID}, zoneVPCs(t, a, z))
	requireRefusal(t, disassociateVPC(t, a, z, vpcRef(v)), "VPCAssociationNotFound", http.StatusNotFound, v.ID)
	requireRefusal(t, disassociateVPC(t, a, z, vpcRef(w)), "LastVPCAssociation", http.StatusBadRequest, "")
	require.Equal(t, []string{w.ID}, zoneVPCs(t, a, z))

	public := makeZone(t, a, "example.com", nil).HostedZone
	requireRefusal(t, associateVPC(t, a, public, vpcRef(v)), "PublicZoneVPCAssociation", http.StatusBadRequest, "Attempting to associate public zone")
	requireRefusal(t, associateVPC(t, a, &r53.HostedZone{Id: aws.String("Z0")}, vpcRef(v)), "NoSuchHostedZone", http.StatusNotFound, "")
}

func TestAssociateAcrossAccounts(t *testing.T) {
	var c fake.Cloud
	a, b := c.Account(ownerID), c.Account(partnerID)
	v, w := a.VPC("10.0.0.0/16"), b.VPC("10.1.0.0/16")
	z := makeZone(t, a, "x.internal", v).HostedZone

	requireRefusal(t, associateVPC(t, b, z, vpcRef(w)), "NotAuthorizedException", http.StatusUnauthorized, "has not authorized")
	require.NoError(t, authorizeVPC(t, a, z, vpcRef(w)))
	require.NoError(t, authorizeVPC(t, a, z, vpcRef(w)))
	requireRefusal(t, associateVPC(t, a, z, vpcRef(w)), "NotAuthorizedException", http.StatusUnauthorized, w.ID)
	require.NoError(t, associateVPC(t, b, z, vpcRef(w)))
	_, err := a.DeleteVPCAssociationAuthorization(t.Context(), &route53.DeleteVPCAssociationAuthorizationInput{HostedZoneId: z.Id, VPC: vpcRef(w)})
	require.NoError(t, err)
	_, err = a.DeleteVPCAssociationAuthorization(t.Context(), &route53.DeleteVPCAssociationAuthorizationInput{HostedZoneId: z.Id, VPC: vpcRef(w)})
	requireRefusal(t, err, "VPCAssociationAuthorizationNotFound", http.StatusNotFound, w.ID)
	require.Equal(t, []string{v.ID, w.ID}, zoneVPCs(t, a, z))

	out, err := b.ListHostedZonesByVPC(t.Context(), &route53.ListHostedZonesByVPCInput{VPCId: &w.ID, VPCRegion: "us-east-1"})
	require.NoError(t, err)
	require.Len(t, out.HostedZoneSummaries, 1)
	require.Equal(t, ownerID, *out.HostedZoneSummaries[0].Owner.OwningAccount)
	require.Equal(t, "x.internal.", *out.HostedZoneSummaries[0].Name)
	require.Equal(t, strings.TrimPrefix(*z.Id, "/hostedzone/"), *out.HostedZoneSummaries[0].HostedZoneId)
	_, err = a.ListHostedZonesByVPC(t.Context(), &route53.ListHostedZonesByVPCInput{VPCId: &w.ID, VPCRegion: "us-east-1"})
	requireRefusal(t, err, "AccessDenied", http.StatusForbidden, "is not owned by you")

	stranger := c.Account("333333333333")
	requireRefusal(t, disassociateVPC(t, stranger, z, vpcRef(w)), "NoSuchHostedZone", http.StatusNotFound, "")
	require.NoError(t, disassociateVPC(t, b, z, vpcRef(w)))
	require.Equal(t, []string{v.ID}, zoneVPCs(t, a, z))
}

func TestZonesAndVPCsAreOfOnePartition(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	z := makeZone(t, a, "x.internal", a.VPC("10.0.0.0/16")).HostedZone
	far := a.In("cn-north-1").VPC("10.1.0.0/16")
	ref := &r53.VPC{VPCId: aws.String(far.ID), VPCRegion: r53.VPCRegionCnNorth1}
	requireRefusal(t, associateVPC(t, a, z, ref), "InvalidVPCId", http.StatusBadRequest, "The VPC ID is invalid.")
	requireRefusal(t, authorizeVPC(t, a, z, ref), "InvalidVPCId", http.StatusBadRequest, "")
	_, err := a.In("cn-north-1").CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String("y.internal"), CallerReference: aws.String("y"), VPC: ref})
	require.NoError(t, err)
}

func TestAuthorizationPages(t *testing.T) {
	var c fake.Cloud
	a, b := c.Account(ownerID), c.Account(partnerID)
	z := makeZone(t, a, "x.internal", a.VPC("10.0.0.0/16")).HostedZone
	want := map[string]bool{}
	for range 7 {
		v := b.VPC("10.1.0.0/16")
		require.NoError(t, authorizeVPC(t, a, z, vpcRef(v)))
		want[v.ID] = true
	}
	in := &route53.ListVPCAssociationAuthorizationsInput{HostedZoneId: z.Id, MaxResults: aws.Int32(3)}
	got, pages := map[string]bool{}, 0
	for ; pages == 0 || in.NextToken != nil; pages++ {
		out, err := a.ListVPCAssociationAuthorizations(t.Context(), in)
		require.NoError(t, err)
		for _, v := range out.VPCs {
			got[*v.VPCId] = true
		}
		in.NextToken = out.NextToken
	}
	require.Equal(t, 3, pages)
	require.Equal(t, want, got)
	in.NextToken = aws.String("nonsense")
	_, err := a.ListVPCAssociationAuthorizations(t.Context(), in)
	requireRefusal(t, err, "InvalidPaginationToken", http.StatusBadRequest, "nonsense")
	requireRefusal(t, authorizeVPC(t, b, z, vpcRef(b.VPC("10.2.0.0/16"))), "NoSuchHostedZone", http.StatusNotFound, "")
}

func TestDeletingAZoneEndsItsAssociations(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	z := makeZone(t, a, "x.internal", v).HostedZone
	_, err := a.DeleteHostedZone(t.Context(), &route53.DeleteHostedZoneInput{Id: z.Id})
	require.NoError(t, err)
	out, err := a.ListHostedZonesByVPC(t.Context(), &route53.ListHostedZonesByVPCInput{VPCId: &v.ID, VPCRegion: "us-east-1"})
	require.NoError(t, err)
	require.Empty(t, out.HostedZoneSummaries)
	makeZone(t, a, "x.internal", v)
}
