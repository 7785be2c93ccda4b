package recipe

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Flags are a program's flags, and all that is wrong with what it was given.
type Flags struct {
	*flag.FlagSet
	problems []string
}

// NewFlags makes the flags of a program; they print nothing by themselves.
func NewFlags(name string) *Flags {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	return &Flags{FlagSet: fs}
}

// ReadArgs reads a command line. It goes on after a mistake, so that all of them are named; its only error is flag.ErrHelp.
func (f *Flags) ReadArgs(args []string) error {
	for len(args) > 0 {
		err := f.Parse(args)
		args = f.Args()
		switch {
		case errors.Is(err, flag.ErrHelp):
			return err
		case err == nil && len(args) > 0:
			f.Problem("unexpected argument %q", args[0])
			args = args[1:]
		case err != nil:
			f.Problem("%v", err)
			if strings.HasPrefix(err.Error(), "bad flag syntax") { // the one mistake that Parse does not step over
				args = args[1:]
			}
		}
	}
	return nil
}

// Problem adds one to what is wrong.
func (f *Flags) Problem(format string, args ...any) {
	f.problems = append(f.problems, fmt.Sprintf(format, args...))
}

// Err is all that is wrong, as an error that matches privatelink.ErrInvalid; nil when nothing is.
func (f *Flags) Err() error {
	if len(f.problems) == 0 {
		return nil
	}
	return &privatelink.InvalidError{Problems: f.problems}
}

// List is a flag of several values, separated by commas.
type List []string

// String joins the values with commas.
func (l *List) String() string { return strings.Join(*l, ",") }

// Set replaces the values.
func (l *List) Set(s string) error {
	*l = nil
	for _, v := range strings.Split(s, ",") {
		if v = strings.TrimSpace(v); v != "" {
			*l = append(*l, v)
		}
	}
	return nil
}
