package privatelink

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The sentinels that an error of this module matches with errors.Is.
var (
	// ErrInvalid: the declaration or an argument is wrong; no AWS call was made. Problems lists what is wrong.
	ErrInvalid = errors.New("invalid declaration")
	// ErrNotFound: what was asked for is not there, or not visible to this account.
	ErrNotFound = errors.New("not found")
	// ErrConflict: something that is not ours is in the way, or several resources bear one identity; the error names them.
	ErrConflict = errors.New("conflict")
	// ErrImmutable: AWS cannot change this field in place; Delete, then Ensure, replaces the resource.
	ErrImmutable = errors.New("cannot be changed in place")
	// ErrFailed: the resource is there but has failed, or expired.
	ErrFailed = errors.New("failed")
	// ErrRejected: the provider rejected the connection. It matches ErrFailed as well.
	ErrRejected error = &alsoError{"rejected", ErrFailed}
	// ErrInUse: AWS refuses to delete while something else still uses the resource; the error names what.
	ErrInUse = errors.New("in use")
	// ErrPending: nothing is wrong, AWS is still at work; call again.
	ErrPending = errors.New("still in progress")
	// ErrDenied: the caller is not permitted to make the call.
	ErrDenied = errors.New("permission denied (IAMPolicy tells what is needed)")
	// ErrThrottled: AWS asked to slow down.
	ErrThrottled = errors.New("throttled")
	// ErrQuota: a quota of the account is used up.
	ErrQuota = errors.New("quota reached")
)

type alsoError struct {
	text string
	also error
}

func (e *alsoError) Error() string { return e.text }
func (e *alsoError) Unwrap() error { return e.also }

// Error is what went wrong, with the one who can tell what it was about. It holds neither credentials nor policy texts.
type Error struct {
	Op    string // the verb, such as "ensure"
	Kind  string // such as "interface endpoint"
	Name  string // the declared name
	Scope string // the VPC, where the kind has one
	ID    string // AWS's ID, where it is known
	State string // the state that the resource was in, where that is the point

	Sentinel error // the sentinel that it matches; nil where none fits
	Err      error // the cause: AWS's error, the context's, or an explanation
}

// Error reads as one line: the verb, what it was about, and the cause.
func (e *Error) Error() string {
	parts := []string{e.subject()}
	if e.State != "" {
		parts = append(parts, "state "+e.State)
	}
	switch {
	case e.Err != nil:
		parts = append(parts, e.cause())
	case e.Sentinel != nil:
		parts = append(parts, e.Sentinel.Error())
	}
	return strings.Join(parts, ": ")
}

// cause is the text of the cause, and what to do about it where AWS's words do not say so.
func (e *Error) cause() string {
	text, advice := e.Err.Error(), ""
	var aws interface {
		error
		ErrorCode() string
	}
	switch {
	case e.Sentinel == ErrThrottled:
		advice = "call again later"
	case e.Sentinel == ErrDenied && errors.As(e.Err, &aws) && slices.Contains(unauthorized, aws.ErrorCode()):
		advice = "IAMPolicy tells what is needed"
	}
	if advice == "" || strings.Contains(text, advice) {
		return text
	}
	return text + " (" + advice + ")"
}

// unauthorized are the codes by which AWS says that IAM does not allow a call.
var unauthorized = []string{"UnauthorizedOperation", "AccessDenied", "AccessDeniedException"}

func (e *Error) subject() string {
	words := []string{e.Op}
	if e.Kind != "" {
		words = append(words, e.Kind)
	}
	if e.Name != "" {
		words = append(words, fmt.Sprintf("%q", e.Name))
	}
	if e.Scope != "" {
		words = append(words, "in "+e.Scope)
	}
	if e.ID != "" {
		words = append(words, "("+e.ID+")")
	}
	return strings.Join(words, " ")
}

// Unwrap gives the sentinel and the cause, so that errors.Is finds the one and errors.As what AWS said.
func (e *Error) Unwrap() []error {
	var out []error
	if e.Sentinel != nil {
		out = append(out, e.Sentinel)
	}
	if e.Err != nil {
		out = append(out, e.Err)
	}
	return out
}

// InvalidError lists every problem of a declaration. It matches ErrInvalid.
type InvalidError struct{ Problems []string }

// Error joins the problems.
func (e *InvalidError) Error() string { return strings.Join(e.Problems, "; ") }

// Is makes it match ErrInvalid.
func (e *InvalidError) Is(target error) bool { return target == ErrInvalid }

// Problems gives every problem of an error that matches ErrInvalid, one sentence each, also of several joined errors; nil for any
// other error.
func Problems(err error) []string {
	switch e := err.(type) {
	case nil:
		return nil
	case *InvalidError:
		return append([]string(nil), e.Problems...)
	case interface{ Unwrap() []error }:
		var out []string
		for _, inner := range e.Unwrap() {
			out = append(out, Problems(inner)...)
		}
		return out
	case interface{ Unwrap() error }:
		return Problems(e.Unwrap())
	}
	return nil
}
