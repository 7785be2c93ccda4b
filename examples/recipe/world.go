package recipe

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// stage is where a test lets a recipe happen.
type stage struct {
	cloud    *fake.Cloud
	wire     aws.HTTPClient // of the clients that -live makes; nil for the SDK's
	cleansUp atomic.Bool
	onlySeed bool
	flags    []string
}

type stageKey struct{}

// In gives run a cloud to happen in, which a test can prepare and look at afterwards; otherwise it makes its own.
func In(ctx context.Context, cloud *fake.Cloud) context.Context {
	return context.WithValue(ctx, stageKey{}, &stage{cloud: cloud})
}

// OnTheWire gives run, with -live, a cloud in place of AWS: the requests of the SDK's clients go there.
func OnTheWire(ctx context.Context, cloud *fake.Cloud) context.Context {
	return context.WithValue(ctx, stageKey{}, &stage{cloud: cloud, wire: cloud.Account("111111111111").Config().HTTPClient})
}

// CleansUp tells whether the story of the run that has a context from In or OnTheWire is over, and the clean-up has begun.
func CleansUp(ctx context.Context) bool { return stageOf(ctx).cleansUp.Load() }

// Seed lets a recipe make its world in memory and nothing else. It gives the flags that name on AWS what is in it; the profile of an
// account is its ID.
func Seed(ctx context.Context, cloud *fake.Cloud, run Func) (flags []string, err error) {
	s := &stage{cloud: cloud, onlySeed: true}
	err = run(context.WithValue(ctx, stageKey{}, s), nil, io.Discard)
	return s.flags, err
}

// describe notes what the world is, in terms of flags.
func (s *stage) describe(r *Recipe) {
	for _, n := range r.needs {
		if values := n.values(); len(values) > 0 {
			s.flags = append(s.flags, "-"+n.flag, strings.Join(values, ","))
		}
	}
	for _, side := range r.sides {
		if a, ok := side.to.EC2.(*fake.Account); ok {
			s.flags = append(s.flags, "-"+side.prefix+"profile", a.ID, "-"+side.prefix+"region", a.Region)
		}
	}
}

func stageOf(ctx context.Context) *stage {
	if s, ok := ctx.Value(stageKey{}).(*stage); ok {
		return s
	}
	return &stage{cloud: &fake.Cloud{}}
}

// inMemory makes the world in which the story happens.
func (r *Recipe) inMemory(ctx context.Context, world func(*fake.Cloud)) {
	r.Cloud = stageOf(ctx).cloud
	if r.verbose {
		LogFake(r.Cloud, r.out)
	}
	world(r.Cloud)
}

// Balancer makes a Network Load Balancer of an account, in two Availability Zones of a VPC of its own. Until the recipe ends an HTTP server
// stands behind it, on port 80, which answers who it is.
func (r *Recipe) Balancer(owner *fake.Account, name string) *fake.LoadBalancer {
	vpc := owner.VPC("10.1.0.0/16")
	nlb := owner.NLB(name, vpc.Subnet("a", "10.1.1.0/24"), vpc.Subnet("b", "10.1.2.0/24"))
	r.Serve(nlb.Listen(80), name)
	return nlb
}

// Serve answers HTTP requests until the recipe ends, with who it is and for whom it was taken.
func (r *Recipe) Serve(at net.Listener, name string) {
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		fmt.Fprintf(w, "%s, asked for as %s", name, req.Host)
	})}
	go server.Serve(at)
	r.closers = append(r.closers, server)
}

// Network is a VPC with a subnet in each of two Availability Zones, and a security group for endpoints, which admits the VPC's hosts.
type Network struct {
	*fake.VPC
	A, B  *fake.Subnet
	Group *fake.SecurityGroup
}

// NewNetwork makes the VPC 10.n.0.0/16.
func NewNetwork(owner *fake.Account, n int) Network {
	block := fmt.Sprintf("10.%d.0.0/16", n)
	vpc := owner.VPC(block)
	return Network{
		VPC:   vpc,
		A:     vpc.Subnet("a", fmt.Sprintf("10.%d.1.0/24", n)),
		B:     vpc.Subnet("b", fmt.Sprintf("10.%d.2.0/24", n)),
		Group: vpc.SecurityGroup("endpoints").AllowTCP(80, block).AllowTCP(443, block),
	}
}

// Resolver is who can be asked for a name: a fake.Host, a fake.VPC, the fake.Internet.
type Resolver interface {
	LookupHost(ctx context.Context, name string) ([]netip.Addr, error)
}

// Resolve prints what a name is for somebody.
func (r *Recipe) Resolve(ctx context.Context, who Resolver, name string) error {
	addrs, err := who.LookupHost(ctx, name)
	if err != nil {
		return err
	}
	r.Printf("  %s is %s\n", name, Join(addrs))
	return nil
}

// Place is where a client runs: a fake.Host, a fake.Subnet, a fake.VPC, the fake.Internet.
type Place interface {
	Resolver
	DialContext(ctx context.Context, network, address string) (net.Conn, error)
}

// Fetch prints what a URL answers to a client in some place. Only the dialler says where it runs.
func (r *Recipe) Fetch(ctx context.Context, from Place, url string) error {
	client := &http.Client{Transport: &http.Transport{DialContext: from.DialContext, DisableKeepAlives: true}}
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
	r.Printf("  GET %s: %s, %q\n", url, resp.Status, body)
	return nil
}

// Join writes values with commas.
func Join[T any](values []T) string {
	var texts []string
	for _, v := range values {
		texts = append(texts, fmt.Sprint(v))
	}
	return strings.Join(texts, ", ")
}
