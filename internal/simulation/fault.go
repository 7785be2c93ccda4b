package simulation

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// Fault is what can befall one AWS call.
type Fault uint8

// The faults.
const (
	CrashBefore Fault = iota // the caller dies before the call takes effect
	CrashAfter               // the caller dies when it has taken effect
	Throttle                 // AWS refuses the call: too many of them
	ServerError              // AWS fails, and has done nothing
	FalseError               // AWS fails, though it has done what was asked
	LostAnswer               // the connection breaks when AWS has done what was asked
	LateCall                 // the call reaches AWS late, unless its caller has left by then
	StrayCall                // the call reaches AWS late, also where its caller has left by then
	LateAnswer               // the answer is late
	StaleRead                // the answer shows an old state, within the window
	Spared                   // the call succeeds, but leaves the last of its items alone
	faults
)

var faultNames = [faults]string{"crash-before", "crash-after", "throttle", "server-error", "false-error", "lost-answer", "late-call", "stray-call", "late-answer", "stale-read", "spared"}

// String names the fault.
func (f Fault) String() string { return faultNames[f%faults] }

// Late is how late a late call or answer is, and Stale how old the state that a stale read shows. Stray is how late a stray call is where somebody may
// delete meanwhile: what takes effect once he is done, nobody can promise to be gone.
const (
	Late  = 40 * time.Second
	Stale = 8 * time.Second
	Stray = 4 * time.Second
)

// Inject gives the fake's fault.
func (f Fault) Inject() fake.Fault {
	switch f {
	case CrashBefore:
		return fake.Crash()
	case CrashAfter:
		return fake.Crash().AfterEffect()
	case Throttle:
		return fake.Throttle()
	case ServerError:
		return fake.ServerError()
	case FalseError:
		return fake.ServerError().AfterEffect()
	case LostAnswer:
		return fake.LoseAnswer()
	case LateCall:
		return fake.Latency(Late)
	case StrayCall:
		return fake.LateCall(Late)
	case LateAnswer:
		return fake.Latency(Late).AfterEffect()
	case Spared:
		return fake.Unsuccessful("InternalError", "injected")
	}
	return fake.StaleRead(Stale)
}

// Arm lets each of some faults befall the calls that choose names; choose runs for each call and fault.
func Arm(cloud *fake.Cloud, some []Fault, choose func(*fake.Call, Fault) bool) {
	for _, f := range some {
		cloud.Inject(f.Inject().When(func(c *fake.Call) bool { return choose(c, f) }))
	}
}

// Faults are those that can befall a call of an operation.
func Faults(op string) []Fault {
	all := []Fault{CrashBefore, CrashAfter, Throttle, ServerError, FalseError, LostAnswer, LateCall, LateAnswer}
	if Reads(op) {
		all = append(all, StaleRead)
	}
	if slices.Contains(batches, op) {
		all = append(all, Spared)
	}
	if slices.Contains(bounded, op) {
		all = append(all, StrayCall)
	}
	return all
}

// Same gives the fault that comes to the same: where a call only reads, and the lag of reads is not drawn, one that comes after the effect is as
// one that comes before it.
func (f Fault) Same(op string) Fault {
	switch {
	case Reads(op) && f == CrashAfter:
		return CrashBefore
	case Reads(op) && f == FalseError:
		return ServerError
	}
	return f
}

// batches are the operations on several things, which can succeed for some of them.
var batches = []string{"DeleteVpcEndpoints", "DeleteVpcEndpointServiceConfigurations", "DeleteVpcEndpointConnectionNotifications"}

// bounded are the operations that their caller gives up while it lives on: for any other a stray call is a late one.
var bounded = []string{"CreateVpcEndpoint", "CreateVpcEndpointServiceConfiguration", "CreateVpcEndpointConnectionNotification", "CreateHostedZone"}

// AllFaults are all there are.
func AllFaults() (all []Fault) {
	for f := range faults {
		all = append(all, f)
	}
	return all
}

// Reads tells whether an operation changes nothing.
func Reads(op string) bool {
	return strings.HasPrefix(op, "Describe") || strings.HasPrefix(op, "List") || strings.HasPrefix(op, "Get")
}

// Step is one fault, at one call of those that a story makes, counted from 1 over all its lives.
type Step struct {
	Call  int
	Fault Fault
}

// Schedule is the faults of one story, in the order of their calls.
type Schedule []Step

// String gives the form that Parse takes: "3:crash-after,5:throttle", "none" for no fault.
func (s Schedule) String() string {
	if len(s) == 0 {
		return "none"
	}
	var words []string
	for _, step := range s {
		words = append(words, fmt.Sprintf("%d:%s", step.Call, step.Fault))
	}
	return strings.Join(words, ",")
}

// Parse reads what String gave.
func Parse(text string) (Schedule, error) {
	var s Schedule
	if text == "none" {
		return s, nil
	}
	for word := range strings.SplitSeq(text, ",") {
		number, name, _ := strings.Cut(word, ":")
		n, err := strconv.Atoi(number)
		f := slices.Index(faultNames[:], name)
		if err != nil || f < 0 {
			return nil, fmt.Errorf("%q is no step such as 3:%s", word, CrashAfter)
		}
		s = append(s, Step{n, Fault(f)})
	}
	return s, nil
}

// Fault is that of the nth call, if any.
func (s Schedule) Fault(n int) (Fault, bool) {
	for _, step := range s {
		if step.Call == n {
			return step.Fault, true
		}
	}
	return 0, false
}

// Faults are those that it has, each once.
func (s Schedule) Faults() (all []Fault) {
	for _, step := range s {
		if !slices.Contains(all, step.Fault) {
			all = append(all, step.Fault)
		}
	}
	return all
}

// Drawn gives the fake's fault as Inject does, but that a late call or answer is up to Late late, and a stray call up to Stray.
func (f Fault) Drawn() fake.Fault {
	late := fake.Latency(time.Second).UpTo(Late)
	switch f {
	case LateCall:
		return late
	case StrayCall:
		return fake.LateCall(0).UpTo(Stray)
	case LateAnswer:
		return late.AfterEffect()
	}
	return f.Inject()
}

// Dice is a draw that depends on what it is given alone.
func Dice(seed uint64, key string, n uint64) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(key))
	return rand.NewPCG(seed^h.Sum64(), n*0x9e3779b97f4a7c15).Uint64()
}
