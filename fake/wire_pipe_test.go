package fake_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/lag"
)

// The wire goes through the same pipe as the methods: hooks, faults, journal, metadata.

func TestTheSDKTriesAgainOnTheWire(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := &fake.Cloud{}
		client := ec2.NewFromConfig(c.Account("111111111111").Config())
		c.Inject(fake.Throttle().On("DescribeVpcs").Nth(1), fake.LoseAnswer().On("CreateVpc").Nth(1), fake.ServerError().On("DescribeSubnets"))
		out, err := client.DescribeVpcs(t.Context(), nil)
		require.NoError(t, err)
		tries, _ := retry.GetAttemptResults(out.ResultMetadata)
		require.Len(t, tries.Results, 2)
		_, err = client.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: aws.String("10.0.0.0/16")})
		require.NoError(t, err)
		out, err = client.DescribeVpcs(t.Context(), nil)
		require.NoError(t, err)
		require.Len(t, out.Vpcs, 2, "an answer was lost and the create has no token")
		_, err = client.DescribeSubnets(t.Context(), nil)
		requireCode(t, err, "InternalError", "")
		var ops []string
		for _, call := range c.Calls() {
			ops = append(ops, call.Op)
		}
		require.Equal(t, []string{"DescribeVpcs", "DescribeVpcs", "CreateVpc", "CreateVpc", "DescribeVpcs", "DescribeSubnets", "DescribeSubnets", "DescribeSubnets"}, ops)
	})
}

// once is a configuration whose clients do not try again.
func once(a *fake.Account) aws.Config {
	cfg := a.Config()
	cfg.Retryer = func() aws.Retryer { return aws.NopRetryer{} }
	return cfg
}

func TestHooksOnTheWire(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken by the test")
	type key struct{}
	c := &fake.Cloud{Before: func(ctx context.Context, call *fake.Call) error {
		require.Equal(t, "eu-west-1", call.Region)
		require.Equal(t, "value", ctx.Value(key{}), "the caller's context comes with the request")
		return broken
	}}
	client := ec2.NewFromConfig(once(c.Account("111111111111").In("eu-west-1")))
	ctx := context.WithValue(t.Context(), key{}, "value")
	_, err := client.DescribeVpcs(ctx, nil)
	require.ErrorIs(t, err, broken)
	require.Equal(t, "111111111111", c.Calls()[0].Account)

	c = &fake.Cloud{After: func(context.Context, *fake.Call) error { return broken }}
	server := httptest.NewServer(c)
	defer server.Close()
	cfg := once(c.Account("111111111111"))
	cfg.HTTPClient, cfg.BaseEndpoint = server.Client(), &server.URL
	_, err = ec2.NewFromConfig(cfg).CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: aws.String("10.0.0.0/16")})
	require.ErrorContains(t, err, "EOF", "the connection breaks")
	require.Contains(t, c.Dump(), "10.0.0.0/16", "and the call took effect")
}

func TestALateCallOnTheWireTakesEffect(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := &fake.Cloud{}
		c.Inject(fake.LateCall(time.Minute).On("CreateVpc"))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		_, err := ec2.NewFromConfig(once(c.Account("111111111111"))).CreateVpc(ctx, &ec2.CreateVpcInput{CidrBlock: aws.String("10.0.0.0/16")})
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, time.Second, time.Since(began))
		require.NotContains(t, c.Dump(), "10.0.0.0/16")
		time.Sleep(time.Minute)
		require.Contains(t, c.Dump(), "10.0.0.0/16")
	})
}

func TestMetadataOnTheWire(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := &fake.Cloud{Lag: 3 * time.Second, Switches: fake.Switches{Date: true, Skew: time.Hour}}
		cfg := c.Account("111111111111").Config()
		ctx, window := lag.Listen(t.Context(), mute{})
		vpcs, err := ec2.NewFromConfig(cfg).DescribeVpcs(ctx, nil)
		require.NoError(t, err)
		zones, err := route53.NewFromConfig(cfg).ListHostedZones(t.Context(), nil)
		require.NoError(t, err)
		require.Equal(t, 3*time.Second, window(), "the knowledge goes by the context, past the wire")
		at, ok := awsmiddleware.GetServerTime(zones.ResultMetadata)
		require.True(t, ok)
		require.True(t, at.Equal(time.Now().Add(time.Hour)), at)
		id, ok := awsmiddleware.GetRequestIDMetadata(vpcs.ResultMetadata)
		require.True(t, ok)
		require.Len(t, id, 36)
	})
}
