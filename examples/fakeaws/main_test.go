package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// started runs the program until the test ends, and gives what it prints before it serves.
func started(t *testing.T, args ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	r, w := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, append([]string{"-addr", "127.0.0.1:0"}, args...), w)
		w.CloseWithError(err)
		ended <- err
	}()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-ended)
	})
	var said strings.Builder
	buf := make([]byte, 1024)
	for !strings.Contains(said.String(), "AWS_DEFAULT_REGION") {
		n, err := r.Read(buf)
		require.NoError(t, err)
		said.Write(buf[:n])
	}
	go io.Copy(io.Discard, r)
	return said.String()
}

// variable is what one of the printed lines sets.
func variable(t *testing.T, said, name string) string {
	t.Helper()
	m := regexp.MustCompile(name + `=(\S+)`).FindStringSubmatch(said)
	require.NotNil(t, m, said)
	return m[1]
}

func client(t *testing.T, said, account string) *ec2.Client {
	return ec2.New(ec2.Options{
		BaseEndpoint: aws.String(variable(t, said, "AWS_ENDPOINT_URL")),
		Region:       variable(t, said, "AWS_REGION"),
		Credentials:  credentials.NewStaticCredentialsProvider(account, "secret-of-"+account, ""),
	})
}

func TestTheThreeLinesPointAClientToWhatIsThere(t *testing.T) {
	said := started(t, "-verify")
	require.Equal(t, "111111111111", variable(t, said, "AWS_ACCESS_KEY_ID"))
	require.Equal(t, "secret-of-111111111111", variable(t, said, "AWS_SECRET_ACCESS_KEY"))
	for _, account := range []string{"111111111111", "222222222222"} {
		vpcs, err := client(t, said, account).DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{})
		require.NoError(t, err)
		require.Len(t, vpcs.Vpcs, 1)
		require.Contains(t, said, "VPC "+*vpcs.Vpcs[0].VpcId+" "+*vpcs.Vpcs[0].CidrBlock)
	}
	tables, err := client(t, said, "222222222222").DescribeRouteTables(t.Context(), &ec2.DescribeRouteTablesInput{})
	require.NoError(t, err)
	require.Len(t, tables.RouteTables, 3, "the main one, and one for each subnet")
}

func TestEmptyBeginsWithNothing(t *testing.T) {
	said := started(t, "-empty")
	vpcs, err := client(t, said, "333333333333").DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{})
	require.NoError(t, err)
	require.Empty(t, vpcs.Vpcs)
	require.NotContains(t, said, "vpc-")
}

func TestAWorldOfOnesOwn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "world.json")
	require.NoError(t, os.WriteFile(file, []byte(`{"accounts": [{"id": "444444444444", "region": "eu-central-1", "vpcs": [{"cidr": "10.9.0.0/16"}]}]}`), 0o600))
	said := started(t, "-world", file)
	require.Equal(t, "444444444444", variable(t, said, "AWS_ACCESS_KEY_ID"))
	require.Equal(t, "eu-central-1", variable(t, said, "AWS_REGION"))
	vpcs, err := client(t, said, "444444444444").DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{})
	require.NoError(t, err)
	require.Equal(t, "10.9.0.0/16", *vpcs.Vpcs[0].CidrBlock)
}

func TestAWorldOfFlags(t *testing.T) {
	said := started(t, "-vpc", "444444444444=10.4.0.0/16", "-nlb", "444444444444=orders", "-vpc", "555555555555=10.5.0.0/26")
	require.Regexp(t, `(?s)^[^\n]*\naccount 444444444444.*10\.4\.0\.0/20.*10\.4\.16\.0/20.*/net/orders/.*account 555555555555.*10\.5\.0\.0/28.*10\.5\.0\.16/28`, said)
	require.Equal(t, "444444444444", variable(t, said, "AWS_ACCESS_KEY_ID"))
	for _, wrong := range [][]string{{"-vpc", "444444444444"}, {"-vpc", "444444444444=10.0.0.0/28"}, {"-nlb", "444444444444=orders"}, {"-nlb", "x"}} {
		require.ErrorIs(t, run(t.Context(), wrong, io.Discard), privatelink.ErrInvalid)
	}
}

func TestMistakesAreToldAllAtOnce(t *testing.T) {
	err := run(t.Context(), []string{"-addr", "0.0.0.0:80", "-empty", "-world", "none.json", "-delay", "soon", "more"}, io.Discard)
	require.ErrorIs(t, err, privatelink.ErrInvalid)
	require.Len(t, privatelink.Problems(err), 4)
	require.ErrorContains(t, err, "-expose")
}

func TestAWorldThatCannotBeIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		`{"accounts": [{"id": "1"}]}`: "accounts[0]",
		`{"accounts": [null]}`:        "accounts[0] is null",
		`{"accounts": [{"id": "444444444444", "vpcs": [{"cidr": "10.9.0.0/99"}]}]}`: "10.9.0.0/99",
		`{"account": []}`: `unknown field "account"`,
		`{"accounts": [{"id": "444444444444", "region": "mars-north-1", "vpcs": [{}]}]}`: "mars-north-1",
		`{"accounts": [{"id": "444444444444", "vpcs": [{"cidr": "10.9.0.0/16",` +
			`"subnets": [{"az": "us-east-1z", "cidr": "10.9.1.0/24"}]}]}]}`: "us-east-1z",
	} {
		file := filepath.Join(t.TempDir(), "world.json")
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		err := run(t.Context(), []string{"-addr", "127.0.0.1:0", "-world", file}, io.Discard)
		require.ErrorContains(t, err, want)
	}
}

func TestOnlyLoopbackUnlessAsked(t *testing.T) {
	for _, addr := range []string{":4566", "0.0.0.0:4566", "192.0.2.1:4566", "[::]:4566"} {
		in := &input{addr: addr}
		require.ErrorContains(t, in.local(), "-expose", addr)
		in.expose = true
		require.NoError(t, in.local(), addr)
	}
	for _, addr := range []string{"127.0.0.1:1", "[::1]:1"} {
		require.NoError(t, (&input{addr: addr}).local(), addr)
	}
}

func TestASilentClientDoesNotHoldItUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		ours, theirs := net.Pipe()
		defer ours.Close()
		conns := make(handed, 1)
		conns <- theirs
		ended := make(chan error)
		go func() { ended <- serve(ctx, conns, &fake.Cloud{}) }()
		synctest.Wait()
		stop()
		require.NoError(t, <-ended)
	})
}

// handed is a listener to which connections are handed.
type handed chan net.Conn

func (c handed) Accept() (net.Conn, error) {
	if conn, ok := <-c; ok {
		return conn, nil
	}
	return nil, net.ErrClosed
}

func (c handed) Close() error   { close(c); return nil }
func (c handed) Addr() net.Addr { return &net.TCPAddr{} }

func TestWebPagesAreKeptAway(t *testing.T) {
	url := variable(t, started(t), "AWS_ENDPOINT_URL")
	for header, value := range map[string]string{"Origin": "https://example.com", "Sec-Fetch-Site": "cross-site"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		require.NoError(t, err)
		r.Header.Set(header, value)
		answer, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		require.Equal(t, http.StatusForbidden, answer.StatusCode, header)
	}
	http.DefaultClient.CloseIdleConnections()
}
