package fake

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Config configures the SDK's clients to speak to this fake as this account, in its Region, without a socket: ec2.NewFromConfig(a.Config()),
// route53.NewFromConfig(a.Config()). Requests go through the SDK's own serialisers, signer and retryer and through ServeHTTP's protocols;
// they end with their context as they do on a network: one that was sent takes effect. Its fields may be changed, such as Retryer.
func (a *Account) Config() aws.Config {
	credentials := a.Credentials()
	return aws.Config{
		Region:      a.Region,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return credentials, nil }),
		HTTPClient:  &transport{a.cloud},
	}
}

// transport carries requests to a Cloud in this process. It is an http.RoundTripper, and the SDK's HTTPClient.
type transport struct{ cloud *Cloud }

func (t *transport) Do(r *http.Request) (*http.Response, error) { return t.RoundTrip(r) }

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer r.Body.Close()
	}
	if r.Host == "" {
		r = r.WithContext(r.Context())
		r.Host = r.URL.Host
	}
	a, err := t.cloud.answer(r, func() {})
	if err != nil {
		return nil, err
	}
	return &http.Response{Status: fmt.Sprint(a.Status, " ", http.StatusText(a.Status)), StatusCode: a.Status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: a.Header, Body: io.NopCloser(bytes.NewReader(a.Body)), ContentLength: int64(len(a.Body)), Request: r}, nil
}
