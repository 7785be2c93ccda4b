package limit

import (
	"math"
	"time"
)

// What the learning goes by. AWS says nothing of its buckets, so every figure is a guess that simulations of buckets from 1 token and 0.1 a
// second to 100 tokens and 20 a second bore out.
const (
	firstWindow = 2.0    // calls in flight at first
	widen       = 0.15   // by how much each success widens the window
	firstRate   = 1.0    // calls a second after the first throttle
	steepest    = 1.5    // the factor of a success while nothing bounds the rate from above
	caution     = 0.95   // how far below an estimate to go on
	loose       = 0.8    // an estimate so far below the rate was made while tokens ran over
	memory      = 400    // successes that an estimate goes back over
	creep       = 0.0003 // by what part each success raises the rate at least
	restless    = 50     // so many successes in a row double creep
	slowest     = 0.05   // calls a second that are sent however many are throttled
	outage      = 3      // throttles without a success in between, after which it learns anew
	largest     = 100    // what a bucket holds at most
)

// learner learns how many calls of one action AWS takes. Until the first throttle it widens a window of calls in flight, as TCP does; from
// then on it has a token bucket of its own, and estimates the rate from the successes between throttles: at a throttle AWS's bucket is empty,
// so what succeeds until the next one is what flowed into it.
type learner struct {
	window float64 // calls in flight; until the first throttle
	first  int     // successes until then: what the bucket holds at most

	learned bool
	rate    float64   // calls a second
	level   float64   // of our own bucket
	at      time.Time // when level was true
	open    bool      // no second throttle yet: the rate may still be far too low

	since  time.Time // a throttle from which successes are counted
	counts float64   // successes since
	total  float64   // successes since the first throttle
	calm   float64   // successes since the last
	barren int       // throttles since the last success
	last   time.Time // throttle
}

func newLearner() *learner { return &learner{window: firstWindow} }

// knowing is a learner that was told what AWS's bucket is.
func knowing(perSecond float64, burst int) *learner {
	return &learner{learned: true, rate: perSecond, first: burst, level: float64(burst), total: memory}
}

// take takes a token for a call, or says how long there is none.
func (l *learner) take(now time.Time, inFlight int) (ok bool, wait time.Duration) {
	if !l.learned {
		return float64(inFlight) < math.Floor(l.window), 0
	}
	if l.since.IsZero() {
		l.since, l.at = now, now
	}
	l.flow(now)
	const enough = 1 - 1e-9
	if l.level < enough {
		return false, time.Duration(math.Ceil((1 - l.level) / l.rate * float64(time.Second)))
	}
	l.level--
	return true, 0
}

// giveBack returns the token of a call that was not made.
func (l *learner) giveBack() { l.level++ }

func (l *learner) flow(now time.Time) {
	most := max(1, float64(l.first))
	l.level = min(most, l.level+now.Sub(l.at).Seconds()*l.rate)
	l.at = now
}

// success notes a call that AWS took. pressed: more would have been sent if we had let them.
func (l *learner) success(now time.Time, pressed bool) {
	if l.barren > outage {
		l.open, l.rate, l.since, l.counts, l.total = true, max(l.rate, firstRate), now, 0, 0
	}
	l.barren = 0
	if !l.learned {
		l.first = min(l.first+1, largest)
		if pressed {
			l.window += widen
		}
		return
	}
	l.flow(now)
	l.counts, l.total, l.calm = l.counts+1, l.total+1, l.calm+1
	switch {
	case !pressed:
	case l.open:
		l.rate *= min(steepest, math.Pow(2, 1/l.rate))
	default:
		l.rate *= 1 + max(creep*(1+l.calm/restless), 0.5/math.Pow(l.total+1, 1.2))
	}
}

// throttle notes that AWS refused a call that was sent at a time. What was sent before the last throttle tells nothing new.
func (l *learner) throttle(now, sent time.Time) {
	if !sent.After(l.last) && l.learned {
		return
	}
	l.last, l.calm, l.barren = now, 0, l.barren+1
	if !l.learned {
		l.learned, l.open, l.rate, l.since, l.at, l.level = true, true, firstRate, now, now, 0
		return
	}
	l.flow(now)
	l.level = 0
	least := min(l.rate, slowest)
	estimate := (l.counts + 0.5) / now.Sub(l.since).Seconds()
	switch {
	case l.counts == 0:
		l.rate /= 2
		l.since = now
	case estimate < loose*l.rate && !l.open:
		l.rate = math.Sqrt(estimate * l.rate)
		l.since, l.counts = now, 0
	default:
		l.rate = min(l.rate, estimate) * caution
		if l.counts > memory {
			l.since, l.counts = now.Add(-now.Sub(l.since)/2), l.counts/2
		}
	}
	l.rate = max(l.rate, least)
	l.open = false
}
