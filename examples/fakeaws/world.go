package main

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

//go:embed world.json
var builtIn []byte

// world is what there is before the first call.
type world struct {
	Accounts []*account `json:"accounts"`
}

type account struct {
	ID     string `json:"id"`
	Region string `json:"region"` // us-east-1 where it is not given
	VPCs   []vpc  `json:"vpcs"`
}

// vpc is a VPC and what is in it. Load balancers are in all of its subnets.
type vpc struct {
	CIDR                 string          `json:"cidr"`
	Subnets              []subnet        `json:"subnets"`
	SecurityGroups       []securityGroup `json:"securityGroups"`
	NetworkLoadBalancers []string        `json:"networkLoadBalancers"`
	GatewayLoadBalancers []string        `json:"gatewayLoadBalancers"`
	RouteTablePerSubnet  bool            `json:"routeTablePerSubnet"`
}

type subnet struct {
	AZ   string `json:"az"`
	CIDR string `json:"cidr"`
}

type securityGroup struct {
	Name     string  `json:"name"`
	AllowTCP []allow `json:"allowTCP"`
}

type allow struct {
	Port int    `json:"port"`
	From string `json:"from"`
}

func readWorld(file string) (*world, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	w, err := decode(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return w, nil
}

func decode(text []byte) (*world, error) {
	w := &world{}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(w); err != nil {
		return nil, err
	}
	for i, a := range w.Accounts {
		if a == nil {
			return nil, fmt.Errorf("accounts[%d] is null: leave it out", i)
		}
		a.Region = cmp.Or(a.Region, defaultAccount.Region)
	}
	return w, nil
}

var defaultAccount = account{ID: "111111111111", Region: "us-east-1"}

// first is the account that a client is pointed to.
func (w *world) first() *account {
	if len(w.Accounts) == 0 {
		return &defaultAccount
	}
	return w.Accounts[0]
}

// build makes the world, and tells what there is now, with its IDs.
func (w *world) build(cloud *fake.Cloud) (there string, err error) {
	var b strings.Builder
	for i, a := range w.Accounts {
		if err := possible(func() { a.build(cloud, &b) }); err != nil {
			return "", fmt.Errorf("-world: accounts[%d]: %w", i, err)
		}
	}
	return b.String(), nil
}

// possible turns the panic by which the fake refuses an impossible world into an error.
func possible(build func()) (err error) {
	defer func() {
		switch refusal := recover().(type) {
		case nil:
		case string:
			err = errors.New(strings.TrimPrefix(refusal, "fake: "))
		default:
			panic(refusal)
		}
	}()
	build()
	return nil
}

func (a *account) build(cloud *fake.Cloud, b *strings.Builder) {
	made := cloud.Account(a.ID).In(a.Region)
	fmt.Fprintf(b, "account %s in %s\n", made.ID, made.Region)
	for _, v := range a.VPCs {
		v.build(made, b)
	}
}

func (v vpc) build(a *fake.Account, b *strings.Builder) {
	made := a.VPC(v.CIDR)
	fmt.Fprintf(b, "  VPC %s %s\n", made.ID, v.CIDR)
	var subnets []*fake.Subnet
	for _, s := range v.Subnets {
		sub := made.Subnet(s.AZ, s.CIDR)
		fmt.Fprintf(b, "    subnet %s %s %s\n", sub.ID, s.AZ, s.CIDR)
		subnets = append(subnets, sub)
		if v.RouteTablePerSubnet {
			fmt.Fprintf(b, "      route table %s\n", made.RouteTable(sub).ID)
		}
	}
	for _, g := range v.SecurityGroups {
		group := made.SecurityGroup(g.Name)
		for _, r := range g.AllowTCP {
			group.AllowTCP(r.Port, r.From)
		}
		fmt.Fprintf(b, "    security group %s %s\n", group.ID, g.Name)
	}
	for _, name := range v.NetworkLoadBalancers {
		fmt.Fprintf(b, "    Network Load Balancer %s\n", a.NLB(name, subnets...).ARN)
	}
	for _, name := range v.GatewayLoadBalancers {
		fmt.Fprintf(b, "    Gateway Load Balancer %s\n", a.GWLB(name, subnets...).ARN)
	}
}
