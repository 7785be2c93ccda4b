package fake

import (
	"fmt"
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const defaultRegion = "us-east-1"

// Account is one AWS account in one Region. The operations of EC2 and Route 53 are its methods, with the signatures of the SDK's
// clients; LoadBalancing has those of ELBv2.
type Account struct {
	*EC2
	*Route53
	ID, Region string

	cloud *Cloud
	elb   *ELBv2
}

// Account finds or makes the account of a twelve-digit ID, in us-east-1. Any other ID panics.
func (c *Cloud) Account(id string) *Account {
	if len(id) != 12 || !digits(id) {
		panic(fmt.Sprintf("fake: account ID %q: want twelve digits", id))
	}
	return c.account(id, defaultRegion)
}

// In is the same account in another Region. A Region that AWS does not have panics.
func (a *Account) In(region string) *Account {
	if !world.KnownRegion(region) {
		panic(fmt.Sprintf("fake: %q is no AWS Region", region))
	}
	return a.cloud.account(a.ID, region)
}

// LoadBalancing is the account's face for Elastic Load Balancing v2.
func (a *Account) LoadBalancing() *ELBv2 { return a.elb }

func (c *Cloud) account(id, region string) *Account {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := world.Place(id, region)
	if a := c.accounts[key]; a != nil {
		return a
	}
	if c.accounts == nil {
		c.accounts = map[string]*Account{}
	}
	at := func(f *face) site { return site{cloud: c, face: f, account: id, region: region} }
	a := &Account{ID: id, Region: region, cloud: c, EC2: &EC2{at(ec2Face)}, Route53: &Route53{at(route53Face)}, elb: &ELBv2{at(elbFace)}}
	c.accounts[key] = a
	return a
}

// ReadLag is how far behind reads are at most: Cloud.Lag, or a longer StaleRead. The library knows it without asking, also behind a decorator
// that passes contexts on.
func (a *Account) ReadLag() time.Duration { return a.cloud.window() }

// do runs a function on the world as this account.
func (a *Account) do(run func(*world.Tx)) { a.cloud.do(a.ID, a.Region, run) }

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}
