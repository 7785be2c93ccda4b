package fake_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func TestHTTPInVirtualTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := new(fake.Cloud).Internet()
		l := i.Listen("203.0.113.10:80")
		server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			time.Sleep(time.Hour)
			_, _ = fmt.Fprint(w, "slow")
		})}
		go func() { _ = server.Serve(l) }()
		client := http.Client{Transport: &http.Transport{DialContext: i.DialContext, DisableKeepAlives: true}}
		start := time.Now()
		resp, err := client.Get("http://203.0.113.10/")
		require.NoError(t, err)
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.Equal(t, "slow", string(body))
		require.Equal(t, time.Hour, time.Since(start))
		require.NoError(t, resp.Body.Close())

		client.Timeout = time.Minute
		_, err = client.Get("http://203.0.113.10/")
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.NoError(t, server.Shutdown(t.Context()))
	})
}

func TestHTTP2OverTLS(t *testing.T) {
	i := new(fake.Cloud).Internet()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = fmt.Fprint(w, r.Proto) }))
	require.NoError(t, server.Listener.Close())
	server.Listener, server.EnableHTTP2 = i.Listen(publicAddress), true
	server.StartTLS()
	defer server.Close()
	roots := server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	client := http.Client{Transport: &http.Transport{DialContext: i.DialContext, ForceAttemptHTTP2: true,
		TLSClientConfig: &tls.Config{RootCAs: roots, ServerName: "example.com"}}}
	defer client.CloseIdleConnections()
	resp, err := client.Get("https://" + publicAddress)
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, "HTTP/2.0", string(body))
}
