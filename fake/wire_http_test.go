package fake_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// sent is a request as a client of the SDK sent it.
type sent struct {
	method, host, path string
	header             http.Header
	body               []byte
}

func (r *sent) Do(req *http.Request) (*http.Response, error) {
	*r = sent{method: req.Method, host: req.URL.Host, path: req.URL.RequestURI(), header: req.Header.Clone()}
	if req.Body != nil {
		r.body, _ = io.ReadAll(req.Body)
	}
	return nil, errors.New("only recorded")
}

// to is the request on its way to an address.
func (r *sent) to(address string) *http.Request {
	req, err := http.NewRequest(r.method, address+r.path, bytes.NewReader(r.body))
	if err != nil {
		panic(err)
	}
	req.Header, req.Host = r.header.Clone(), r.host
	return req
}

// recorded is the request that a client sends.
func recorded(t testing.TB, a *fake.Account, call func(aws.Config) error) *sent {
	r := &sent{}
	cfg := a.Config()
	cfg.HTTPClient, cfg.Retryer = r, func() aws.Retryer { return aws.NopRetryer{} }
	require.ErrorContains(t, call(cfg), "only recorded")
	return r
}

// answerTo is what the cloud answers to a request.
func answerTo(c *fake.Cloud, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	c.ServeHTTP(w, r)
	return w
}

// problem is an error of any of the protocols.
type problem struct {
	XMLName       xml.Name
	Code          string `xml:"Error>Code"`
	Message       string `xml:"Error>Message"`
	RequestID     string `xml:"RequestId"`
	EC2Code       string `xml:"Errors>Error>Code"`
	EC2Message    string `xml:"Errors>Error>Message"`
	EC2ResponseID string `xml:"RequestID"`
}

// requireProblem asserts an error in the shape of AWS: EC2's for EC2, that of the others for them.
func requireProblem(t testing.TB, w *httptest.ResponseRecorder, status int, code, text string) {
	t.Helper()
	p := readProblem(t, w)
	require.Equal(t, status, w.Code, w.Body)
	require.Equal(t, code, p.Code+p.EC2Code, w.Body)
	require.Contains(t, p.Message+p.EC2Message, text)
}

func readProblem(t testing.TB, w *httptest.ResponseRecorder) (p problem) {
	t.Helper()
	require.NoError(t, xml.Unmarshal(w.Body.Bytes(), &p), w.Body)
	switch p.XMLName.Local {
	case "Response":
		require.NotEmpty(t, p.EC2Code)
		require.NotEmpty(t, p.EC2ResponseID)
	default:
		require.Equal(t, "ErrorResponse", p.XMLName.Local, w.Body)
		require.NotEmpty(t, p.Code)
		require.NotEmpty(t, p.RequestID)
	}
	require.Equal(t, p.RequestID+p.EC2ResponseID, w.Header().Get("X-Amzn-Requestid"))
	return p
}

// signed is a request of the account, not signed with any secret.
func signed(service, method, path, body string) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = service + ".us-east-1.amazonaws.com"
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=111111111111/20260101/us-east-1/"+service+"/aws4_request, SignedHeaders=host, Signature=00")
	if service != "route53" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	}
	return r
}

func TestCallersOnTheWire(t *testing.T) {
	t.Parallel()
	c := &fake.Cloud{}
	ask := func(header string) *httptest.ResponseRecorder {
		r := signed("ec2", "POST", "/", "Action=DescribeVpcs&Version=2016-11-15")
		r.Header.Set("Authorization", header)
		return answerTo(c, r)
	}
	header := func(key, region, service string) string {
		return "AWS4-HMAC-SHA256 Credential=" + key + "/20260101/" + region + "/" + service + "/aws4_request, SignedHeaders=host, Signature=00"
	}
	for _, key := range []string{"111111111111", "AKIA111111111111", "ASIA111111111111"} {
		require.Equal(t, 200, ask(header(key, "us-east-1", "ec2")).Code)
	}
	for _, key := range []string{"", "11111111111", "AKIAIOSFODNN7EXAMPLE", "AKIA11111111111x"} {
		requireProblem(t, ask(header(key, "us-east-1", "ec2")), 401, "AuthFailure", "")
		requireProblem(t, ask(header(key, "us-east-1", "sts")), 403, "InvalidClientTokenId", "")
	}
	requireProblem(t, ask(header("111111111111", "mars-north-1", "ec2")), 403, "SignatureDoesNotMatch", "mars-north-1")
	requireProblem(t, ask(""), 403, "MissingAuthenticationToken", "")
	for _, bad := range []string{"Basic x", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=a/b/c", strings.Replace(header("111111111111", "us-east-1", "ec2"), "SignedHeaders=host, ", "", 1),
		strings.Replace(header("111111111111", "us-east-1", "ec2"), ", Signature=00", "", 1)} {
		requireProblem(t, ask(bad), 400, "IncompleteSignature", "")
	}
}

