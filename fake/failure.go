package fake

import "github.com/seed-326366ec/aws-privatelink/fake/internal/world"

// FailEndpoint makes one of the account's endpoints fail, as AWS does when it cannot provision one: its state becomes failed and its
// LastError has the code and message. It then carries no traffic, cannot be modified, and stays until it is deleted. An endpoint that
// the account does not have panics.
func (a *Account) FailEndpoint(id, code, message string) {
	a.do(func(tx *world.Tx) {
		have := world.Own(tx, tx.Endpoints, id)
		if have == nil || have.Dying(tx.Now) {
			panic("fake: account " + a.ID + " has no endpoint " + id + " in " + a.Region)
		}
		e := *have
		e.Phases, e.Fault = world.Phases{{State: world.Failed, At: tx.Now}}, &world.Fault{Code: code, Message: message}
		tx.Endpoints.Put(tx.Now, &e)
	})
}

// FailService makes one of the account's endpoint services fail: its state becomes Failed and consumers no longer see it. It stays until it is
// deleted. A service that the account does not have panics.
func (a *Account) FailService(id string) {
	a.do(func(tx *world.Tx) {
		have := world.Own(tx, tx.Services, id)
		if have == nil || have.Dying(tx.Now) {
			panic("fake: account " + a.ID + " has no service " + id + " in " + a.Region)
		}
		s := *have
		s.Phases = world.Phases{{State: world.ServiceFailed, At: tx.Now}}
		tx.Services.Put(tx.Now, &s)
	})
}
