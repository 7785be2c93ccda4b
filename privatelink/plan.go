package privatelink

import (
	"fmt"
	"strings"
)

// Action is what Ensure would do.
type Action string

// The actions. Replace is never done by Ensure: it answers ErrImmutable; Delete, then Ensure, replaces.
const (
	None    Action = "none"
	Create  Action = "create"
	Update  Action = "update"
	Replace Action = "replace"
	Delete  Action = "delete"
)

// KnownAfterApply stands in a plan for a value that another resource will give.
const KnownAfterApply = "(known after apply)"

// Plan is what Ensure would do now, found out by reads alone.
type Plan struct {
	Kind, Name, Scope, ID string
	Action                Action
	Changes               []Change
	Warnings              []string // what AWS would refuse, or what would be stranded
}

// Change is one field that differs. From and To are as a person writes them; From is empty where there was nothing.
type Change struct {
	Field, From, To string
	Replace         bool // AWS cannot change it in place
}

// Empty tells whether there is nothing to do.
func (p Plan) Empty() bool { return p.Action == None || p.Action == "" }

// String reads like a diff: a line for the resource, one for each change, one for each warning. The first begins with + where it is to be made,
// ~ where it is to be changed, ± where it would have to be replaced, and a blank where there is nothing to do. Programs and tests ask Action
// and Changes instead.
func (p Plan) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %q", p.sign(), p.Kind, p.Name)
	if p.Scope != "" {
		fmt.Fprintf(&b, " in %s", p.Scope)
	}
	if p.ID != "" {
		fmt.Fprintf(&b, " (%s)", p.ID)
	}
	if p.Empty() {
		b.WriteString(": no changes")
	} else if p.Action == Replace {
		b.WriteString(": must be replaced (delete it, then ensure it)")
	}
	for _, c := range p.Changes {
		b.WriteString("\n    " + c.String())
	}
	for _, w := range p.Warnings {
		b.WriteString("\n  ! " + w)
	}
	return b.String()
}

func (p Plan) sign() string {
	switch p.Action {
	case Create:
		return "+"
	case Update:
		return "~"
	case Replace:
		return "±"
	case Delete:
		return "-"
	}
	return " "
}

// String reads "field: from → to".
func (c Change) String() string {
	s := c.Field + ": "
	if c.From != "" {
		s += c.From + " → "
	}
	if c.To == "" {
		s += "(none)"
	}
	s += c.To
	if c.Replace {
		s += " (needs replacement)"
	}
	return s
}
