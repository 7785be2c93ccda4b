// Command fakeaws serves an AWS in memory over HTTP, to any AWS client in any language: EC2, Route 53, Elastic Load Balancing and the
// GetCallerIdentity of STS, as far as the package fake has them.
//
//	go run ./examples/fakeaws                        two accounts: a provider with a load balancer, a consumer with a VPC
//	go run ./examples/fakeaws -world world.json      what the file says; world.json beside this file is the default
//	go run ./examples/fakeaws -vpc 444444444444=10.4.0.0/16 -nlb 444444444444=orders
//	go run ./examples/fakeaws -empty -delay 2s -v    nothing yet; AWS's work takes two seconds; every call is logged
//
// Use it to test what cannot import a Go package: a shell script, a tool with a concrete client, another language's SDK. A Go test needs no
// server: its clients take their configuration from fake.Account.Config.
//
// It prints what there is, and three lines that point a client to it. The account of a call is that of its access key, which is any account's
// ID: of an account that the world does not name, too. Nothing is kept when it ends.
//
// It costs nothing in AWS resources and needs no IAM actions. It listens on loopback only, unless -expose says otherwise: whoever reaches it
// may do everything.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
)

func main() { recipe.Main("fakeaws", run) }

// run is the program: args without the program's name, all output to out. It serves until ctx ends.
func run(ctx context.Context, args []string, out io.Writer) error {
	in, err := parse(args, out)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return nil
	case err != nil:
		return err
	}
	cloud := in.cloud()
	if in.verbose {
		recipe.LogFake(cloud, out)
	}
	there, err := in.world.build(cloud)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", in.addr)
	if err != nil {
		return err
	}
	url := "http://" + listener.Addr().String()
	fmt.Fprintf(out, "An AWS in memory, at %s until it is interrupted:\n%s", url, there)
	fmt.Fprintf(out, "Point a client to it, as the first account:\n%s", environment(url, in.world.first()))
	return serve(ctx, listener, cloud)
}

// environment is what makes AWS's clients speak to a URL as an account, in the shell's words.
func environment(url string, a *account) string {
	credentials := (&fake.Cloud{}).Account(a.ID).Credentials()
	return fmt.Sprintf("export AWS_ENDPOINT_URL=%s\nexport AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s\nexport AWS_REGION=%s AWS_DEFAULT_REGION=%[4]s\n",
		url, a.ID, credentials.SecretAccessKey, a.Region)
}

// serve serves until ctx ends, and lets the calls that are under way end first: a client that holds its connection is cut off then.
func serve(ctx context.Context, listener net.Listener, cloud *fake.Cloud) error {
	server := &http.Server{Handler: noBrowser(cloud), ReadHeaderTimeout: 10 * time.Second, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute}
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		err := server.Shutdown(ctx)
		if errors.Is(err, context.DeadlineExceeded) {
			err = server.Close()
		}
		stopped <- err
	})
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		stop()
		return err
	}
	return <-stopped
}

// noBrowser keeps web pages away, which reach loopback as well: what a browser sends for a page says so in its header, and no AWS client does.
func noBrowser(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Origin") != "" || r.Header.Get("Sec-Fetch-Site") != "" {
			http.Error(w, "fakeaws: no calls from web pages", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}
