package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
)

// zone is who talks to whom in one Availability Zone, and the appliance that is to listen.
type zone struct {
	name     string
	app      *fake.Host
	data     string // where the application finds its data
	firewall *fake.Appliance
}

func (j *job) inMemory(cloud *fake.Cloud) {
	provider, consumer := cloud.Account("111111111111"), cloud.Account("222222222222")
	theirs, vpc := provider.VPC("10.1.0.0/16"), consumer.VPC("10.2.0.0/16")
	gwlb := provider.GWLB("firewalls", theirs.Subnet("a", "10.1.1.0/24"), theirs.Subnet("b", "10.1.2.0/24"))
	group := vpc.SecurityGroup("data").AllowTCP(80, "10.2.0.0/16")
	j.provider, j.consumer = recipe.InMemory(provider), recipe.InMemory(consumer)
	j.loadBalancer, j.consumerID, j.vpc = gwlb.ARN, consumer.ID, vpc.ID
	for i, az := range []string{"us-east-1a", "us-east-1b"} {
		appCIDR, dataCIDR := fmt.Sprintf("10.2.1%d.0/24", i), fmt.Sprintf("10.2.2%d.0/24", i)
		app, data := vpc.Subnet(az, appCIDR), vpc.Subnet(az, dataCIDR)
		j.subnets = append(j.subnets, vpc.Subnet(az, fmt.Sprintf("10.2.3%d.0/24", i)).ID)
		j.appTables, j.appCIDRs = append(j.appTables, vpc.RouteTable(app).ID), append(j.appCIDRs, appCIDR)
		j.dataTables, j.dataCIDRs = append(j.dataTables, vpc.RouteTable(data).ID), append(j.dataCIDRs, dataCIDR)

		listener := data.Host(group).Listen(80)
		j.Serve(listener, "the data of "+az)
		firewall := gwlb.Appliance(az, func(p *fake.Packet) bool { return !bytes.Contains(p.Payload, []byte("DROP-TABLE")) })
		j.zones = append(j.zones, zone{az, app.Host(), listener.Addr().String(), firewall})
	}
}

// look lets each application fetch its data, and prints the way.
func (j *job) look(ctx context.Context, when string) error {
	if j.zones != nil {
		j.Printf("%s\n", when)
	}
	for _, z := range j.zones {
		if err := j.Fetch(ctx, z.app, "http://"+z.data+"/"); err != nil {
			return err
		}
		path, err := z.app.Trace(ctx, z.data)
		if err != nil {
			return err
		}
		j.Printf("    by way of %s\n", way(path))
	}
	return nil
}

// attack sends what the firewalls stop.
func (j *job) attack(ctx context.Context) error {
	for _, z := range j.zones {
		conn, err := z.app.DialContext(ctx, "tcp", z.data)
		if err != nil {
			return err
		}
		if err := send(conn, "GET /?q=DROP-TABLE HTTP/1.1\r\nHost: data\r\n\r\n"); err == nil {
			return fmt.Errorf("the firewall of %s lets an attack through", z.name)
		}
		j.Printf("In %s the firewall stops an attack: %d packets passed, %d dropped.\n", z.name, z.firewall.Passed(), z.firewall.Dropped())
	}
	return nil
}

func send(conn net.Conn, text string) error {
	defer conn.Close()
	_, err := conn.Write([]byte(text))
	return err
}

// way names what a connection meets.
func way(path fake.Path) string {
	var kinds []string
	for _, hop := range path.Hops[2:] { // after source and address
		kinds = append(kinds, string(hop.Kind))
	}
	return strings.Join(kinds, ", ")
}
