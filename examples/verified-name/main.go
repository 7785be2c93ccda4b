// Command verified-name lets consumers reach a service by the provider's own name, such as api.example.com, without a zone of theirs.
//
//	go run ./examples/verified-name
//	go run ./examples/verified-name -live -input job.json     with the keys that -h lists
//
// Use it when consumers should use the name that your certificate has, and should have nothing to do for it. AWS wants proof that the domain
// is yours: a TXT record in its public zone, which here somebody else owns. Nothing else of that zone is touched. The record has to stay as
// long as the name is used.
//
// It makes an endpoint service, two TXT records (the proof, and the mark that it is ours), and an interface endpoint (billed by the hour and
// subnet and by the gigabyte), and takes them down again (-keep leaves them).
//
// IAM: the provider needs ec2:CreateVpcEndpointServiceConfiguration, ModifyVpcEndpointServiceConfiguration,
// DeleteVpcEndpointServiceConfigurations, DescribeVpcEndpointServiceConfigurations, ModifyVpcEndpointServicePermissions,
// DescribeVpcEndpointServicePermissions, StartVpcEndpointServicePrivateDnsVerification, CreateTags. The owner of the zone needs
// route53:GetHostedZone, ListResourceRecordSets, ChangeResourceRecordSets, GetChange. The consumer needs ec2:CreateVpcEndpoint,
// ModifyVpcEndpoint, DeleteVpcEndpoints, DescribeVpcEndpoints, DescribeNetworkInterfaces, CreateTags and
// route53:AssociateVPCWithHostedZone.
package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func main() { recipe.Main("verified-name", run) }

func run(ctx context.Context, args []string, out io.Writer) error {
	j := &job{Recipe: recipe.New("verified-name", out)}
	j.Account(&j.provider, "provider")
	j.Account(&j.dns, "dns")
	j.Account(&j.consumer, "consumer")
	j.Need(&j.loadBalancer, "load-balancer", "arn:", "the `ARN` of the provider's Network Load Balancer")
	j.Need(&j.name, "name", "", "the private DNS `name` of the service")
	j.Need(&j.zone, "zone", "Z", "the `ID` of the public zone of its domain")
	j.Need(&j.consumerID, "consumer-account", "", "the `ID` of the consumer's account")
	j.NeedNetwork(&j.vpc, &j.subnets, &j.groups, "the `ID` of the consumer's VPC")
	return j.Run(ctx, args, j.inMemory, j.story)
}

// job is what the recipe builds on. On AWS the flags name it; in memory it is made.
type job struct {
	*recipe.Recipe
	provider, dns, consumer recipe.Account
	loadBalancer            string
	name, zone              string
	consumerID, vpc         string
	subnets, groups         []string
	app                     *fake.Host // in memory: where a program runs that uses the API
}

func (j *job) story(ctx context.Context) error {
	orders := service.BehindNLB("verified-name").LoadBalancers(j.loadBalancer).Acceptance(false).
		PrivateDNSName(j.name).Allow(privatelink.AccountPrincipal(j.consumerID))
	j.Cleanup(orders.On(j.provider))
	svc, err := orders.WaitReady(ctx, j.provider, j.Progress())
	if err != nil {
		return err
	}
	proof := svc.Verification
	j.Printf("%s is %s: AWS wants %s %s to be %q.\n", svc.PrivateDNSName, proof.State, proof.Type, proof.Host, proof.Value)

	records := dnszone.RecordsIn(j.zone).Owner("verified-name").TXT(proof.Host, 30*time.Minute, proof.Value)
	j.Cleanup(records.On(j.dns))
	if _, err := records.WaitReady(ctx, j.dns, j.Progress()); err != nil {
		return err
	}
	if err := service.Verify(ctx, j.provider, svc.ID, j.Progress()); err != nil {
		return err
	}
	if svc, err = orders.Find(ctx, j.provider); err != nil {
		return err
	}
	j.Printf("With the record in zone %s it is %s.\n", j.zone, svc.Verification.State)

	ep := endpoint.Interface("verified-name").VPC(j.vpc).Service(svc.ServiceName).PrivateDNS(true).
		Subnets(j.subnets...).SecurityGroups(j.groups...)
	j.Cleanup(ep.On(j.consumer))
	e, err := recipe.Soon(ctx, func() (*endpoint.Endpoint, error) { return ep.WaitReady(ctx, j.consumer, j.Progress()) })
	if err != nil {
		return err
	}
	j.Printf("A consumer connects with %s.\n", e.ID)
	return j.look(ctx)
}

// look uses the API by the provider's name, as a program in the consumer's VPC would.
func (j *job) look(ctx context.Context) error {
	if j.app == nil {
		j.Printf("From within %s: curl http://%s/\n", j.vpc, j.name)
		return nil
	}
	if err := j.Resolve(ctx, j.app, j.name); err != nil {
		return err
	}
	if err := j.Fetch(ctx, j.app, "http://"+j.name+"/"); err != nil {
		return err
	}
	if addrs, err := j.Cloud.Internet().LookupHost(ctx, j.name); err == nil {
		return fmt.Errorf("the internet resolves %s to %s", j.name, recipe.Join(addrs))
	}
	j.Printf("  on the internet the name is not known\n")
	return nil
}

func (j *job) inMemory(cloud *fake.Cloud) {
	provider, consumer, dns := cloud.Account("111111111111"), cloud.Account("222222222222"), cloud.Account("333333333333")
	net := recipe.NewNetwork(consumer, 2)
	j.provider, j.consumer, j.dns = recipe.InMemory(provider), recipe.InMemory(consumer), recipe.InMemory(dns)
	j.loadBalancer, j.name, j.consumerID = j.Balancer(provider, "orders").ARN, "api.example.com", consumer.ID
	j.zone = dns.PublicZone("example.com").Record("www", "A", time.Hour, "203.0.113.99").ID
	j.vpc, j.subnets, j.groups = net.ID, []string{net.A.ID, net.B.ID}, []string{net.Group.ID}
	j.app = net.A.Host()
}
