package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/template"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// canned answers as AWS does in the course of this one job, from the files in testdata/aws. It models nothing: a write moves one noun to
// its next state, and the states choose the files.
type canned struct {
	secrets map[string]string // access key → secret, to check the signatures

	mu       sync.Mutex
	states   map[string]string // noun → state; "absent" at first
	vars     map[string]string // what answers repeat of requests
	requests []request
}

// request is what the program sent. Of EC2's the parameters are in form, of Route 53's in body.
type request struct {
	action, path, body string
	form               url.Values
	key, scope         string // who signed, and for which Region and service
	unsigned           string // why the signature does not hold, "" when it does
}

// moves says what a write brings about; shows, whose state an answer shows.
var (
	moves = map[string]struct{ noun, state string }{
		"CreateVpcEndpointServiceConfiguration":  {"service", "present"},
		"DeleteVpcEndpointServiceConfigurations": {"service", "absent"},
		"ModifyVpcEndpointServicePermissions":    {"permissions", "present"},
		"CreateVpcEndpoint":                      {"endpoint", "pendingAcceptance"},
		"AcceptVpcEndpointConnections":           {"endpoint", "available"},
		"DeleteVpcEndpoints":                     {"endpoint", "absent"},
		"CreateHostedZone":                       {"zone", "present"},
		"DeleteHostedZone":                       {"zone", "absent"},
	}
	shows = map[string]string{
		"DescribeVpcEndpointServiceConfigurations": "service",
		"DescribeVpcEndpointServicePermissions":    "permissions",
		"DescribeVpcEndpoints":                     "endpoint",
		"DescribeVpcEndpointConnections":           "endpoint",
		"ListHostedZonesByName":                    "zone",
		"ListHostedZonesByVPC":                     "zone",
		"GetHostedZone":                            "zone",
		"ListResourceRecordSets":                   "records",
	}
	route53Actions = []struct{ method, path, action string }{
		{"GET", `^/2013-04-01/hostedzonesbyname$`, "ListHostedZonesByName"},
		{"GET", `^/2013-04-01/hostedzonesbyvpc$`, "ListHostedZonesByVPC"},
		{"POST", `^/2013-04-01/hostedzone$`, "CreateHostedZone"},
		{"GET", `^/2013-04-01/hostedzone/[^/]+$`, "GetHostedZone"},
		{"DELETE", `^/2013-04-01/hostedzone/[^/]+$`, "DeleteHostedZone"},
		{"GET", `^/2013-04-01/hostedzone/[^/]+/rrset$`, "ListResourceRecordSets"},
		{"POST", `^/2013-04-01/hostedzone/[^/]+/rrset$`, "ChangeResourceRecordSets"},
		{"GET", `^/2013-04-01/change/[^/]+$`, "GetChange"},
		{"GET", `^/2013-04-01/tags/hostedzone/[^/]+$`, "ListTagsForResource"},
	}
)

// serve starts the server on the loopback interface; its URL is for AWS_ENDPOINT_URL. It closes each connection after the answer, so that
// no goroutine of a client stays behind in a synctest bubble.
func (c *canned) serve(t *testing.T) string {
	c.states, c.vars = map[string]string{}, map[string]string{}
	server := httptest.NewUnstartedServer(c)
	server.Config.SetKeepAlivesEnabled(false)
	server.Start()
	t.Cleanup(server.Close)
	return server.URL
}

