package fake_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// must stands for the error handling that the examples leave out.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// A host in the consumer's VPC talks to a handler of the test, through endpoint, service and load balancer.
func ExampleLoadBalancer() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	provider, consumer := cloud.Account("111111111111"), cloud.Account("222222222222")
	nlb := provider.NLB("orders", provider.VPC("10.1.0.0/16").Subnet("us-east-1a", "10.1.1.0/24"))
	listener := nlb.Listen(80)
	defer listener.Close()
	go http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "3 orders") }))

	svc := must(service.BehindNLB("orders").LoadBalancers(nlb.ARN).Acceptance(false).Allow(privatelink.Everyone).WaitReady(ctx, provider))
	vpc := consumer.VPC("10.2.0.0/16")
	app := vpc.Subnet("us-east-1a", "10.2.1.0/24")
	open := vpc.SecurityGroup("orders").AllowTCP(80, "10.2.0.0/16")
	e := must(endpoint.Interface("orders").VPC(vpc.ID).Service(svc.ServiceName).Subnets(app.ID).SecurityGroups(open.ID).WaitReady(ctx, consumer))

	client := http.Client{Transport: &http.Transport{DialContext: app.Host().DialContext, DisableKeepAlives: true}}
	answer := must(client.Get("http://" + e.DNS.Regional.Name))
	defer answer.Body.Close()
	fmt.Println(answer.Status, string(must(io.ReadAll(answer.Body))))
	// Output: 200 OK 3 orders
}

// Why does it not arrive?
func ExampleHost_Trace() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	account := cloud.Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	app := vpc.Subnet("us-east-1a", "10.0.1.0/24")
	closed := vpc.SecurityGroup("closed") // which admits nobody
	must(endpoint.Interface("sts").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts")).Subnets(app.ID).SecurityGroups(closed.ID).WaitReady(ctx, account))

	path := must(app.Host().Trace(ctx, "sts.us-east-1.amazonaws.com:443"))
	fmt.Println(path.Hops[len(path.Hops)-1].Kind)
	_, err := app.DialContext(ctx, "tcp", "sts.us-east-1.amazonaws.com:443")
	var unreachable *fake.Unreachable
	fmt.Println(errors.As(err, &unreachable), unreachable.Path.Blocked == unreachable.Error())
	// Output:
	// security group
	// true true
}

// What a host in the VPC knows, and what the internet does.
func ExampleHost() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	account := cloud.Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	account.PrivateZone("orders.internal", vpc).Record("api", "A", time.Minute, "10.0.1.9").Record("", "TXT", time.Minute, `"hello"`)
	host := vpc.Subnet("us-east-1a", "10.0.1.0/24").Host(vpc.DefaultSecurityGroup())

	fmt.Println(must(host.LookupHost(ctx, "api.orders.internal")), must(host.Lookup(ctx, "orders.internal", "TXT"))[0].Value)
	_, err := cloud.Internet().LookupHost(ctx, "api.orders.internal")
	var none *net.DNSError
	fmt.Println(errors.As(err, &none) && none.IsNotFound)
	_, err = host.DialContext(ctx, "tcp", "10.0.1.9:80")
	fmt.Println(err != nil) // nobody is there
	// Output:
	// [10.0.1.9] "hello"
	// true
	// true
}

// A VPC has the views of a host in its first subnet.
func ExampleVPC() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	account := cloud.Account("111111111111")
	vpc := account.VPC("10.0.0.0/16").IPv6("2600:1f18::/56").DNSSupport(true).DNSHostnames(true)
	subnet := vpc.Subnet("us-east-1a", "10.0.1.0/24").IPv6("2600:1f18:0:1::/64")
	account.PrivateZone("orders.internal", vpc).Record("api", "A", time.Minute, "10.0.1.9").Record("", "TXT", time.Minute, `"hello"`)

	fmt.Println(must(vpc.LookupHost(ctx, "api.orders.internal")), must(subnet.LookupHost(ctx, "api.orders.internal")))
	fmt.Println(must(vpc.Lookup(ctx, "orders.internal", "TXT"))[0].Value, must(subnet.Lookup(ctx, "orders.internal", "TXT"))[0].Value)
	fmt.Println(must(vpc.Trace(ctx, "10.0.1.9:80")).Blocked == must(subnet.Trace(ctx, "10.0.1.9:80")).Blocked)
	_, err := vpc.DialContext(ctx, "tcp", "10.0.1.9:80")
	fmt.Println(err != nil)
	// Output:
	// [10.0.1.9] [10.0.1.9]
	// "hello" "hello"
	// true
	// true
}

