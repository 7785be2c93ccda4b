package fake_test

import (
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// FuzzRecords writes a set of any type, name and value: it is refused in Route 53's words, or listed, answered and deleted again as it was sent.
func FuzzRecords(f *testing.F) {
	for i, kind := range r53.RRType("").Values() {
		for _, v := range typed[kind].good {
			f.Add(uint8(i), "x", v)
		}
		for v := range typed[kind].bad {
			f.Add(uint8(i), `*.\052`, v)
		}
	}
	f.Fuzz(func(t *testing.T, kind uint8, host, value string) {
		kinds := r53.RRType("").Values()
		typ := kinds[int(kind)%len(kinds)]
		c := fake.Cloud{Forget: true}
		a := c.Account(ownerID)
		z := makeZone(t, a, "example.com", nil).HostedZone
		set := recordSet(host+".example.com", typ, value)
		if err := change(t.Context(), a, z, create(set)); err != nil {
			var batch *r53.InvalidChangeBatch
			var input *r53.InvalidInput
			require.True(t, errors.As(err, &batch) || errors.As(err, &input), err)
			require.Len(t, records(t, a, z), 2)
			return
		}
		out, err := a.ListResourceRecordSets(t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: z.Id})
		require.NoError(t, err)
		require.Len(t, out.ResourceRecordSets, 3)
		for _, r := range out.ResourceRecordSets {
			if r.Type == typ && *r.Name != "example.com." {
				require.Equal(t, value, *r.ResourceRecords[0].Value)
			}
		}
		_, _ = c.Internet().Lookup(t.Context(), host+".example.com", string(typ))
		require.NoError(t, change(t.Context(), a, z, remove(set)))
		require.Len(t, records(t, a, z), 2)
	})
}