func (c *canned) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	c.mu.Lock()
	defer c.mu.Unlock()
	got := request{path: r.URL.Path, body: string(body), action: "unknown"}
	if got.form, _ = url.ParseQuery(got.body); got.form.Has("Action") {
		got.action = got.form.Get("Action")
	}
	for _, known := range route53Actions {
		if r.Method == known.method && regexp.MustCompile(known.path).MatchString(r.URL.Path) {
			got.action, got.form = known.action, r.URL.Query()
		}
	}
	got.key, got.scope, got.unsigned = c.signer(r, body)
	c.requests = append(c.requests, got)

	sent, err := time.Parse(amzDate, r.Header.Get("X-Amz-Date"))
	if err != nil {
		sent = time.Now()
	}
	w.Header().Set("Date", sent.UTC().Format(http.TimeFormat)) // AWS's clock is the caller's, which may be virtual
	c.move(got, sent.UTC().Format(time.RFC3339))
	answer := c.answer(got)
	if strings.Contains(answer, "<Error>") {
		w.WriteHeader(http.StatusBadRequest)
	}
	io.WriteString(w, answer)
}

func (c *canned) move(r request, now string) {
	c.vars["Now"] = now
	switch r.action {
	case "CreateVpcEndpoint":
		c.vars["Created"] = now
	case "CreateHostedZone":
		c.vars["CallerReference"] = regexp.MustCompile(`<CallerReference>(.*)</CallerReference>`).FindStringSubmatch(r.body)[1]
	case "DeleteVpcEndpointServiceConfigurations":
		c.states["permissions"] = "absent"
	case "ChangeResourceRecordSets":
		c.states["records"] = "absent"
		if strings.Contains(r.body, "<Action>CREATE</Action>") {
			c.states["records"] = "present"
		}
	}
	if to, ok := moves[r.action]; ok {
		c.states[to.noun] = to.state
	}
}

func (c *canned) answer(r request) string {
	name := r.action
	if noun := shows[r.action]; noun != "" {
		state := c.states[noun]
		if state == "" {
			state = "absent"
		}
		if state == "absent" && (r.form.Has("VpcEndpointId.1") || r.form.Has("ServiceId.1")) {
			state = "notfound"
		}
		name += "." + state
	}
	text, err := os.ReadFile(filepath.Join("testdata", "aws", name+".xml"))
	if err != nil {
		return fmt.Sprintf("<Response><Errors><Error><Code>UnsupportedOperation</Code><Message>no canned answer %s for %s</Message></Error></Errors></Response>", name, r.path)
	}
	var out bytes.Buffer
	if err := template.Must(template.New(name).Parse(string(text))).Execute(&out, c.vars); err != nil {
		return err.Error()
	}
	return out.String()
}

const amzDate = "20060102T150405Z"

var authorization = regexp.MustCompile(`^AWS4-HMAC-SHA256 Credential=([^/]+)/\d{8}/([^/]+)/([^/]+)/aws4_request, SignedHeaders=([^,]+), Signature=[0-9a-f]{64}$`)

// signer says who signed a request and for what, and why the signature is wrong, which it finds out by signing the same again.
func (c *canned) signer(r *http.Request, body []byte) (key, scope, wrong string) {
	parts := authorization.FindStringSubmatch(r.Header.Get("Authorization"))
	if parts == nil {
		return "", "", "no AWS4-HMAC-SHA256 signature"
	}
	key, region, service, signed := parts[1], parts[2], parts[3], strings.Split(parts[4], ";")
	scope = region + "/" + service
	again, err := http.NewRequest(r.Method, "http://"+r.Host+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return key, scope, err.Error()
	}
	for name, values := range r.Header {
		if slices.Contains(signed, strings.ToLower(name)) {
			again.Header[name] = values
		}
	}
	at, err := time.Parse(amzDate, r.Header.Get("X-Amz-Date"))
	if err != nil {
		return key, scope, err.Error()
	}
	credentials := aws.Credentials{AccessKeyID: key, SecretAccessKey: c.secrets[key]}
	sum := sha256.Sum256(body)
	if err := v4.NewSigner().SignHTTP(r.Context(), credentials, again, hex.EncodeToString(sum[:]), service, region, at); err != nil {
		return key, scope, err.Error()
	}
	if again.Header.Get("Authorization") != r.Header.Get("Authorization") {
		return key, scope, "the signature does not hold"
	}
	return key, scope, ""
}
