package recipe

import (
	"cmp"
	"context"
	"flag"
	"net/netip"
	"strings"

	"github.com/aws/aws-sdk-go-v2/config"
)

// need is something that has to be there, and to be named by a flag on AWS.
type need struct {
	flag, prefix, what string
	values             func() []string
}

// Need takes the ID or ARN of something from a flag that must be given on AWS, and must begin with a prefix, where that is not "".
func (r *Recipe) Need(to *string, name, prefix, usage string) {
	r.flags.StringVar(to, name, "", usage)
	r.need(name, prefix, func() []string { return strings.Fields(*to) })
}

// NeedAll is Need for several values, with commas.
func (r *Recipe) NeedAll(to *[]string, name, prefix, usage string) {
	r.flags.Var((*List)(to), name, usage)
	r.need(name, prefix, func() []string { return *to })
}

// NeedNetwork takes what an interface endpoint stands in: a VPC, its subnets, and security groups.
func (r *Recipe) NeedNetwork(vpc *string, subnets, groups *[]string, usage string) {
	r.Need(vpc, "vpc", "vpc-", usage)
	r.NeedAll(subnets, "subnets", "subnet-", "the `IDs` of its subnets, one in each Availability Zone, with commas")
	r.NeedAll(groups, "security-groups", "sg-", "the `IDs` of the endpoint's security groups, with commas")
}

// NeedAddr is Need for an address.
func (r *Recipe) NeedAddr(to *netip.Addr, name, usage string) {
	r.flags.TextVar(to, name, netip.Addr{}, usage)
	r.need(name, "", func() []string {
		if !to.IsValid() {
			return nil
		}
		return []string{to.String()}
	})
}

// Choose takes values, with commas, from a flag that may be given on AWS, in place of those that are there.
func (r *Recipe) Choose(to *[]string, name, usage string) { r.flags.Var((*List)(to), name, usage) }

// Switch takes a yes or no from a flag that may be given on AWS.
func (r *Recipe) Switch(to *bool, name, usage string) { r.flags.BoolVar(to, name, *to, usage) }

func (r *Recipe) need(name, prefix string, values func() []string) {
	_, usage := flag.UnquoteUsage(r.flags.Lookup(name))
	r.needs = append(r.needs, need{name, prefix, usage, values})
}

// prepare checks what was given, and names all that is wrong. No call is made.
func (r *Recipe) prepare(ctx context.Context) error {
	if !r.live {
		r.flags.Visit(func(f *flag.Flag) {
			if f.Name != "v" {
				r.flags.Problem("-%s is for -live; without it the story happens in memory", f.Name)
			}
		})
		return r.flags.Err()
	}
	if r.input != "" {
		r.flags.ReadFile(r.input, "live", "keep", "input", "v")
	}
	for _, n := range r.needs {
		n.check(r.flags)
	}
	for _, s := range r.sides {
		r.connect(ctx, s)
	}
	return r.flags.Err()
}

func (n need) check(flags *Flags) {
	values := n.values()
	if len(values) == 0 {
		flags.Problem("-%s is missing: %s", n.flag, n.what)
	}
	for _, v := range values {
		if !strings.HasPrefix(v, n.prefix) {
			flags.Problem("-%s: %q does not begin with %s", n.flag, v, n.prefix)
		}
	}
}

// connect makes a side's clients.
func (r *Recipe) connect(ctx context.Context, s *side) {
	account, err := r.Open(ctx, s.profile, s.region)
	if err != nil {
		r.flags.Problem("-%sprofile: %v", s.prefix, err)
	}
	if account.Region == "" {
		r.flags.Problem("-%sregion is missing: the SDK's configuration names none either", s.prefix)
	}
	*s.to = account
}

// Open makes the clients of an account on AWS, from the SDK's default configuration: environment, shared files. Profile and Region may be "",
// for those that the configuration names; where it names no Region the account has none. No call is made.
func (r *Recipe) Open(ctx context.Context, profile, region string) (Account, error) {
	cfg, err := config.LoadDefaultConfig(ctx, config.WithSharedConfigProfile(profile))
	if wire := stageOf(ctx).wire; wire != nil {
		cfg.HTTPClient = wire
	}
	cfg.Region = cmp.Or(region, cfg.Region)
	if r.verbose {
		LogCalls(&cfg, r.out, profile)
	}
	return onAWS(cfg), err
}

// usage prints what the recipe takes.
func (r *Recipe) usage() {
	r.Printf("Usage: go run ./examples/%s [-v]\n       go run ./examples/%s -live [flags]\n\n", r.name, r.name)
	r.flags.SetOutput(r.out)
	r.flags.PrintDefaults()
}
