package fake_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func TestQuotasOfRoute53(t *testing.T) {
	c := fake.Cloud{Quotas: fake.Quotas{HostedZones: 2, ZoneVPCs: 2, ZoneRecords: 4, ZoneAuthorizations: 1}}
	a, b := c.Account(ownerID), c.Account(partnerID)
	v := a.VPC("10.0.0.0/16")
	z := makeZone(t, a, "x.internal", v).HostedZone
	makeZone(t, a, "example.com", nil)
	_, err := a.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String("third.com"), CallerReference: aws.String("third")})
	requireRefusal(t, err, "TooManyHostedZones", http.StatusBadRequest, "")
	var tooMany *r53.TooManyHostedZones
	require.ErrorAs(t, err, &tooMany)
	makeZone(t, b, "third.com", nil)

	require.NoError(t, associateVPC(t, a, z, vpcRef(a.VPC("10.1.0.0/16"))))
	third := a.VPC("10.2.0.0/16")
	requireRefusal(t, associateVPC(t, a, z, vpcRef(third)), "LimitsExceeded", http.StatusBadRequest, "")
	require.NoError(t, disassociateVPC(t, a, z, vpcRef(v)))
	require.NoError(t, associateVPC(t, a, z, vpcRef(third)))

	require.NoError(t, change(t.Context(), a, z, create(aRecord("a.x.internal", "10.0.0.1")), create(aRecord("b.x.internal", "10.0.0.1"))))
	requireRefusal(t, change(t.Context(), a, z, create(aRecord("c.x.internal", "10.0.0.1"))), "InvalidChangeBatch", http.StatusBadRequest, "4 record sets")
	require.NoError(t, change(t.Context(), a, z, create(aRecord("c.x.internal", "10.0.0.1")), remove(aRecord("b.x.internal", "10.0.0.1"))))

	w := b.VPC("10.3.0.0/16")
	require.NoError(t, authorizeVPC(t, a, z, vpcRef(w)))
	require.NoError(t, authorizeVPC(t, a, z, vpcRef(w)), "repeating takes no more room")
	requireRefusal(t, authorizeVPC(t, a, z, vpcRef(b.VPC("10.4.0.0/16"))), "TooManyVPCAssociationAuthorizations", http.StatusBadRequest, "")
}

func TestQuotasByDefaultAreAWSs(t *testing.T) {
	c := fake.Cloud{Forget: true}
	a := c.Account(ownerID)
	for i := range 500 {
		makeZone(t, a, fmt.Sprintf("n%d.example.com", i), nil)
	}
	_, err := a.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String("more.com"), CallerReference: aws.String("more")})
	requireRefusal(t, err, "TooManyHostedZones", http.StatusBadRequest, "")
	b := c.Account(partnerID)
	z := makeZone(t, b, "x.internal", b.VPC("10.0.0.0/16")).HostedZone
	for range 299 {
		require.NoError(t, associateVPC(t, b, z, vpcRef(b.VPC("10.0.0.0/16"))))
	}
	requireRefusal(t, associateVPC(t, b, z, vpcRef(b.VPC("10.0.0.0/16"))), "LimitsExceeded", http.StatusBadRequest, "")
	for batch := range 10 {
		var changes []r53.Change
		for i := range min(1000, 9998-batch*1000) {
			changes = append(changes, create(aRecord(fmt.Sprintf("h%d.b%d.x.internal", i, batch), "10.0.0.1")))
		}
		require.NoError(t, change(t.Context(), b, z, changes...))
	}
	requireRefusal(t, change(t.Context(), b, z, create(aRecord("one.x.internal", "10.0.0.1"))), "InvalidChangeBatch", http.StatusBadRequest, "10000 record sets")
}

func TestABusyZoneTakesNoOtherRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := fake.Cloud{Timing: fake.Timing{ZoneBusy: time.Second}}
		a, b := c.Account(ownerID), c.Account(partnerID)
		z := makeZone(t, a, "x.internal", a.VPC("10.0.0.0/16")).HostedZone
		v, foreign := vpcRef(a.VPC("10.1.0.0/16")), vpcRef(b.VPC("10.2.0.0/16"))
		add := func() error { return change(t.Context(), a, z, upsert(aRecord("a.x.internal", "10.0.0.1"))) }
		comment := func() error {
			_, err := a.UpdateHostedZoneComment(t.Context(), &route53.UpdateHostedZoneCommentInput{Id: z.Id, Comment: aws.String("x")})
			return err
		}
		del := func() error {
			_, err := a.DeleteHostedZone(t.Context(), &route53.DeleteHostedZoneInput{Id: z.Id})
			return err
		}
		unauthorize := func() error {
			_, err := a.DeleteVPCAssociationAuthorization(t.Context(), &route53.DeleteVPCAssociationAuthorizationInput{HostedZoneId: z.Id, VPC: foreign})
			return err
		}
		require.NoError(t, authorizeVPC(t, a, z, foreign))
		time.Sleep(time.Second)
		for _, begin := range []func() error{add, comment, func() error { return associateVPC(t, a, z, v) },
			func() error { return disassociateVPC(t, a, z, v) }, unauthorize, func() error { return authorizeVPC(t, a, z, foreign) }} {
			require.NoError(t, begin())
			for _, refused := range []func() error{add, comment, del, func() error { return associateVPC(t, a, z, vpcRef(a.VPC("10.3.0.0/16"))) }} {
				err := refused()
				requireRefusal(t, err, "PriorRequestNotComplete", http.StatusBadRequest, "still processing a prior request")
				var typed *r53.PriorRequestNotComplete
				require.ErrorAs(t, err, &typed)
			}
			err := unauthorize()
			requireRefusal(t, err, "ConcurrentModification", http.StatusBadRequest, "")
			requireRefusal(t, authorizeVPC(t, a, z, foreign), "ConcurrentModification", http.StatusBadRequest, "")
			var typed *r53.ConcurrentModification
			require.ErrorAs(t, err, &typed)
			makeZone(t, a, fmt.Sprintf("y%d.internal", time.Now().Unix()), a.VPC("10.0.0.0/16"))
			time.Sleep(time.Second)
		}
		require.NoError(t, change(t.Context(), a, z, remove(aRecord("a.x.internal", "10.0.0.1"))))
		time.Sleep(time.Second)
		require.NoError(t, del())
	})
}

func TestCommentsAndCountOfZones(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	z := makeZone(t, a, "example.com", nil).HostedZone
	makeZone(t, c.Account(partnerID), "example.org", nil)
	count, err := a.GetHostedZoneCount(t.Context(), nil)
	require.NoError(t, err)
	require.EqualValues(t, 1, *count.HostedZoneCount)
	for _, comment := range []*string{aws.String("ours"), nil} {
		out, err := a.UpdateHostedZoneComment(t.Context(), &route53.UpdateHostedZoneCommentInput{Id: z.Id, Comment: comment})
		require.NoError(t, err)
		require.Equal(t, comment, out.HostedZone.Config.Comment)
		got, err := a.GetHostedZone(t.Context(), &route53.GetHostedZoneInput{Id: z.Id})
		require.NoError(t, err)
		require.Equal(t, out.HostedZone, got.HostedZone)
	}
	_, err = a.UpdateHostedZoneComment(t.Context(), &route53.UpdateHostedZoneCommentInput{Id: z.Id, Comment: aws.String(strings.Repeat("x", 257))})
	requireRefusal(t, err, "InvalidInput", http.StatusBadRequest, "256")
	_, err = a.UpdateHostedZoneComment(t.Context(), &route53.UpdateHostedZoneCommentInput{Id: aws.String("Z0")})
	requireRefusal(t, err, "NoSuchHostedZone", http.StatusNotFound, "Z0")
}

