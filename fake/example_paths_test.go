package fake_test

import (
	"context"
	"fmt"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// The routes of a subnet lead its traffic to a firewall of another account, which counts, and drops what it likes.
func ExampleAppliance() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	security, account := cloud.Account("111111111111"), cloud.Account("222222222222")
	gwlb := security.GWLB("firewall", security.VPC("10.9.0.0/16").Subnet("us-east-1a", "10.9.1.0/24"))
	firewall := gwlb.Appliance("us-east-1a", func(p *fake.Packet) bool { return p.Destination.Port() != 23 }) // no telnet
	svc := must(service.BehindGWLB("firewall").LoadBalancers(gwlb.ARN).Acceptance(false).Allow(privatelink.Everyone).WaitReady(ctx, security))

	vpc := account.VPC("10.1.0.0/16")
	app, data := vpc.Subnet("us-east-1a", "10.1.1.0/24"), vpc.Subnet("us-east-1a", "10.1.2.0/24")
	inspection := vpc.Subnet("us-east-1a", "10.1.9.0/24")
	toData, toApp := vpc.RouteTable(app), vpc.RouteTable(data)
	must(endpoint.GatewayLoadBalancer("firewall").VPC(vpc.ID).Service(svc.ServiceName).Subnet(inspection.ID).
		Route(toData.ID, "10.1.2.0/24").Route(toApp.ID, "10.1.1.0/24").WaitReady(ctx, account))

	database := data.Host()
	defer database.Listen(5432).Close()
	defer database.Listen(23).Close()
	conn, err := app.DialContext(ctx, "tcp", "10.1.2.4:5432")
	fmt.Println(err, firewall.Passed()) // a packet each way
	conn.Close()
	_, err = app.DialContext(ctx, "tcp", "10.1.2.4:23")
	fmt.Println(err != nil, firewall.Dropped())
	path := must(app.Trace(ctx, "10.1.2.4:23"))
	fmt.Println(path.Hops[len(path.Hops)-1].Kind)
	// Output:
	// <nil> 2
	// true 1
	// appliance
}

// A policy lets readers read, through a gateway endpoint.
func ExampleWithRequest() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	account := cloud.Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	app := vpc.Subnet("us-east-1a", "10.0.1.0/24")
	must(endpoint.Gateway("s3").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).RouteTables(vpc.RouteTable(app).ID).Policy(`{"Statement":[
		{"Effect":"Allow","Principal":"*","Action":"s3:Get*","Resource":"arn:aws:s3:::orders/*"}]}`).WaitReady(ctx, account))
	defer cloud.S3("us-east-1").Listen(443).Close()

	for _, action := range []string{"s3:GetObject", "s3:PutObject"} {
		asked := fake.WithRequest(ctx, fake.Request{Principal: "arn:aws:iam::111111111111:role/reader", Action: action, Resource: "arn:aws:s3:::orders/1"})
		path := must(app.Trace(asked, "s3.us-east-1.amazonaws.com:443"))
		fmt.Println(action, path.Blocked == "", path.CrossesInternetGateway())
	}
	// Output:
	// s3:GetObject true false
	// s3:PutObject false false
}

// A server with a public address, behind an internet gateway.
func ExampleVPC_InternetGateway() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	vpc := cloud.Account("111111111111").VPC("10.0.0.0/16")
	subnet := vpc.Subnet("us-east-1a", "10.0.1.0/24")
	vpc.RouteTable(subnet).Route("0.0.0.0/0", vpc.InternetGateway().ID)
	server := subnet.Host(vpc.SecurityGroup("web").AllowTCP(80, "0.0.0.0/0"))
	defer server.Listen(80).Close()

	path := must(cloud.Internet().Trace(ctx, server.Public().String()+":80"))
	for _, hop := range path.Hops {
		fmt.Println(hop.Kind)
	}
	// Output:
	// source
	// address
	// internet gateway
	// network interface
	// security group
	// target
}
