package fake

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go/encoding/httpbinding"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
)

// Credentials are an access key of the account. On the wire a caller is the account of its access key: the account's ID, with or without
// AKIA (or ASIA) before it. The secret matters only with Cloud.VerifySignatures.
func (a *Account) Credentials() aws.Credentials {
	return aws.Credentials{AccessKeyID: "AKIA" + a.ID, SecretAccessKey: secretOf(a.ID), AccountID: a.ID, Source: "fake"}
}

func secretOf(account string) string { return "secret-of-" + account }

// accountOf is the account of an access key, "" where there is none.
func accountOf(key string) string {
	if len(key) == 16 {
		key = strings.TrimPrefix(strings.TrimPrefix(key, "AKIA"), "ASIA")
	}
	if len(key) != 12 || !digits(key) {
		return ""
	}
	return key
}

const (
	algorithm   = "AWS4-HMAC-SHA256"
	signingTime = "20060102T150405Z"
	tolerance   = 15 * time.Minute // between the clocks of a caller and of AWS
	longest     = 7 * 24 * 3600    // seconds for which a presigned request may be good
)

// signature is a SigV4 signature as a request bears it, in a header or, presigned, in its query.
type signature struct {
	key, date, region, service string
	headers                    []string
	hash                       string // the signature proper
	presigned                  bool
}

// signatureOf reads a request's signature.
func signatureOf(r *http.Request, query url.Values) (*signature, error) {
	if query.Get("X-Amz-Algorithm") != "" {
		return parseSignature(query.Get("X-Amz-Algorithm"), query.Get("X-Amz-Credential"), query.Get("X-Amz-SignedHeaders"), query.Get("X-Amz-Signature"), true)
	}
	header := r.Header.Get("Authorization")
	if header == "" {
		return nil, says.MissingAuthentication.Error()
	}
	name, rest, _ := strings.Cut(header, " ")
	parts := map[string]string{}
	for _, part := range strings.Split(rest, ",") {
		key, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		parts[key] = value
	}
	return parseSignature(name, parts["Credential"], parts["SignedHeaders"], parts["Signature"], false)
}

func parseSignature(name, credential, headers, hash string, presigned bool) (*signature, error) {
	scope := strings.Split(credential, "/")
	switch {
	case name != algorithm:
		return nil, says.IncompleteSignature.Error("want " + algorithm)
	case len(scope) != 5 || scope[4] != "aws4_request":
		return nil, says.IncompleteSignature.Error("want Credential=key/date/region/service/aws4_request")
	case headers == "":
		return nil, says.IncompleteSignature.Error("want SignedHeaders")
	case hash == "":
		return nil, says.IncompleteSignature.Error("want Signature")
	}
	return &signature{scope[0], scope[1], scope[2], scope[3], strings.Split(headers, ";"), hash, presigned}, nil
}

// verify computes the signature again, as AWS does, and compares.
func (s *signature) verify(r *http.Request, body []byte, query url.Values, now time.Time, mismatch says.Text) error {
	at, life, err := s.times(r, query)
	if err != nil {
		return says.IncompleteSignature.Error("want X-Amz-Date")
	}
	if age := now.Sub(at); age > life || age < -tolerance {
		return says.RequestExpired.Error()
	}
	want := s.compute(at, s.canonical(r, body, query))
	if subtle.ConstantTimeCompare([]byte(want), []byte(s.hash)) == 0 || s.date != at.Format("20060102") || !slices.Contains(s.headers, "host") {
		return mismatch.Error()
	}
	return nil
}

// times are when the request was signed, and for how long it is good.
func (s *signature) times(r *http.Request, query url.Values) (at time.Time, life time.Duration, err error) {
	stamp, life := cmp.Or(r.Header.Get("X-Amz-Date"), r.Header.Get("Date")), tolerance
	if s.presigned {
		stamp = query.Get("X-Amz-Date")
		if seconds, err := strconv.Atoi(query.Get("X-Amz-Expires")); err == nil {
			life = time.Duration(min(max(seconds, 0), longest)) * time.Second
		}
	}
	if at, err = time.Parse(signingTime, stamp); err != nil {
		at, err = mail.ParseDate(stamp)
	}
	return at.UTC(), life, err
}

// canonical is the request in the form that is signed. Which headers are in it the signature says: clients sign more or fewer.
func (s *signature) canonical(r *http.Request, body []byte, query url.Values) string {
	lines := []string{r.Method, httpbinding.EscapePath(cmp.Or(r.URL.EscapedPath(), "/"), false), canonicalQuery(query)}
	for _, name := range s.headers {
		lines = append(lines, name+":"+canonicalHeader(r, body, name))
	}
	sum := sha256.Sum256(body)
	return strings.Join(append(lines, "", strings.Join(s.headers, ";"), hex.EncodeToString(sum[:])), "\n")
}

// canonicalQuery has the parameters in the order of their names, as they are escaped.
func canonicalQuery(query url.Values) string {
	var pairs [][]string
	for name, values := range query {
		for _, value := range values {
			if name != "X-Amz-Signature" {
				pairs = append(pairs, []string{httpbinding.EscapePath(name, true), httpbinding.EscapePath(value, true)})
			}
		}
	}
	slices.SortFunc(pairs, slices.Compare)
	var texts []string
	for _, pair := range pairs {
		texts = append(texts, strings.Join(pair, "="))
	}
	return strings.Join(texts, "&")
}

func canonicalHeader(r *http.Request, body []byte, name string) string {
	switch name {
	case "host":
		return r.Host
	case "content-length":
		return strconv.Itoa(len(body))
	}
	var values []string
	for _, value := range r.Header.Values(name) {
		values = append(values, strings.Join(strings.Fields(value), " "))
	}
	return strings.Join(values, ",")
}

// compute signs a canonical request with the secret of the account.
func (s *signature) compute(at time.Time, canonical string) string {
	key := []byte("AWS4" + secretOf(accountOf(s.key)))
	for _, part := range []string{s.date, s.region, s.service, "aws4_request"} {
		key = keyed(key, part)
	}
	sum := sha256.Sum256([]byte(canonical))
	scope := strings.Join([]string{s.date, s.region, s.service, "aws4_request"}, "/")
	return hex.EncodeToString(keyed(key, strings.Join([]string{algorithm, at.Format(signingTime), scope, hex.EncodeToString(sum[:])}, "\n")))
}

func keyed(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}
