package recipe

import (
	"cmp"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// often is how often a wait that sees nothing new says so.
const often = 10 * time.Second

// Progress shows on a terminal where waits stand: a line for each resource when its wait sees something new, and every ten seconds.
// Elsewhere it shows nothing.
func (r *Recipe) Progress() privatelink.WaitOption { return r.progress }

// Progress is Recipe.Progress for programs that are none.
func Progress(out io.Writer) privatelink.WaitOption {
	if !isTerminal(out) {
		return nil
	}
	return privatelink.OnPoll(watch(out))
}

// FleetProgress shows on a terminal where an EnsureAll stands: a line each second, and one at the end.
func (r *Recipe) FleetProgress() privatelink.AllOption {
	if !isTerminal(r.out) {
		return privatelink.OnProgress(nil)
	}
	return privatelink.OnProgress(watchAll(r.out))
}

func watchAll(out io.Writer) func(privatelink.AllProgress) {
	last := -time.Second
	return func(p privatelink.AllProgress) {
		if p.Waiting > 0 && p.Elapsed-last < time.Second {
			return
		}
		last = p.Elapsed
		fmt.Fprintf(out, "    %d ready, %d to go, %d failed  (%v, %d calls)\n", p.Done, p.Waiting, p.Failed, p.Elapsed.Round(time.Second), p.Calls)
	}
}

func watch(out io.Writer) func(privatelink.Progress) {
	type shown struct {
		state string
		at    time.Duration
	}
	var mu sync.Mutex
	last := map[string]shown{}
	return func(p privatelink.Progress) {
		mu.Lock()
		defer mu.Unlock()
		what := fmt.Sprintf("%s %q", p.Kind, p.Name)
		key := what + p.Scope + p.ID // the name may be that of an endpoint in each of many VPCs
		now := shown{cmp.Or(p.Waiting, string(p.State), "gone"), p.Elapsed}
		if was, ok := last[key]; ok && was.state == now.state && now.at >= was.at && now.at-was.at < often {
			return
		}
		last[key] = now
		fmt.Fprintf(out, "    %-40s %-26s %s  (%v)\n", what, p.ID, now.state, p.Elapsed.Round(time.Second))
	}
}
