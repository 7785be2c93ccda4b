package fake

import (
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
