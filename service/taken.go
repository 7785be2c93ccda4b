package service

import (
	"context"
	"fmt"
	"slices"
)

// InTheWay finds the service that a declared load balancer belongs to. AWS has no filter for it, so all are listed. A service that this account
// cannot see is not found.
func (k *kind) InTheWay(ctx context.Context, _ error) string {
	a, err := reader{k.api}.services(ctx, query{})
	if err != nil {
		return ""
	}
	for i := range a.services {
		s := snapshot(&a.services[i])
		if s.Type == k.kind && s.Name == k.name || !s.State.Alive() {
			continue
		}
		for _, arn := range k.loadBalancers.Members {
			if slices.Contains(s.LoadBalancers, arn) {
				return fmt.Sprintf("load balancer %s belongs to endpoint service %s: take another load balancer, or Adopt the service", arn, s.ID)
			}
		}
	}
	return ""
}
