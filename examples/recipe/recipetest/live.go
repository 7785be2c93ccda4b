package recipetest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// Live runs a recipe with -live, against the fake on the wire, which has been seeded with the recipe's own world: the SDK's configuration,
// clients, signatures and retries are those of AWS. Further flags come from a function that may add to the world; it may be nil. Everything
// must be afterwards as it was before. It gives what the recipe printed.
func Live(t *testing.T, run recipe.Func, more func(context.Context, *fake.Cloud) []string) string {
	t.Helper()
	out, before, cloud := LiveFor(t, run, more)
	require.Equal(t, before, cloud.Dump())
	return out
}

// LiveFor is Live for a recipe that changes the world for good. It tells how the world was, and gives it as it is. After an hour, which passes
// at once, it presses Ctrl-C.
func LiveFor(t *testing.T, run recipe.Func, more func(context.Context, *fake.Cloud) []string) (printed, before string, cloud *fake.Cloud) {
	t.Helper()
	cloud = &fake.Cloud{Switches: fake.Switches{Date: true}}
	profiles(t, cloud)

	var out bytes.Buffer
	synctest.Test(t, func(t *testing.T) { // AWS has to be in the bubble, too: its clock passes with the recipe's
		ctx, cancel := context.WithCancel(recipe.OnTheWire(t.Context(), cloud))
		defer time.AfterFunc(time.Hour, cancel).Stop()
		flags, err := recipe.Seed(ctx, cloud, run)
		require.NoError(t, err)
		if more != nil {
			flags = append(flags, more(ctx, cloud)...)
		}
		before = cloud.Dump()
		require.NoError(t, run(ctx, append([]string{"-live"}, flags...), &out), "%s", &out)
	})
	return out.String(), before, cloud
}

// profiles has the SDK's default configuration know the three accounts of the examples by their IDs.
func profiles(t *testing.T, cloud *fake.Cloud) {
	t.Helper()
	NoConfiguration(t)
	var text strings.Builder
	for _, id := range []string{"111111111111", "222222222222", "333333333333"} {
		c := cloud.Account(id).Credentials()
		fmt.Fprintf(&text, "[profile %s]\naws_access_key_id = %s\naws_secret_access_key = %s\n", id, c.AccessKeyID, c.SecretAccessKey)
	}
	file := filepath.Join(t.TempDir(), "config")
	require.NoError(t, os.WriteFile(file, []byte(text.String()), 0o600))
	t.Setenv("AWS_CONFIG_FILE", file)
}

// Offer makes a service of another provider, for a world in which one is there.
func Offer(ctx context.Context, t *testing.T, cloud *fake.Cloud, acceptance bool) *service.Service {
	t.Helper()
	provider := cloud.Account("111111111111")
	vpc := provider.VPC("10.8.0.0/16")
	nlb := provider.NLB("offered", vpc.Subnet("us-east-1a", "10.8.1.0/24"), vpc.Subnet("us-east-1b", "10.8.2.0/24"))
	svc, err := service.BehindNLB("offered").LoadBalancers(nlb.ARN).Acceptance(acceptance).Allow(privatelink.Everyone).WaitReady(ctx, provider)
	require.NoError(t, err)
	return svc
}
