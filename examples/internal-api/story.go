package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
)

// story goes all the way, and back, on an AWS in memory.
func story(ctx context.Context, verbose bool, out io.Writer) error {
	w := newWorld()
	defer w.stop()
	if verbose {
		recipe.LogFake(w.cloud, out)
	}
	before := w.cloud.Dump()

	fmt.Fprintln(out, "The provider 111111111111 shares its API, the consumer 222222222222 connects:")
	e, err := w.job.apply(ctx, w.sides, out)
	if err != nil {
		return err
	}
	if err := w.inside(ctx, out); err != nil {
		return err
	}
	if err := w.outside(ctx, out, e); err != nil {
		return err
	}
	if err := w.again(ctx, out); err != nil {
		return err
	}
	if err := w.job.destroy(ctx, w.sides); err != nil {
		return err
	}
	if after := w.cloud.Dump(); after != before {
		return fmt.Errorf("something is left:\n%s", after)
	}
	fmt.Fprintln(out, "All taken down: nothing is left.")
	return nil
}

// inside uses the API as a program in the consumer's VPC would.
func (w *world) inside(ctx context.Context, out io.Writer) error {
	name := w.job.host + "." + w.job.domain
	fmt.Fprintln(out, "In the consumer's VPC:")
	addrs, err := w.app.LookupHost(ctx, name)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "  %s is %s\n", name, recipe.Join(addrs))
	if err := w.fetch(ctx, out, "http://"+name+"/"); err != nil {
		return err
	}
	path, err := w.app.Trace(ctx, name+":80")
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "  by way of %s\n", way(path))
	return nil
}

// fetch is what any program does: only the dialler says that it runs in the consumer's VPC.
func (w *world) fetch(ctx context.Context, out io.Writer, url string) error {
	client := &http.Client{Transport: &http.Transport{DialContext: w.app.DialContext, DisableKeepAlives: true}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "  GET %s: %s, %q\n", url, resp.Status, body)
	return nil
}

// outside tries the same from the internet, where it must fail.
func (w *world) outside(ctx context.Context, out io.Writer, e *endpoint.Endpoint) error {
	internet := w.cloud.Internet()
	name, own := w.job.host+"."+w.job.domain, e.DNS.Regional.Name
	fmt.Fprintln(out, "On the internet:")
	if addrs, err := internet.LookupHost(ctx, name); err == nil {
		return fmt.Errorf("the internet resolves %s to %s", name, recipe.Join(addrs))
	}
	fmt.Fprintf(out, "  %s is not known\n", name)
	addrs, err := internet.LookupHost(ctx, own)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "  %s is %s, private addresses\n", own, recipe.Join(addrs))
	for _, host := range []string{name, own} {
		conn, err := internet.DialContext(ctx, "tcp", host+":80")
		if err == nil {
			conn.Close()
			return errors.New("the internet can connect to " + host)
		}
	}
	fmt.Fprintln(out, "  neither can be connected to")
	return nil
}

// again makes the same declarations once more.
func (w *world) again(ctx context.Context, out io.Writer) error {
	n := len(w.cloud.Calls())
	fmt.Fprintln(out, "The same once more:")
	if _, err := w.job.apply(ctx, w.sides, out); err != nil {
		return err
	}
	all, writes := w.calls(n)
	fmt.Fprintf(out, "  %d AWS calls, %d of them writes\n", all, writes)
	return nil
}

// way names what a connection meets once its address is known.
func way(path fake.Path) string {
	var kinds []string
	for _, hop := range path.Hops {
		kinds = append(kinds, string(hop.Kind))
	}
	address := slices.Index(kinds, string(fake.HopAddress))
	return strings.Join(kinds[address+1:], ", ")
}
