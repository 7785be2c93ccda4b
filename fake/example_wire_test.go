package fake_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// For code that takes the SDK's own client: it speaks AWS's protocol to the fake, without a socket.
func ExampleAccount_Config() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	client := ec2.NewFromConfig(account.Config())
	e := must(endpoint.Interface("sts").VPC(account.VPC("10.0.0.0/16").ID).Service(endpoint.AWSService("us-east-1", "sts")).WaitReady(ctx, client))
	out := must(client.DescribeVpcEndpoints(ctx, &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{e.ID}}))
	fmt.Println(aws.ToString(out.VpcEndpoints[0].ServiceName), out.VpcEndpoints[0].State)
	// Output: com.amazonaws.us-east-1.sts available
}

// For other languages and the command line: AWS on an address. The account is that of the access key.
func ExampleCloud_ServeHTTP() {
	cloud := new(fake.Cloud)
	server := httptest.NewServer(cloud) // cloud.ServeHTTP answers
	defer server.Close()

	account := cloud.Account("111111111111")
	config := aws.Config{Region: "us-east-1", BaseEndpoint: aws.String(server.URL), Credentials: aws.CredentialsProviderFunc(
		func(context.Context) (aws.Credentials, error) { return account.Credentials(), nil })}
	out := must(ec2.NewFromConfig(config).CreateVpc(context.Background(), &ec2.CreateVpcInput{CidrBlock: aws.String("10.0.0.0/16")}))
	fmt.Println(aws.ToString(out.Vpc.OwnerId))
	// Output: 111111111111
}

// A resolver on the wire, for tools that want an address to ask: one view each, of a host, a subnet, a VPC or the internet.
func ExampleDNSServer() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	account := cloud.Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	subnet := vpc.Subnet("us-east-1a", "10.0.1.0/24")
	account.PrivateZone("orders.internal", vpc).Record("api", "A", time.Minute, "10.0.1.9")

	for _, server := range []*fake.DNSServer{subnet.Host().ServeDNS(), subnet.ServeDNS(), vpc.ServeDNS(), vpc.InboundResolver().ServeDNS(), cloud.Internet().ServeDNS()} {
		addrs, err := server.Resolver().LookupHost(ctx, "api.orders.internal")
		fmt.Println(addrs, err != nil)
		server.Close()
	}
	// Output:
	// [10.0.1.9] false
	// [10.0.1.9] false
	// [10.0.1.9] false
	// [10.0.1.9] false
	// [] true
}

// What the client of a connection asked of S3 or DynamoDB, as endpoint policies judge it.
func ExampleRequestOf() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	account := cloud.Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	app := vpc.Subnet("us-east-1a", "10.0.1.0/24")
	must(endpoint.Gateway("dynamodb").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "dynamodb")).RouteTables(vpc.RouteTable(app).ID).WaitReady(ctx, account))
	listener := cloud.DynamoDB("us-east-1").Listen(443)
	defer listener.Close()

	asked := fake.WithRequest(ctx, fake.Request{Action: "dynamodb:GetItem"})
	conn := must(app.DialContext(asked, "tcp", "dynamodb.us-east-1.amazonaws.com:443"))
	defer conn.Close()
	request, ok := fake.RequestOf(must(listener.Accept()))
	fmt.Println(request.Action, ok)
	// Output: dynamodb:GetItem true
}

// The target is in one Availability Zone, the endpoint in another: cross-zone load balancing brings them together.
func ExampleLoadBalancer_CrossZone() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	a, b := vpc.Subnet("us-east-1a", "10.0.1.0/24"), vpc.Subnet("us-east-1b", "10.0.2.0/24")
	nlb := account.NLB("orders", a, b)
	defer nlb.ListenIn("us-east-1a", 80).Close()
	svc := must(service.BehindNLB("orders").LoadBalancers(nlb.ARN).Acceptance(false).WaitReady(ctx, account))
	e := must(endpoint.Interface("orders").VPC(vpc.ID).Service(svc.ServiceName).Subnets(b.ID).WaitReady(ctx, account))

	fmt.Println(must(b.Trace(ctx, e.DNS.Regional.Name+":80")).Blocked == "")
	nlb.CrossZone(true)
	fmt.Println(must(b.Trace(ctx, e.DNS.Regional.Name+":80")).Blocked == "")
	// Output:
	// false
	// true
}

// What stops a connection: silence, or a refusal.
func ExampleUnreachable() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	subnet := account.VPC("10.0.0.0/16").Subnet("us-east-1a", "10.0.1.0/24")
	_, err := subnet.DialContext(ctx, "tcp", "10.0.1.200:80") // nobody has this address
	var unreachable *fake.Unreachable
	fmt.Println(errors.As(err, &unreachable), unreachable.Timeout())
	// Output: true true
}

// Routes to a gateway that is gone are black holes.
func ExampleInternetGateway() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	vpc := cloud.Account("111111111111").VPC("10.0.0.0/16")
	subnet := vpc.Subnet("us-east-1a", "10.0.1.0/24")
	gateway := vpc.InternetGateway()
	vpc.RouteTable(subnet).Route("0.0.0.0/0", gateway.ID)
	host := subnet.Host()
	host.Public()
	defer cloud.Internet().Listen("192.0.2.4:80").Close()

	fmt.Println(must(host.Trace(ctx, "192.0.2.4:80")).Blocked == "")
	gateway.Detach()
	fmt.Println(must(host.Trace(ctx, "192.0.2.4:80")).Blocked == "")
	// Output:
	// true
	// false
}
