package fake_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// moreAssociationRows are more rows about zones and their VPCs, most of them beyond fidelity.md.
var moreAssociationRows = []row{
	{section: "7", op: "AssociateVPCWithHostedZone", behaviour: "a change that is PENDING at first", evidence: "R53API:AssociateVPCWithHostedZone", how: "sure",
		test: withZone(func(z zones) {
			out, err := z.AssociateVPCWithHostedZone(z.t.Context(), &route53.AssociateVPCWithHostedZoneInput{HostedZoneId: z.zone.Id, VPC: z.vpc(z.h.bareVPC), Comment: aws.String("more")})
			require.NoError(z.t, err)
			require.Equal(z.t, r53.ChangeStatusPending, out.ChangeInfo.Status)
			require.Equal(z.t, "more", *out.ChangeInfo.Comment)
		})},
	{section: "7", op: "AssociateVPCWithHostedZone", behaviour: "a VPC of another Region", evidence: "R53API:AssociateVPCWithHostedZone", how: "sure",
		test: withZone(func(z zones) {
			far := &r53.VPC{VPCId: &z.h.abroadVPC, VPCRegion: r53.VPCRegion(z.h.abroad)}
			_, err := z.AssociateVPCWithHostedZone(z.t.Context(), &route53.AssociateVPCWithHostedZoneInput{HostedZoneId: z.zone.Id, VPC: z.vpc(z.h.abroadVPC)})
			requireCode(z.t, err, "InvalidVPCId", "")
			_, err = z.AssociateVPCWithHostedZone(z.t.Context(), &route53.AssociateVPCWithHostedZoneInput{HostedZoneId: z.zone.Id, VPC: far})
			require.NoError(z.t, err)
			got, err := z.GetHostedZone(z.t.Context(), &route53.GetHostedZoneInput{Id: z.zone.Id})
			require.NoError(z.t, err)
			require.Contains(z.t, got.VPCs, *far)
		})},
	{num: 61, section: "3.5", op: "AssociateVPCWithHostedZone", behaviour: "a VPC that another zone of that name serves", evidence: "R53API, TF#37783", how: "sure",
		test: withZone(func(z zones) {
			z.zone = z.make("orders.internal", z.h.bareVPC).HostedZone
			requireCode(z.t, z.associate(z, z.h.vpc), "ConflictingDomainExists", "The VPC "+z.h.vpc+" in region "+z.h.region+" has already been associated with the hosted zone")
		})},
	{section: "4", op: "AssociateVPCWithHostedZone", behaviour: "so many VPCs a zone", evidence: "R53DG:DNSLimitations", how: "sure",
		cloud: func(c *fake.Cloud) { c.Quotas.ZoneVPCs = 2 },
		test: withZone(func(z zones) {
			require.NoError(z.t, z.associate(z, z.h.bareVPC))
			requireCode(z.t, z.associate(z, z.h.dualVPC), "LimitsExceeded", "")
		})},
	{section: "7", op: "AssociateVPCWithHostedZone", behaviour: "the VPC's owner associates, not the zone's", evidence: "R53DG:hosted-zone-private-associate-vpcs-different-accounts", how: "sure",
		test: withZone(func(z zones) {
			z.authorize(z.h.strangersVPC)
			requireCode(z.t, z.associate(z, z.h.strangersVPC), "NotAuthorizedException", "")
			require.NoError(z.t, z.associate(z.h.stranger.(route53Client), z.h.strangersVPC))
		})},
	{section: "7", op: "DisassociateVPCFromHostedZone", behaviour: "the VPC's owner or the zone's takes it away", evidence: "R53:DisassociateVPCFromHostedZone", how: "sure",
		test: withZone(func(z zones) {
			stranger := z.h.stranger.(route53Client)
			for _, by := range []route53Client{stranger, z} {
				z.authorize(z.h.strangersVPC)
				require.NoError(z.t, z.associate(stranger, z.h.strangersVPC))
				_, err := by.DisassociateVPCFromHostedZone(z.t.Context(), &route53.DisassociateVPCFromHostedZoneInput{HostedZoneId: z.zone.Id, VPC: z.vpc(z.h.strangersVPC)})
				require.NoError(z.t, err)
			}
		})},
	{section: "3.5", op: "DeleteVPCAssociationAuthorization", behaviour: "an authorisation that is not there", evidence: "R53API", how: "sure",
		test: withZone(func(z zones) {
			requireCode(z.t, z.unauthorize(z.h.strangersVPC), "VPCAssociationAuthorizationNotFound", "")
		})},
	{num: 76, section: "7", op: "DeleteVPCAssociationAuthorization", behaviour: "once deleted it lets nobody in, and leaves who is in", evidence: "R53DG:hosted-zone-private-associate-vpcs-different-accounts", how: "sure",
		test: withZone(func(z zones) {
			stranger := z.h.stranger.(route53Client)
			z.authorize(z.h.strangersVPC)
			require.NoError(z.t, z.associate(stranger, z.h.strangersVPC))
			require.NoError(z.t, z.unauthorize(z.h.strangersVPC))
			got, err := z.GetHostedZone(z.t.Context(), &route53.GetHostedZoneInput{Id: z.zone.Id})
			require.NoError(z.t, err)
			require.Contains(z.t, got.VPCs, *z.vpc(z.h.strangersVPC))
			require.NoError(z.t, z.disassociate(z.h.strangersVPC))
			requireCode(z.t, z.associate(stranger, z.h.strangersVPC), "NotAuthorizedException", "")
		})},
	{section: "4", op: "CreateVPCAssociationAuthorization", behaviour: "so many authorisations a zone", evidence: "R53DG:DNSLimitations", how: "sure",
		cloud: func(c *fake.Cloud) { c.Quotas.ZoneAuthorizations = 1 },
		test: withZone(func(z zones) {
			z.authorize(z.h.strangersVPC)
			_, err := z.CreateVPCAssociationAuthorization(z.t.Context(), &route53.CreateVPCAssociationAuthorizationInput{HostedZoneId: z.zone.Id, VPC: z.vpc(z.h.bareVPC)})
			requireCode(z.t, err, "TooManyVPCAssociationAuthorizations", "")
		})},
	{section: "3.5", op: "CreateVPCAssociationAuthorization", behaviour: "two at a time are one too many", evidence: "R53API", how: "sure",
		cloud: func(c *fake.Cloud) { c.Timing.ZoneBusy = time.Second },
		test: withZone(func(z zones) {
			z.authorize(z.h.strangersVPC)
			requireCode(z.t, z.unauthorize(z.h.strangersVPC), "ConcurrentModification", "")
			z.h.wait(time.Second)
			require.NoError(z.t, z.unauthorize(z.h.strangersVPC))
		})},
	{section: "3.5", op: "ListVPCAssociationAuthorizations", behaviour: "a token that is none", evidence: "R53API", how: "sure",
		test: withZone(func(z zones) {
			_, err := z.ListVPCAssociationAuthorizations(z.t.Context(), &route53.ListVPCAssociationAuthorizationsInput{HostedZoneId: z.zone.Id, NextToken: aws.String("nonsense")})
			requireCode(z.t, err, "InvalidPaginationToken", "")
		})},
	{section: "4", op: "ListVPCAssociationAuthorizations", behaviour: "a page has 50 unless told otherwise", evidence: "R53:ListVPCAssociationAuthorizations", how: "sure",
		test: withZone(func(z zones) {
			for _, vpc := range z.h.strangersVPCs(z.t, 51) {
				z.authorize(vpc)
			}
			in := &route53.ListVPCAssociationAuthorizationsInput{HostedZoneId: z.zone.Id}
			first, err := z.ListVPCAssociationAuthorizations(z.t.Context(), in)
			require.NoError(z.t, err)
			require.Len(z.t, first.VPCs, 50)
			in.NextToken = first.NextToken
			second, err := z.ListVPCAssociationAuthorizations(z.t.Context(), in)
			require.NoError(z.t, err)
			require.Len(z.t, second.VPCs, 1)
			require.Nil(z.t, second.NextToken)
		})},
	{section: "4", op: "ListHostedZonesByVPC", behaviour: "a VPC has any number of private zones, listed in pages", evidence: "R53DG:DNSLimitations", how: "sure",
		test: withZone(func(z zones) {
			for i := range 100 {
				z.make(fmt.Sprintf("n%d.internal", i), z.h.vpc)
			}
			in := &route53.ListHostedZonesByVPCInput{VPCId: &z.h.vpc, VPCRegion: r53.VPCRegion(z.h.region)}
			names := map[string]bool{}
			for pages := 0; pages == 0 || in.NextToken != nil; pages++ {
				out, err := z.ListHostedZonesByVPC(z.t.Context(), in)
				require.NoError(z.t, err)
				require.LessOrEqual(z.t, len(out.HostedZoneSummaries), 100)
				for _, s := range out.HostedZoneSummaries {
					names[*s.Name] = true
				}
				in.NextToken = out.NextToken
			}
			require.Len(z.t, names, 101)
		})},
	{section: "7", op: "ListHostedZonesByVPC", behaviour: "other accounts' zones are listed with their owner, IDs without prefix", evidence: "R53API:ListHostedZonesByVPC", how: "sure",
		test: withZone(func(z zones) {
			stranger := z.h.stranger.(route53Client)
			z.authorize(z.h.strangersVPC)
			require.NoError(z.t, z.associate(stranger, z.h.strangersVPC))
			out, err := stranger.ListHostedZonesByVPC(z.t.Context(), &route53.ListHostedZonesByVPCInput{VPCId: &z.h.strangersVPC, VPCRegion: r53.VPCRegion(z.h.region)})
			require.NoError(z.t, err)
			require.Equal(z.t, []r53.HostedZoneSummary{{HostedZoneId: aws.String(z.id()), Name: aws.String("orders.internal."),
				Owner: &r53.HostedZoneOwner{OwningAccount: &z.h.consumerID}}}, out.HostedZoneSummaries)
		})},
}

func (z zones) authorize(vpc string) {
	z.t.Helper()
	_, err := z.CreateVPCAssociationAuthorization(z.t.Context(), &route53.CreateVPCAssociationAuthorizationInput{HostedZoneId: z.zone.Id, VPC: z.vpc(vpc)})
	require.NoError(z.t, err)
}

func (z zones) unauthorize(vpc string) error {
	_, err := z.DeleteVPCAssociationAuthorization(z.t.Context(), &route53.DeleteVPCAssociationAuthorizationInput{HostedZoneId: z.zone.Id, VPC: z.vpc(vpc)})
	return err
}

// strangersVPCs makes VPCs of the stranger's.
func (h *harness) strangersVPCs(t testing.TB, n int) []string {
	t.Helper()
	var ids []string
	for range n {
		out, err := h.stranger.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: aws.String("10.9.0.0/28")})
		require.NoError(t, err)
		ids = append(ids, *out.Vpc.VpcId)
	}
	return ids
}
