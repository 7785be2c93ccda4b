package fake_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

const splitName = "api.orders.example"

// certificate is one for splitName, signed by itself.
func certificate(t testing.TB) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{splitName}, NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	made, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	pool := x509.NewCertPool()
	pool.AddCert(made)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

// answering serves one word, and the protocol that it is asked by.
func answering(t testing.TB, l net.Listener, word string, secure *tls.Config) {
	server := &http.Server{ReadHeaderTimeout: time.Minute, TLSConfig: secure,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = fmt.Fprintf(w, "%s %s", word, r.Proto) })}
	t.Cleanup(func() { require.NoError(t, server.Close()) })
	if secure == nil {
		go func() { _ = server.Serve(l) }()
		return
	}
	go func() { _ = server.ServeTLS(l, "", "") }()
}

// splitHorizon is one name that is an endpoint inside the VPC and a public address outside, over HTTP and HTTPS.
func splitHorizon(t testing.TB) (*zoned, *x509.CertPool) {
	t.Helper()
	z := newZoned(t, fake.Switches{})
	z.group.AllowTCP(443, "10.1.0.0/16").AllowTCP(8080, "10.1.0.0/16")
	cert, pool := certificate(t)
	secure := &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}
	i := z.cloud.Internet()
	answering(t, z.nlb.Listen(443), "private", secure.Clone())
	answering(t, z.nlb.Listen(8080), "private", nil)
	answering(t, i.Listen("203.0.113.10:443"), "public", secure.Clone())
	answering(t, i.Listen("203.0.113.10:8080"), "public", nil)
	z.zone = makeZone(t, z.consumer, "orders.example", z.vpc).HostedZone
	z.record = aliasRecord(splitName, *z.dns.HostedZoneId, z.regional)
	require.NoError(t, change(t.Context(), z.consumer, z.zone, create(z.record)))
	public := makeZone(t, z.consumer, "orders.example", nil).HostedZone
	require.NoError(t, change(t.Context(), z.consumer, public, create(aRecord(splitName, "203.0.113.10"))))
	return z, pool
}

// get asks a URL once.
func get(client *http.Client, url string) (string, error) {
	resp, err := client.Get(url)
	if err != nil {
		return "", err
	}
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	return string(body), err
}

func TestOneURLIsPrivateInsideAndPublicOutsideAtTheSameTime(t *testing.T) {
	t.Parallel()
	z, pool := splitHorizon(t)
	var all sync.WaitGroup
	for word, from := range map[string]dialler{"private": z.subnet.Host(), "public": z.cloud.Internet()} {
		for _, reuse := range []bool{true, false} {
			client := &http.Client{Transport: &http.Transport{DialContext: from.DialContext, ForceAttemptHTTP2: true, DisableKeepAlives: !reuse,
				TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}}
			all.Go(func() {
				defer client.CloseIdleConnections()
				for range 20 {
					for url, protocol := range map[string]string{"https://" + splitName: "HTTP/2.0", "http://" + splitName + ":8080": "HTTP/1.1"} {
						body, err := get(client, url)
						if err != nil || body != word+" "+protocol {
							t.Errorf("%s: %q, %v", url, body, err)
						}
					}
				}
			})
		}
	}
	all.Wait()
}

// TestASplitHorizonWithoutItsRecord is the twin: outside nothing changes, inside the private zone has the last word.
func TestASplitHorizonWithoutItsRecord(t *testing.T) {
	t.Parallel()
	z, pool := splitHorizon(t)
	require.NoError(t, change(t.Context(), z.consumer, z.zone, remove(z.record)))
	secure := &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	_, err := get(&http.Client{Transport: &http.Transport{DialContext: z.subnet.DialContext, TLSClientConfig: secure}}, "https://"+splitName)
	require.ErrorContains(t, err, "(orders.example) has no record of that name")
	body, err := get(&http.Client{Transport: &http.Transport{DialContext: z.cloud.Internet().DialContext, TLSClientConfig: secure, DisableKeepAlives: true}}, "https://"+splitName)
	require.NoError(t, err)
	require.Equal(t, "public HTTP/1.1", body)
	path, err := z.subnet.Trace(t.Context(), splitName+":443")
	require.NoError(t, err)
	require.Equal(t, fake.HopZone, path.Hops[len(path.Hops)-1].Kind)
}