// TestServer speaks over a socket, with the SDK's clients and their own signatures, which are verified.
func TestServer(t *testing.T) {
	t.Parallel()
	c := &fake.Cloud{VerifySignatures: true}
	a := c.Account("111111111111")
	server := httptest.NewServer(c)
	defer server.Close()
	cfg := a.Config()
	cfg.HTTPClient, cfg.BaseEndpoint = server.Client(), &server.URL
	vpc := a.VPC("10.0.0.0/16").ID
	out, err := ec2.NewFromConfig(cfg).DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{VpcIds: []string{vpc}})
	require.NoError(t, err)
	require.Len(t, out.Vpcs, 1)
	zone, err := route53.NewFromConfig(cfg).CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String("a.example"), CallerReference: aws.String("a b/c")})
	require.NoError(t, err)
	_, err = route53.NewFromConfig(cfg).ListResourceRecordSets(t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: zone.HostedZone.Id, StartRecordName: aws.String("*.a.example")})
	require.NoError(t, err)

	link, err := sts.NewPresignClient(sts.NewFromConfig(cfg)).PresignGetCallerIdentity(t.Context(), nil)
	require.NoError(t, err)
	get := func(url string) *http.Response {
		resp, err := http.Get(url)
		require.NoError(t, err)
		t.Cleanup(func() { resp.Body.Close() })
		return resp
	}
	resp := get(link.URL)
	require.Equal(t, 200, resp.StatusCode)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Contains(t, string(body), "<Account>111111111111</Account>")
	require.Equal(t, 403, get(strings.Replace(link.URL, "111111111111", "222222222222", 1)).StatusCode, "another account's")

	cfg.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: "111111111111", SecretAccessKey: "wrong"}, nil
	})
	_, err = ec2.NewFromConfig(cfg).DescribeVpcs(t.Context(), nil)
	requireCode(t, err, "AuthFailure", "")
	_, err = route53.NewFromConfig(cfg).ListHostedZones(t.Context(), nil)
	requireCode(t, err, "SignatureDoesNotMatch", "")
}

func TestSignaturesExpire(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := &fake.Cloud{VerifySignatures: true}
		r := recorded(t, c.Account("111111111111"), func(cfg aws.Config) error {
			_, err := ec2.NewFromConfig(cfg).DescribeVpcs(t.Context(), nil)
			return err
		})
		require.Equal(t, 200, answerTo(c, r.to("https://"+r.host)).Code)
		other := r.to("https://" + r.host)
		other.Body = io.NopCloser(strings.NewReader("Action=DescribeSubnets&Version=2016-11-15"))
		requireProblem(t, answerTo(c, other), 401, "AuthFailure", "")
		time.Sleep(16 * time.Minute)
		requireProblem(t, answerTo(c, r.to("https://"+r.host)), 400, "RequestExpired", "")
	})
}

// TestBodies sends bodies that are far too long, that end early and that never come, over connections.
func TestBodies(t *testing.T) {
	t.Parallel()
	head := func(length int) string {
		r := signed("ec2", "POST", "/", "")
		return fmt.Sprintf("POST / HTTP/1.1\r\nConnection: close\r\nHost: %s\r\nAuthorization: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", r.Host,
			r.Header.Get("Authorization"), r.Header.Get("Content-Type"), length)
	}
	synctest.Test(t, func(t *testing.T) {
		pipe := newPipes()
		server := &http.Server{Handler: &fake.Cloud{}}
		go func() { _ = server.Serve(pipe) }()
		began := time.Now()
		requireAnswer(t, pipe.dial(), head(1000)+"Action=DescribeVpcs", 400, "RequestTimeout")
		require.Less(t, time.Since(began), time.Minute)
		requireAnswer(t, pipe.dial(), head(10<<20)+strings.Repeat("x", 10<<20), 413, "RequestEntityTooLarge")
		require.NoError(t, server.Close())
	})
	server := httptest.NewServer(&fake.Cloud{})
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	require.NoError(t, err)
	requireAnswer(t, &halfClosing{conn.(*net.TCPConn)}, head(1000)+"Action=DescribeVpcs", 400, "IncompleteBody")
	conn, err = net.Dial("tcp", server.Listener.Addr().String())
	require.NoError(t, err)
	_, err = io.WriteString(conn, head(10<<20)+strings.Repeat("x", 10<<20))
	require.NoError(t, err, "a client that sends all before it reads is not cut off")
	requireAnswer(t, conn, "", 413, "RequestEntityTooLarge")
}

// TestALongCallKeepsItsConnection has a call that takes longer than a body may.
func TestALongCallKeepsItsConnection(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		pipe := newPipes()
		server := &http.Server{Handler: &fake.Cloud{Before: func(context.Context, *fake.Call) error {
			time.Sleep(time.Minute)
			return nil
		}}}
		go func() { _ = server.Serve(pipe) }()
		conn := pipe.dial()
		r := signed("ec2", "GET", "/?Action=DescribeVpcs"+ec2v, "")
		r.Close = true
		go func() { _ = r.Write(conn) }()
		answer, err := io.ReadAll(conn)
		require.NoError(t, err)
		require.Contains(t, string(answer), "HTTP/1.1 200 OK")
		require.NoError(t, server.Close())
	})
}

// halfClosing says that no more will come once something was written.
type halfClosing struct{ *net.TCPConn }

func (c *halfClosing) Write(b []byte) (int, error) {
	n, err := c.TCPConn.Write(b)
	return n, errors.Join(err, c.CloseWrite())
}

func requireAnswer(t *testing.T, conn net.Conn, request string, status int, code string) {
	t.Helper()
	defer conn.Close()
	go func() { _, _ = conn.Write([]byte(request)) }()
	answer, err := io.ReadAll(conn)
	if len(answer) == 0 {
		require.NoError(t, err)
	}
	require.Contains(t, string(answer), fmt.Sprintf("HTTP/1.1 %d ", status))
	require.Contains(t, string(answer), "<Response><Errors><Error><Code>"+code+"</Code>")
}

// pipes is a listener whose connections are in memory, for a synctest bubble.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func newPipes() *pipes { return &pipes{make(chan net.Conn), make(chan struct{})} }

func (p *pipes) dial() net.Conn {
	ours, theirs := net.Pipe()
	p.conns <- theirs
	return ours
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { close(p.done); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }
