package fake

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

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

// verify signs the request again, as its account, and compares.
func (s *signature) verify(r *http.Request, body []byte, query url.Values, now time.Time, mismatch says.Text) error {
	stamp, life := r.Header.Get("X-Amz-Date"), tolerance
	if s.presigned {
		stamp = query.Get("X-Amz-Date")
		if seconds, err := strconv.Atoi(query.Get("X-Amz-Expires")); err == nil {
			life = time.Duration(min(max(seconds, 0), longest)) * time.Second
		}
	}
	at, err := time.Parse(signingTime, stamp)
	if err != nil {
		return says.IncompleteSignature.Error("want X-Amz-Date")
	}
	if age := now.Sub(at); age > life || age < -tolerance {
		return says.RequestExpired.Error()
	}
	want, err := s.again(r, body, query, at)
	if err != nil || want == nil || subtle.ConstantTimeCompare([]byte(want.hash), []byte(s.hash)) == 0 || want.date != s.date {
		return mismatch.Error()
	}
	return nil
}

// again is the signature that the request should bear.
func (s *signature) again(r *http.Request, body []byte, query url.Values, at time.Time) (*signature, error) {
	again := &http.Request{Method: r.Method, URL: &url.URL{}, Host: r.Host, Header: http.Header{}}
	*again.URL = *r.URL
	again.URL.Scheme, again.URL.Host = "https", r.Host
	for _, name := range s.headers {
		if name == "content-length" {
			again.ContentLength = int64(len(body))
		} else if values := r.Header.Values(name); name != "host" && values != nil {
			again.Header[http.CanonicalHeaderKey(name)] = values
		}
	}
	sum := sha256.Sum256(body)
	account := accountOf(s.key)
	credentials := aws.Credentials{AccessKeyID: s.key, SecretAccessKey: secretOf(account), SessionToken: r.Header.Get("X-Amz-Security-Token")}
	signer := v4.NewSigner()
	if !s.presigned {
		if err := signer.SignHTTP(r.Context(), credentials, again, hex.EncodeToString(sum[:]), s.service, s.region, at); err != nil {
			return nil, err
		}
		return signatureOf(again, nil)
	}
	credentials.SessionToken = query.Get("X-Amz-Security-Token")
	rest := again.URL.Query()
	for _, name := range []string{"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Signature", "X-Amz-Security-Token"} {
		delete(rest, name)
	}
	again.URL.RawQuery = rest.Encode()
	signed, _, err := signer.PresignHTTP(r.Context(), credentials, again, hex.EncodeToString(sum[:]), s.service, s.region, at)
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(signed)
	if err != nil {
		return nil, err
	}
	return signatureOf(again, u.Query())
}
