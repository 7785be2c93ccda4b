package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
)

const (
	providerKey, consumerKey = "AKIAPROVIDEREXAMPLE1", "AKIACONSUMEREXAMPLE1"
	secretOfProvider         = "provider-secret-not-a-real-one"
	secretOfConsumer         = "consumer-secret-not-a-real-one"
)

// twoProfiles sets the SDK's environment: two profiles in a shared file, the provider's being the default one.
func twoProfiles(t *testing.T, endpointURL string) {
	file := filepath.Join(t.TempDir(), "config")
	text := fmt.Sprintf(`[profile provider]
region = eu-west-1
aws_access_key_id = %s
aws_secret_access_key = %s
[profile consumer]
region = us-west-2
aws_access_key_id = %s
aws_secret_access_key = %s
`, providerKey, secretOfProvider, consumerKey, secretOfConsumer)
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	for key, value := range map[string]string{
		"AWS_CONFIG_FILE": file, "AWS_SHARED_CREDENTIALS_FILE": file + "-none", "AWS_PROFILE": "provider", "AWS_ENDPOINT_URL": endpointURL,
		"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_SESSION_TOKEN": "", "AWS_REGION": "", "AWS_DEFAULT_REGION": "",
		"AWS_EC2_METADATA_DISABLED": "true", "HTTP_PROXY": "", "http_proxy": "", "NO_PROXY": "*",
	} {
		t.Setenv(key, value)
	}
}

// signed is what a signature tells.
type signed struct{ key, scope string }

// newCanned starts a server of canned answers and points the SDK to it.
func newCanned(t *testing.T) *canned {
	c := &canned{secrets: map[string]string{providerKey: secretOfProvider, consumerKey: secretOfConsumer}}
	twoProfiles(t, c.serve(t))
	return c
}

// do runs the program with -live in virtual time, and gives the requests that it sent and what it printed. Each has
// to be signed with the key of the account that it belongs to.
func (c *canned) do(t *testing.T, args ...string) (sent []request, out string) {
	var b bytes.Buffer
	n := len(c.requests)
	synctest.Test(t, func(t *testing.T) {
		require.NoError(t, run(t.Context(), append([]string{"-live"}, args...), &b))
	})
	sent = c.requests[n:]
	for _, r := range sent {
		require.Empty(t, r.unsigned, "%s: %s", r.action, b.String())
		want := signed{consumerKey, "eu-west-1/ec2"}
		switch {
		case isProviders(r.action):
			want.key = providerKey
		case !r.form.Has("Action"):
			want.scope = "eu-west-1/route53" // at AWS_ENDPOINT_URL; at AWS's own endpoint the SDK signs for us-east-1
		}
		require.Equal(t, want, signed{r.key, r.scope}, r.action)
	}
	require.NotContains(t, b.String(), "AKIA")
	require.NotContains(t, b.String(), "secret")
	return sent, b.String()
}

// isProviders tells whose account an action belongs to: the service and its connections are the provider's.
func isProviders(action string) bool {
	switch action {
	case "CreateVpcEndpointServiceConfiguration", "DescribeVpcEndpointServiceConfigurations", "DeleteVpcEndpointServiceConfigurations",
		"ModifyVpcEndpointServicePermissions", "DescribeVpcEndpointServicePermissions",
		"DescribeVpcEndpointConnections", "AcceptVpcEndpointConnections":
		return true
	}
	return false
}

func writes(sent []request) (actions []string, byAction map[string]request) {
	byAction = map[string]request{}
	for _, r := range sent {
		if !reads(r.action) {
			actions, byAction[r.action] = append(actions, r.action), r
		}
	}
	return actions, byAction
}

var fromFile = []string{"-input", filepath.Join("testdata", "input.json"), "-consumer-profile", "consumer"}

func TestLivePlanReadsOnly(t *testing.T) {
	c := newCanned(t)
	for _, mode := range [][]string{nil, {"-plan"}} {
		sent, out := c.do(t, append(mode, fromFile...)...)
		require.NotEmpty(t, sent)
		actions, _ := writes(sent)
		require.Empty(t, actions)
		require.Contains(t, out, `endpoint service "orders"`)
		require.Contains(t, out, `+ interface endpoint "orders" in vpc-0123456789abcdef0`)
		require.Contains(t, out, "(known after apply)")
	}
}

