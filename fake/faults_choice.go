package fake

import (
	"fmt"
	"slices"
	"strings"
)

// choice says which calls a fault befalls.
type choice struct {
	ops                        []operationName
	accounts, regions, callers []string
	when                       func(*Call) bool
	mortal                     bool // only callers that can crash
	nth                        []int
	skip, times                int
	chance                     float64 // 0: certain
	never                      bool
	seed                       uint64
}

// On keeps a fault to some operations, as AWS names them. One that the fake does not have, or that the fault cannot befall, panics.
func (f Fault) On(ops ...string) Fault {
	f.ops = nil
	for _, op := range ops {
		o := operationName(op)
		if !o.known() {
			panic(fmt.Sprintf("fake: %s: there is no operation %q", f.name, op))
		}
		if f.befalls != nil && !f.befalls(o) {
			panic(fmt.Sprintf("fake: %s cannot befall %s", f.name, op))
		}
		f.ops = append(f.ops, o)
	}
	return f
}

// By keeps a fault to the calls of some accounts, by ID.
func (f Fault) By(accounts ...string) Fault {
	f.accounts = slices.Clone(accounts)
	return f
}

// In keeps a fault to the calls in some Regions. Route 53 is called in the Region of the account's face.
func (f Fault) In(regions ...string) Fault {
	f.regions = slices.Clone(regions)
	return f
}

// From keeps a fault to the calls of some callers, by the names that they have from [Caller].
func (f Fault) From(callers ...string) Fault {
	f.callers = slices.Clone(callers)
	return f
}

// When keeps a fault to the calls for which is says yes. It may look at the call but not change it.
func (f Fault) When(is func(*Call) bool) Fault {
	f.when = is
	return f
}

// Nth lets a fault befall only the calls of these numbers, counted from 1 over those that On, By, In, From and When leave.
func (f Fault) Nth(numbers ...int) Fault {
	f.nth = slices.Clone(numbers)
	return f
}

// Skip lets the first n calls through.
func (f Fault) Skip(n int) Fault {
	f.skip = n
	return f
}

// Times ends a fault when it has befallen n calls.
func (f Fault) Times(n int) Fault {
	f.times, f.never = n, n <= 0
	return f
}

// Chance lets a fault befall a call with a probability from 0 to 1. What happens depends on the seed and, for each caller and operation, on
// how many calls it made before, not on how the callers' calls interleave.
func (f Fault) Chance(p float64) Fault {
	f.chance, f.never = p, p <= 0
	return f
}

// Seed is where chance and UpTo draw from; without it, Cloud.Seed.
func (f Fault) Seed(seed uint64) Fault {
	f.seed = seed
	return f
}

// covers says whether a call is one that the fault may befall.
func (f *Fault) covers(c *Call, mortal bool) bool {
	op := operationName(c.Op)
	return (f.befalls == nil || f.befalls(op)) && among(f.ops, op) && among(f.accounts, c.Account) && among(f.regions, c.Region) &&
		among(f.callers, c.Caller) && (!f.mortal || mortal) && (f.when == nil || f.when(c))
}

func among[T comparable](of []T, v T) bool { return len(of) == 0 || slices.Contains(of, v) }

// operationName is an operation as AWS names it.
type operationName string

func (o operationName) known() bool {
	for _, f := range []*face{ec2Face, route53Face, elbFace} {
		if _, ok := f.ops[string(o)]; ok {
			return true
		}
	}
	return false
}

// reads says whether the operation only reads.
func (o operationName) reads() bool {
	return strings.HasPrefix(string(o), "Describe") || strings.HasPrefix(string(o), "List") || strings.HasPrefix(string(o), "Get")
}

func (o operationName) batches() bool { return batchMembers[o] != "" }
