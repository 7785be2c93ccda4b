package wire

import (
	"errors"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
)

// mistake is what is wrong with a request, before its protocol gives it a code.
type mistake struct {
	kind kind
	path []string // the member
	args []string // what it says there, and what it should
}

type kind byte

const (
	isUnknown kind = iota
	isInvalid
	isMalformed
)

func (m *mistake) Error() string { return strings.Join(append([]string{m.name()}, m.args...), " ") }

func (m *mistake) name() string { return strings.Join(m.path, ".") }

func unknown(name string) error { return &mistake{kind: isUnknown, path: []string{name}} }

// invalid is a value that is none.
func invalid(text, want string) error {
	return &mistake{kind: isInvalid, args: []string{short(text), want}}
}

func malformed(why string) error { return &mistake{kind: isMalformed, args: []string{why}} }

func repeated(name string) error { return malformed(name + " occurs twice") }

// within says in which member a mistake was made.
func within(name string, err error) error {
	var m *mistake
	if errors.As(err, &m) {
		m.path = append([]string{name}, m.path...)
	}
	return err
}

// mistakes are what a protocol calls them.
type mistakes struct{ unknown, invalid, malformed says.Text }

// refusal is a mistake in the words of AWS.
func (s mistakes) refusal(err error) error {
	var m *mistake
	if !errors.As(err, &m) {
		return err
	}
	name := short(m.name())
	switch m.kind {
	case isUnknown:
		return s.unknown.Error(name)
	case isInvalid:
		return s.invalid.Error(name, m.args[0], m.args[1])
	}
	return s.malformed.Error(short(m.args[0]))
}
