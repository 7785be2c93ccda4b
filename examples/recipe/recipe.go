// Package recipe is what the examples have in common, so that the file of each holds its story alone: flags, accounts, progress on the
// terminal, the log of calls, and the clean-up.
//
// A recipe names what it builds on (Need, NeedAll, Account) and runs its story (Run): on AWS, where flags say what there is, or in memory,
// where a function of the recipe's makes the same. What the story declares for the clean-up (Cleanup) is taken down when it ends: also when
// it fails, and when it is interrupted.
//
// A recipe that is pasted into another module finds this package there, and compiles and runs as it is. It is no part of the library, and may
// change with any version: in a tool of your own take an *ec2.Client and a *route53.Client for its Account, fmt for Printf, and
// privatelink.DeleteAll for Cleanup.
package recipe

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Func is a whole program: args without its name, all output to out.
type Func func(ctx context.Context, args []string, out io.Writer) error

// Main is a recipe's main. The first Ctrl-C ends run's context, so that it can clean up; the second ends the program.
func Main(name string, run Func) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop)
	err := run(ctx, os.Args[1:], os.Stdout)
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %s\n", name, Explain(err))
	}
	os.Exit(Status(err))
}

// Status is the exit status: 2 when the program was called wrongly, which is known before the first AWS call.
func Status(err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, privatelink.ErrInvalid):
		return 2
	}
	return 1
}

// Explain lists the problems of a wrong call one by one; any other error speaks for itself.
func Explain(err error) string {
	problems := privatelink.Problems(err)
	if len(problems) == 0 {
		return err.Error()
	}
	return "cannot start:\n  - " + strings.Join(problems, "\n  - ") + "\nRun it with -h to see the flags."
}

// Recipe is one run of a recipe.
type Recipe struct {
	Cloud *fake.Cloud // nil on AWS

	flags    *Flags
	name     string
	out      io.Writer
	progress privatelink.WaitOption

	live, keep, verbose bool
	input               string
	needs               []need
	sides               []*side
	cleanups            []func(context.Context) error
	closers             []io.Closer
}

// New begins a recipe: all that it prints goes to out.
func New(name string, out io.Writer) *Recipe {
	out = locked(out)
	r := &Recipe{name: name, flags: NewFlags(name), out: out, progress: Progress(out)}
	r.flags.BoolVar(&r.live, "live", false, "act on AWS; without it everything happens in memory")
	r.flags.BoolVar(&r.keep, "keep", false, "leave on AWS what was made; the same command without -keep takes it down")
	r.flags.BoolVar(&r.verbose, "v", false, "log every AWS call")
	r.flags.StringVar(&r.input, "input", "", "JSON `file`: an object with names of flags as keys; the command line wins")
	return r
}

// Printf prints a part of the story.
func (r *Recipe) Printf(part string, args ...any) { fmt.Fprintf(r.out, part, args...) }

// Cleanup has these taken down at the end, after all that is given later. Those that are given together go at the same time. Say it before
// making them: what is not there is gone already.
func (r *Recipe) Cleanup(items ...privatelink.Bound) {
	r.CleanupFunc(func(ctx context.Context) error { return takeDown(ctx, items, r.Progress()) })
}

// CleanupFunc is Cleanup for what is not a declaration.
func (r *Recipe) CleanupFunc(f func(context.Context) error) { r.cleanups = append(r.cleanups, f) }

// Run reads the flags and runs the story: on AWS, or in a world in memory.
func (r *Recipe) Run(ctx context.Context, args []string, world func(*fake.Cloud), story func(context.Context) error) error {
	if err := r.flags.ReadArgs(args); errors.Is(err, flag.ErrHelp) {
		r.usage()
		return nil
	}
	if err := r.prepare(ctx); err != nil {
		return err
	}
	defer r.close()
	var before string
	if !r.live {
		r.inMemory(ctx, world)
		if s := stageOf(ctx); s.onlySeed {
			s.describe(r)
			return nil
		}
		before = r.Cloud.Dump()
	}
	err := errors.Join(story(ctx), r.cleanUp(ctx))
	if err == nil && !r.live && r.Cloud.Dump() != before {
		return fmt.Errorf("something is left:\n%s", r.Cloud.Dump())
	}
	return err
}

// cleanUp takes everything down, and goes on where one thing cannot be.
func (r *Recipe) cleanUp(ctx context.Context) error {
	if r.keep || len(r.cleanups) == 0 {
		return nil
	}
	if ctx.Err() != nil {
		r.Printf("Interrupted: taking down what was made.\n")
	}
	stageOf(ctx).cleansUp.Store(true)
	ctx = context.WithoutCancel(ctx)
	var errs []error
	for _, f := range slices.Backward(r.cleanups) {
		errs = append(errs, f(ctx))
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("not all could be taken down: %w", err)
	}
	r.Printf("All taken down: nothing is left.\n")
	return nil
}

// takeDown waits until all items are gone, at the same time.
func takeDown(ctx context.Context, items []privatelink.Bound, opts ...privatelink.WaitOption) error {
	errs := make([]error, len(items))
	var wait sync.WaitGroup
	for i, item := range items {
		wait.Go(func() { errs[i] = item.WaitGone(ctx, opts...) })
	}
	wait.Wait()
	return errors.Join(errs...)
}

func (r *Recipe) close() {
	for _, c := range r.closers {
		c.Close()
	}
}