// What an inbound Resolver endpoint answers to networks outside AWS.
func ExampleInboundResolver() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	account := cloud.Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	account.PrivateZone("orders.internal", vpc).Record("api", "A", time.Minute, "10.0.1.9")
	fromOutside := vpc.InboundResolver()
	fmt.Println(must(fromOutside.LookupHost(ctx, "api.orders.internal")), must(fromOutside.Lookup(ctx, "api.orders.internal", "A"))[0].Value)
	// Output: [10.0.1.9] 10.0.1.9
}

// The public side: names, and whoever listens.
func ExampleInternet() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	internet := cloud.Internet()
	zone := cloud.Account("111111111111").PublicZone("example.com").Record("www", "A", time.Hour, "192.0.2.4")
	internet.Delegate("example.com", zone.NameServers...) // what a registrar does
	listener := internet.Listen("192.0.2.4:80")
	defer listener.Close()

	fmt.Println(must(internet.LookupHost(ctx, "www.example.com")), must(internet.Lookup(ctx, "www.example.com", "A"))[0].TTL)
	fmt.Println(must(internet.Trace(ctx, "www.example.com:80")).Blocked == "")
	conn, err := internet.DialContext(ctx, "tcp", "www.example.com:80")
	fmt.Println(err)
	conn.Close()
	// Output:
	// [192.0.2.4] 3600
	// true
	// <nil>
}

// Of two record sets the healthy one is answered.
func ExampleHealthCheck() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	dns := cloud.Account("111111111111")
	check := dns.HealthCheck()
	here := dnszone.Record{Host: "api", Type: dnszone.TypeA, TTL: time.Minute, Values: []string{"192.0.2.1"}, SetIdentifier: "here", Routing: dnszone.Primary(), HealthCheckID: check.ID}
	there := dnszone.Record{Host: "api", Type: dnszone.TypeA, TTL: time.Minute, Values: []string{"192.0.2.2"}, SetIdentifier: "there", Routing: dnszone.Secondary()}
	must(dnszone.Public("example.com").Record(here).Record(there).WaitReady(ctx, dns))

	fmt.Println(must(cloud.Internet().LookupHost(ctx, "api.example.com")))
	check.Healthy(false)
	fmt.Println(must(cloud.Internet().LookupHost(ctx, "api.example.com")))
	// Output:
	// [192.0.2.1]
	// [192.0.2.2]
}

// One account in two Regions; what is regional is apart.
func ExampleAccount_In() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	there := account.In("eu-west-1")
	must(toSTS(account).WaitReady(ctx, account))
	fmt.Println(account.Region, made(account), there.Region, made(there))
	// Output: us-east-1 1 eu-west-1 0
}

// Load balancers are made by handles or by ELBv2's own calls.
func ExampleAccount_LoadBalancing() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	home := account.VPC("10.0.0.0/16").IPv6("2600:1f18::/56")
	a, b := home.Subnet("us-east-1a", "10.0.1.0/24").IPv6("2600:1f18:0:1::/64"), home.Subnet("us-east-1b", "10.0.2.0/24").IPv6("2600:1f18:0:2::/64")
	account.NLB("orders", a).AddSubnets(b).DualStack()
	account.GWLB("firewalls", a).Provisioning(time.Hour)

	out := must(account.LoadBalancing().DescribeLoadBalancers(ctx, &elb.DescribeLoadBalancersInput{}))
	for _, lb := range out.LoadBalancers {
		fmt.Println(aws.ToString(lb.LoadBalancerName), lb.Type, lb.State.Code, len(lb.AvailabilityZones))
	}
	// Unordered output:
	// orders network active 2
	// firewalls gateway provisioning 1
}

// Who called what.
func ExampleCloud_Calls() {
	var cloud fake.Cloud
	account := cloud.Account("111111111111")
	must(toSTS(account).Ensure(context.Background(), account))
	for _, c := range cloud.Calls() {
		fmt.Println(c.Account, c.Service, c.Op, c.Err)
	}
	// Output:
	// 111111111111 EC2 DescribeVpcEndpoints <nil>
	// 111111111111 EC2 CreateVpcEndpoint <nil>
}

// The world as text: what was taken down again has left no trace.
func ExampleCloud_Dump() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	account := cloud.Account("111111111111")
	ep := toSTS(account)
	before := cloud.Dump()
	must(ep.WaitReady(ctx, account))
	fmt.Println(cloud.Dump() == before)
	if err := ep.WaitGone(ctx, account); err != nil {
		panic(err)
	}
	fmt.Println(cloud.Dump() == before)
	// Output:
	// false
	// true
}