func TestLiveApplyAndDestroy(t *testing.T) {
	c := newCanned(t)
	sent, out := c.do(t, append(fromFile, "-apply")...)
	actions, sentAs := writes(sent)
	require.Equal(t, []string{
		"CreateVpcEndpointServiceConfiguration", "ModifyVpcEndpointServicePermissions", "CreateVpcEndpoint", "AcceptVpcEndpointConnections",
		"CreateHostedZone", "ChangeResourceRecordSets",
	}, actions, out)
	requireForms(t, sentAs, createForms)
	require.Contains(t, sentAs["CreateHostedZone"].body, "<Name>orders.internal.</Name>")
	require.Contains(t, sentAs["CreateHostedZone"].body, "<VPC><VPCId>vpc-0123456789abcdef0</VPCId><VPCRegion>eu-west-1</VPCRegion></VPC>")
	records := sentAs["ChangeResourceRecordSets"]
	require.Equal(t, "/2013-04-01/hostedzone/Z0123456789ABCDEFGHIJ/rrset", records.path)
	require.Contains(t, records.body, "<HostedZoneId>Z38GZ743OKFT7T</HostedZoneId>")
	require.Contains(t, records.body, "<Type>A</Type>")

	sent, out = c.do(t, append(fromFile, "-apply")...)
	actions, _ = writes(sent)
	require.Empty(t, actions, out)

	_, out = c.do(t, append(fromFile, "-plan")...)
	require.NotContains(t, out, "+")

	sent, out = c.do(t, "-destroy", "-vpc", "vpc-0123456789abcdef0", "-consumer-profile", "consumer")
	actions, sentAs = writes(sent)
	require.Equal(t, []string{
		"ChangeResourceRecordSets", "DeleteHostedZone", "DeleteVpcEndpoints", "DeleteVpcEndpointServiceConfigurations",
	}, actions, out)
	requireForms(t, sentAs, deleteForms)
	require.Equal(t, "/2013-04-01/hostedzone/Z0123456789ABCDEFGHIJ", sentAs["DeleteHostedZone"].path)
	require.Contains(t, out, "Nothing is left.")
}

func TestLiveWithoutAcceptanceAsksForNone(t *testing.T) {
	c := newCanned(t)
	c.states["endpoint"], c.vars["Created"] = "available", "2020-01-01T00:00:00Z" // somebody else accepted
	sent, out := c.do(t, append(fromFile, "-apply", "-accept=false")...)
	for _, r := range sent {
		require.NotContains(t, r.action, "Connections", out)
	}
}

var createForms = map[string]map[string]string{
	"CreateVpcEndpointServiceConfiguration": {
		"NetworkLoadBalancerArn.1": "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/net/orders/0123456789abcdef",
		"AcceptanceRequired":       "true",
	},
	"ModifyVpcEndpointServicePermissions": {
		"ServiceId":              "vpce-svc-0a1b2c3d4e5f60718",
		"AddAllowedPrincipals.1": "arn:aws:iam::222222222222:root",
	},
	"CreateVpcEndpoint": {
		"VpcEndpointType":   "Interface",
		"VpcId":             "vpc-0123456789abcdef0",
		"ServiceName":       "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718",
		"SubnetId.1":        "subnet-0123456789abcdef0",
		"SubnetId.2":        "subnet-0123456789abcdef1",
		"SecurityGroupId.1": "sg-0123456789abcdef0",
	},
	"AcceptVpcEndpointConnections": {
		"ServiceId":       "vpce-svc-0a1b2c3d4e5f60718",
		"VpcEndpointId.1": "vpce-0123456789abcdef0",
	},
}

var deleteForms = map[string]map[string]string{
	"DeleteVpcEndpoints":                     {"VpcEndpointId.1": "vpce-0123456789abcdef0"},
	"DeleteVpcEndpointServiceConfigurations": {"ServiceId.1": "vpce-svc-0a1b2c3d4e5f60718"},
}

func requireForms(t *testing.T, sent map[string]request, want map[string]map[string]string) {
	t.Helper()
	for action, fields := range want {
		for field, value := range fields {
			require.Equal(t, value, sent[action].form.Get(field), "%s %s", action, field)
		}
	}
	for action, r := range sent {
		if action == "CreateVpcEndpoint" || action == "CreateVpcEndpointServiceConfiguration" {
			require.NotEmpty(t, r.form.Get("ClientToken"), action)
		}
	}
}
