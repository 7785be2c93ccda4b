package fake_test

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"
)

var recordRows = []row{
	{num: 66, section: "3.5", op: "ChangeResourceRecordSets", behaviour: "CREATE of a set that exists", evidence: "node-route53-updater#3", how: "sure",
		test: withZone(func(z zones) {
			z.must(create(aRecord("api.orders.internal", "10.1.1.9")))
			z.refuse("InvalidChangeBatch", "Tried to create resource record set [name='api.orders.internal.', type='A'] but it already exists",
				create(aRecord("api.orders.internal", "10.1.1.8")))
			z.must(upsert(aRecord("api.orders.internal", "10.1.1.8")))
		})},
	{num: 67, section: "7", op: "ChangeResourceRecordSets", behaviour: "CNAME stands alone and not at the apex", evidence: "roadworker#89, terraform#9732", how: "sure",
		test: withZone(func(z zones) {
			z.must(create(aRecord("api.orders.internal", "10.1.1.9")), create(recordSet("c.orders.internal", r53.RRTypeCname, "api.orders.internal")))
			z.refuse("InvalidChangeBatch", "RRSet of type CNAME with DNS name api.orders.internal. is not permitted as it conflicts with other records",
				create(recordSet("api.orders.internal", r53.RRTypeCname, "x.orders.internal")))
			z.refuse("InvalidChangeBatch", "RRSet of type A with DNS name c.orders.internal. is not permitted because a conflicting RRSet of type CNAME",
				create(aRecord("c.orders.internal", "10.1.1.9")))
			z.refuse("InvalidChangeBatch", "is not permitted at apex in zone orders.internal.", create(recordSet("orders.internal", r53.RRTypeCname, "x.orders.internal")))
		})},
	{num: 68, section: "3.5", op: "ChangeResourceRecordSets", behaviour: "a name outside the zone", evidence: "asg-dns-handler#38", how: "sure",
		test: withZone(func(z zones) {
			z.refuse("InvalidChangeBatch", "RRSet with DNS name api.other.internal. is not permitted in zone orders.internal.", create(aRecord("api.other.internal", "10.1.1.9")))
		})},
	{num: 69, section: "7", op: "ChangeResourceRecordSets", behaviour: "an alias has no TTL, everything else has one", evidence: "grails-aws-sdk#95", how: "sure",
		test: withZone(func(z zones) {
			z.must(create(aRecord("api.orders.internal", "10.1.1.9")))
			both, neither := aliasRecord("orders.internal", z.id(), "api.orders.internal"), aRecord("x.orders.internal", "10.1.1.9")
			both.TTL, neither.TTL = aws.Int64(60), nil
			z.refuse("InvalidInput", "Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found more than one in Change with [", create(both))
			z.refuse("InvalidInput", "but found none in Change with [", create(neither))
		})},
	{num: 70, section: "7", op: "ChangeResourceRecordSets", behaviour: "an alias target must be there, in the zone it names", evidence: "harmony-ops#491, aws-cli#4687", how: "sure",
		test: withZone(func(z zones) {
			name, zone := z.endpointName()
			z.refuse("InvalidChangeBatch", fmt.Sprintf("Tried to create an alias that targets %s., type A in zone %s, but the alias target name does not lie within the target zone, "+
				"Tried to create an alias that targets %[1]s., type A in zone %[2]s, but that target was not found", name, z.id()),
				create(aliasRecord("api.orders.internal", z.id(), name)))
			z.refuse("InvalidChangeBatch", "but that target was not found", create(aliasRecord("api.orders.internal", zone, "vpce-00000000000000000-abcdefgh"+name[len("vpce-00000000000000000-abcdefgh"):])))
			z.must(create(aliasRecord("api.orders.internal", zone, name)), create(aliasRecord("orders.internal", z.id(), "api.orders.internal")))
		})},
	{num: 71, section: "7", op: "ChangeResourceRecordSets", behaviour: "a batch counts whole or not at all", evidence: "R53:ChangeResourceRecordSets", how: "sure",
		test: withZone(func(z zones) {
			z.refuse("InvalidChangeBatch", "but it was not found", create(aRecord("a.orders.internal", "10.1.1.9")), remove(aRecord("b.orders.internal", "10.1.1.9")))
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "DELETE repeats every value", evidence: "R53:ChangeResourceRecordSets, hashicorp/terraform#18509", how: "sure",
		test: withZone(func(z zones) {
			set := aRecord("a.orders.internal", "10.1.1.8", "10.1.1.9")
			z.must(create(set))
			other := set
			other.TTL = aws.Int64(61)
			for _, r := range []r53.ResourceRecordSet{other, aRecord("a.orders.internal", "10.1.1.8")} {
				z.refuse("InvalidChangeBatch", "but the values provided do not match the current values", remove(r))
			}
			z.must(remove(set))
		})},
	{section: "4", op: "ChangeResourceRecordSets", behaviour: "1000 records a batch, UPSERT counting twice", evidence: "R53DG:DNSLimitations", how: "sure",
		test: withZone(func(z zones) {
			var creates, upserts []r53.Change
			for i := range 1001 {
				r := aRecord(fmt.Sprintf("h%d.orders.internal", i), "10.1.1.9")
				creates, upserts = append(creates, create(r)), append(upserts, upsert(r))
			}
			z.refuse("InvalidChangeBatch", "1000", creates...)
			z.refuse("InvalidChangeBatch", "1000", upserts[:501]...)
			z.must(upserts[:500]...)
		})},
	{section: "7", op: "ListResourceRecordSets", behaviour: "a start type needs a start name", evidence: "R53:ListResourceRecordSets", how: "sure",
		test: withZone(func(z zones) {
			_, err := z.ListResourceRecordSets(z.t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: z.zone.Id, StartRecordType: r53.RRTypeA})
			requireCode(z.t, err, "InvalidInput", "")
		})},
}

var associationRows = []row{
	{num: 74, section: "3.5", op: "AssociateVPCWithHostedZone", behaviour: "associating twice, or an unknown VPC", evidence: "R53API, LS", how: "sure",
		test: withZone(func(z zones) {
			requireCode(z.t, z.associate(z, z.h.vpc), "ConflictingDomainExists", "")
			requireCode(z.t, z.associate(z, "vpc-00000000000000000"), "InvalidVPCId", "The VPC ID is invalid.")
			require.NoError(z.t, z.associate(z, z.h.bareVPC))
		})},
	{section: "3.5", op: "AssociateVPCWithHostedZone", behaviour: "a public zone serves no VPC", evidence: "R53API, provider-upjet-aws#456", how: "sure",
		test: withZone(func(z zones) {
			z.zone = z.make("example.com", "").HostedZone
			requireCode(z.t, z.associate(z, z.h.vpc), "PublicZoneVPCAssociation", "")
		})},
	{num: 75, section: "3.5", op: "DisassociateVPCFromHostedZone", behaviour: "a VPC that is not there, and the last one", evidence: "R53API", how: "sure",
		test: withZone(func(z zones) {
			requireRefusal(z.t, z.disassociate(z.h.bareVPC), "VPCAssociationNotFound", 404, "")
			requireCode(z.t, z.disassociate(z.h.vpc), "LastVPCAssociation", "")
			require.NoError(z.t, z.associate(z, z.h.bareVPC))
			require.NoError(z.t, z.disassociate(z.h.vpc))
		})},
	{num: 76, section: "7", op: "CreateVPCAssociationAuthorization", behaviour: "another account's VPC needs an authorisation", evidence: "terraform#12804, #24286", how: "sure",
		test: withZone(crossAccount)},
	{num: 77, section: "7", op: "ListHostedZonesByVPC", behaviour: "lists zones of all owners that serve a VPC", evidence: "R53API:ListHostedZonesByVPC", how: "sure",
		test: withZone(zonesOfTheVPC)},
	{section: "6.1", op: "CreateHostedZone", behaviour: "an endpoint's hidden zone takes its name in the VPC: none is made there, none associated", evidence: "TF#37783", how: "sure",
		test: withZone(func(z zones) {
			z.h.create(z.t, "com.amazonaws."+z.h.region+".ec2")
			z.refuseZone("ConflictingDomainExists", "", z.request("ec2."+z.h.region+".amazonaws.com", "x", z.h.vpc))
			z.zone = z.make("ec2."+z.h.region+".amazonaws.com", z.h.bareVPC).HostedZone
			requireCode(z.t, z.associate(z, z.h.vpc), "ConflictingDomainExists", "with the same domain name.")
		})},
}

func (z zones) associate(as route53Client, vpc string) error {
	_, err := as.AssociateVPCWithHostedZone(z.t.Context(), &route53.AssociateVPCWithHostedZoneInput{HostedZoneId: z.zone.Id, VPC: z.vpc(vpc)})
	return err
}

func (z zones) disassociate(vpc string) error {
	_, err := z.DisassociateVPCFromHostedZone(z.t.Context(), &route53.DisassociateVPCFromHostedZoneInput{HostedZoneId: z.zone.Id, VPC: z.vpc(vpc)})
	return err
}

func crossAccount(z zones) {
	ctx, stranger := z.t.Context(), z.h.stranger.(route53Client)
	requireRefusal(z.t, z.associate(stranger, z.h.strangersVPC), "NotAuthorizedException", 401, "has not authorized to associate with your hosted zone")
	_, err := z.CreateVPCAssociationAuthorization(ctx, &route53.CreateVPCAssociationAuthorizationInput{HostedZoneId: z.zone.Id, VPC: z.vpc(z.h.strangersVPC)})
	require.NoError(z.t, err)
	listed, err := z.ListVPCAssociationAuthorizations(ctx, &route53.ListVPCAssociationAuthorizationsInput{HostedZoneId: z.zone.Id})
	require.NoError(z.t, err)
	require.Equal(z.t, z.h.strangersVPC, *listed.VPCs[0].VPCId)
	require.NoError(z.t, z.associate(stranger, z.h.strangersVPC))
	del := &route53.DeleteVPCAssociationAuthorizationInput{HostedZoneId: z.zone.Id, VPC: z.vpc(z.h.strangersVPC)}
	_, err = z.DeleteVPCAssociationAuthorization(ctx, del)
	require.NoError(z.t, err)
	got, err := z.GetHostedZone(ctx, &route53.GetHostedZoneInput{Id: z.zone.Id})
	require.NoError(z.t, err)
	require.Len(z.t, got.VPCs, 2)
}

func zonesOfTheVPC(z zones) {
	z.h.create(z.t, "com.amazonaws."+z.h.region+".ec2")
	out, err := z.ListHostedZonesByVPC(z.t.Context(), &route53.ListHostedZonesByVPCInput{VPCId: &z.h.vpc, VPCRegion: r53.VPCRegion(z.h.region)})
	require.NoError(z.t, err)
	owners := map[string]*r53.HostedZoneOwner{}
	for _, s := range out.HostedZoneSummaries {
		owners[*s.Name] = s.Owner
	}
	require.Len(z.t, owners, 2)
	require.Equal(z.t, z.h.consumerID, *owners["orders.internal."].OwningAccount)
	require.Nil(z.t, owners["orders.internal."].OwningService)
	hidden := owners["ec2."+z.h.region+".amazonaws.com."]
	require.NotNil(z.t, hidden.OwningService)
	require.Nil(z.t, hidden.OwningAccount)
}
