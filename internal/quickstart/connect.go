// Package connect is a tool that connects a VPC to a service.
package connect

import (
	"context"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
)

// Connect gives the subnet's VPC a private way to a service, and returns the name by which to reach it.
func Connect(ctx context.Context, api endpoint.API, vpc, subnet, serviceName string) (string, error) {
	ep := endpoint.Interface("orders").VPC(vpc).Subnets(subnet).Service(serviceName)
	e, err := ep.WaitReady(ctx, api)
	if err != nil {
		return "", err
	}
	return e.DNS.Regional.Name, nil
}