func TestTagsOfSeveralZones(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	var ids []string
	for i := range 11 {
		z := makeZone(t, a, fmt.Sprintf("n%d.example.com", i), nil).HostedZone
		ids = append(ids, strings.TrimPrefix(*z.Id, "/hostedzone/"))
		_, err := a.ChangeTagsForResource(t.Context(), &route53.ChangeTagsForResourceInput{ResourceId: &ids[i], ResourceType: r53.TagResourceTypeHostedzone,
			AddTags: []r53.Tag{{Key: aws.String("n"), Value: aws.String(fmt.Sprint(i))}}})
		require.NoError(t, err)
	}
	read := func(ids ...string) (*route53.ListTagsForResourcesOutput, error) {
		return a.ListTagsForResources(t.Context(), &route53.ListTagsForResourcesInput{ResourceIds: ids, ResourceType: r53.TagResourceTypeHostedzone})
	}
	out, err := read(ids[:10]...)
	require.NoError(t, err)
	require.Len(t, out.ResourceTagSets, 10)
	for i, set := range out.ResourceTagSets {
		require.Equal(t, ids[i], *set.ResourceId)
		require.Equal(t, []r53.Tag{{Key: aws.String("n"), Value: aws.String(fmt.Sprint(i))}}, set.Tags)
	}
	_, err = read(ids...)
	requireRefusal(t, err, "InvalidInput", http.StatusBadRequest, "'ResourceId' can occur a maximum of '10' times")
	_, err = read()
	requireRefusal(t, err, "InvalidInput", http.StatusBadRequest, "resourceIds")
	_, err = read("Z0")
	requireRefusal(t, err, "NoSuchHostedZone", http.StatusNotFound, "Z0")
	for i := range 5 {
		in := &route53.ChangeTagsForResourceInput{ResourceId: &ids[0], ResourceType: r53.TagResourceTypeHostedzone}
		for j := range 10 {
			in.AddTags = append(in.AddTags, r53.Tag{Key: aws.String(fmt.Sprintf("k%d%d", i, j)), Value: aws.String("")})
		}
		if _, err = a.ChangeTagsForResource(t.Context(), in); i < 4 {
			require.NoError(t, err)
		}
	}
	requireRefusal(t, err, "InvalidInput", http.StatusBadRequest, "at most 50 tags")
}

func TestHealthChecksOfRecordSets(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	z := makeZone(t, a, "example.com", nil).HostedZone
	first, second := a.HealthCheck(), a.HealthCheck()
	checked := func(id, address string, role r53.ResourceRecordSetFailover, h *fake.HealthCheck) r53.ResourceRecordSet {
		r := policied(id, address, byFailover(role))
		r.HealthCheckId = &h.ID
		return r
	}
	one, two := checked("1", "192.0.2.1", "PRIMARY", first), checked("2", "192.0.2.2", "SECONDARY", second)
	require.NoError(t, change(t.Context(), a, z, create(one), create(two)))
	require.Equal(t, first.ID, *readSet(t, a, z, "x.example.com", r53.RRTypeA).HealthCheckId)
	requireAddrs(t, c.Internet(), "x.example.com", "192.0.2.1")
	first.Healthy(false)
	requireAddrs(t, c.Internet(), "x.example.com", "192.0.2.2")
	second.Healthy(false)
	requireAddrs(t, c.Internet(), "x.example.com", "192.0.2.1")
	first.Healthy(true)
	requireAddrs(t, c.Internet(), "x.example.com", "192.0.2.1")

	other := one
	other.HealthCheckId = &second.ID
	requireRefusal(t, change(t.Context(), a, z, remove(other)), "InvalidChangeBatch", http.StatusBadRequest, "do not match the current values")
	other.HealthCheckId = aws.String("none")
	requireRefusal(t, change(t.Context(), a, z, upsert(other)), "NoSuchHealthCheck", http.StatusNotFound, "none")
	simple := aRecord("y.example.com", "192.0.2.1")
	simple.HealthCheckId = &first.ID
	requireRefusal(t, change(t.Context(), a, z, create(simple)), "InvalidInput", http.StatusBadRequest, "Missing field 'SetIdentifier'")
	require.NoError(t, change(t.Context(), a, z, remove(one), remove(two)))
}
