package fake_test

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func TestOneZoneOfANameOnAVPCHoweverManyAsk(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	var wg sync.WaitGroup
	errs := make([]error, 32)
	for i := range errs {
		wg.Go(func() {
			_, errs[i] = a.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String("x.internal"),
				CallerReference: aws.String(fmt.Sprint(i)), VPC: vpcRef(v)})
		})
	}
	wg.Wait()
	made := 0
	for _, err := range errs {
		if err == nil {
			made++
			continue
		}
		var conflict *r53.ConflictingDomainExists
		require.ErrorAs(t, err, &conflict)
	}
	require.Equal(t, 1, made)
}

func TestAssociationsComeAndGoUnderLag(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := fake.Cloud{Lag: time.Second}
		a := c.Account(ownerID)
		v, w := a.VPC("10.0.0.0/16"), a.VPC("10.1.0.0/16")
		z := makeZone(t, a, "x.internal", v).HostedZone
		for range 50 {
			require.NoError(t, associateVPC(t, a, z, vpcRef(w)))
			time.Sleep(time.Second)
			require.Equal(t, []string{v.ID, w.ID}, zoneVPCs(t, a, z))
			require.NoError(t, disassociateVPC(t, a, z, vpcRef(w)))
			require.Equal(t, []string{v.ID, w.ID}, zoneVPCs(t, a, z), "a read is a second behind")
			time.Sleep(time.Second)
			require.Equal(t, []string{v.ID}, zoneVPCs(t, a, z))
		}
	})
}

func TestEmptyInputsAreRefused(t *testing.T) {
	a := new(fake.Cloud).Account(ownerID)
	ctx := t.Context()
	for op, call := range map[string]func() error{
		"CreateHostedZone":                  func() error { _, err := a.CreateHostedZone(ctx, nil); return err },
		"GetHostedZone":                     func() error { _, err := a.GetHostedZone(ctx, nil); return err },
		"DeleteHostedZone":                  func() error { _, err := a.DeleteHostedZone(ctx, nil); return err },
		"ListHostedZonesByVPC":              func() error { _, err := a.ListHostedZonesByVPC(ctx, nil); return err },
		"ListResourceRecordSets":            func() error { _, err := a.ListResourceRecordSets(ctx, nil); return err },
		"ChangeResourceRecordSets":          func() error { _, err := a.ChangeResourceRecordSets(ctx, nil); return err },
		"GetChange":                         func() error { _, err := a.GetChange(ctx, nil); return err },
		"AssociateVPCWithHostedZone":        func() error { _, err := a.AssociateVPCWithHostedZone(ctx, nil); return err },
		"DisassociateVPCFromHostedZone":     func() error { _, err := a.DisassociateVPCFromHostedZone(ctx, nil); return err },
		"CreateVPCAssociationAuthorization": func() error { _, err := a.CreateVPCAssociationAuthorization(ctx, nil); return err },
		"DeleteVPCAssociationAuthorization": func() error { _, err := a.DeleteVPCAssociationAuthorization(ctx, nil); return err },
		"ListVPCAssociationAuthorizations":  func() error { _, err := a.ListVPCAssociationAuthorizations(ctx, nil); return err },
		"ChangeTagsForResource":             func() error { _, err := a.ChangeTagsForResource(ctx, nil); return err },
		"ListTagsForResource":               func() error { _, err := a.ListTagsForResource(ctx, nil); return err },
	} {
		require.ErrorContains(t, call(), "Route 53: "+op)
	}
}
