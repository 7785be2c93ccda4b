package recipe

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// Account is one AWS account in one Region, an endpoint.API, a service.API and a dnszone.API: on AWS its clients, in memory the fake's.
type Account struct {
	EC2
	Route53
	Region string
}

// EC2 is what an *ec2.Client is to this module.
type EC2 interface {
	endpoint.API
	service.API
}

// Route53 is what a *route53.Client is to this module.
type Route53 interface{ dnszone.API }

// InMemory is an account of the fake.
func InMemory(a *fake.Account) Account { return Account{EC2: a, Route53: a, Region: a.Region} }

func onAWS(cfg aws.Config) Account {
	return Account{EC2: ec2.NewFromConfig(cfg), Route53: route53.NewFromConfig(cfg), Region: cfg.Region}
}

// side is an account that the recipe acts in, and the flags that say which.
type side struct {
	to              *Account
	prefix          string
	profile, region string
}

// Account takes an account from two flags, -profile and -region, with the name of the side before them where there are several: "consumer".
func (r *Recipe) Account(to *Account, name string) {
	s := &side{to: to}
	who := "the account"
	if name != "" {
		s.prefix, who = name+"-", "the "+name+" account"
	}
	r.flags.StringVar(&s.profile, s.prefix+"profile", "", who+"'s `profile` in the shared configuration files (default: the SDK's)")
	r.flags.StringVar(&s.region, s.prefix+"region", "", who+"'s `Region` (default: that of its configuration)")
	r.sides = append(r.sides, s)
}
