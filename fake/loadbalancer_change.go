package fake

import (
	"fmt"
	"net/netip"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

func (lb *LoadBalancer) change(f func(*world.Tx, *world.LoadBalancer)) *LoadBalancer {
	lb.account.do(func(tx *world.Tx) {
		have := tx.LoadBalancers.At(lb.ARN, tx.Now)
		if have == nil {
			panic("fake: load balancer " + lb.ARN + " no longer exists")
		}
		r := *have
		f(tx, &r)
		tx.LoadBalancers.Put(tx.Now, &r)
	})
	return lb
}

func ipv6For(tx *world.Tx, s *world.Subnet, iface string) netip.Addr {
	a, ok := tx.TakeIPv6(s, iface)
	if !ok {
		panic(fmt.Sprintf("fake: subnet %s has no IPv6 block", s.ID))
	}
	return a
}
