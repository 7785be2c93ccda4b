package fake

import "github.com/seed-326366ec/aws-privatelink/fake/internal/world"

// HealthCheck is a Route 53 health check that record sets with a routing policy may name. The fake has no operations for health checks and
// checks nothing: a test says how it is.
type HealthCheck struct {
	ID      string
	account *Account
}

// HealthCheck makes a health check that is healthy.
func (a *Account) HealthCheck() *HealthCheck {
	h := &HealthCheck{account: a}
	a.do(func(tx *world.Tx) {
		id := tx.NewHex(32)
		h.ID = id[:8] + "-" + id[8:12] + "-" + id[12:16] + "-" + id[16:20] + "-" + id[20:]
		tx.DNS.HealthChecks.Put(beginning, &world.HealthCheck{Meta: seeded(tx, h.ID)})
	})
	return h
}

// Healthy says how it is: record sets whose check is not healthy are not answered with, unless all are so.
func (h *HealthCheck) Healthy(healthy bool) *HealthCheck {
	h.account.do(func(tx *world.Tx) {
		c := *tx.DNS.HealthChecks.At(h.ID, tx.Now)
		c.Unhealthy = !healthy
		tx.DNS.HealthChecks.Put(tx.Now, &c)
	})
	return h
}
