package fake_test

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
)

// recorder is a testing.TB that notes how a test ends instead of ending the one around it.
type recorder struct {
	testing.TB // the test around it, for its context and the like

	mu       sync.Mutex
	failures []string
	skipped  string // why
	cleanups []func()
}

// record runs a test to its end, clean-ups included.
func record(t testing.TB, test func(testing.TB)) *recorder {
	r := &recorder{TB: t}
	r.run(func() { test(r) })
	for i := len(r.cleanups) - 1; i >= 0; i-- {
		r.run(r.cleanups[i])
	}
	return r
}

// run runs a part of the test in a goroutine of its own, which FailNow can end. A panic is a failure, save that of notOffered.
func (r *recorder) run(part func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			switch p := recover().(type) {
			case nil:
			case notOffered:
				r.skipped = string(p)
			default:
				r.Error("panic:", p, "\n"+string(debug.Stack()))
			}
		}()
		part()
	}()
	<-done
}

// verdict is PASS, SKIP or FAIL.
func (r *recorder) verdict() string {
	switch {
	case r.Failed():
		return "FAIL"
	case r.skipped != "":
		return "SKIP"
	}
	return "PASS"
}

// difference is what failed first, on few lines.
func (r *recorder) difference() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var lines []string
	for _, line := range strings.Split(strings.Join(r.failures[:min(1, len(r.failures))], "\n"), "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "Error Trace:") && !containsAny(line, "_test.go:", "runtime/asm_") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines[:min(4, len(lines))], " ")
}

func (r *recorder) Helper() {}

func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }

func (r *recorder) note(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failures = append(r.failures, text)
}

func (r *recorder) Error(args ...any)                 { r.note(fmt.Sprintln(args...)) }
func (r *recorder) Errorf(format string, args ...any) { r.note(fmt.Sprintf(format, args...)) }
func (r *recorder) Fail()                             { r.note("failed") }
func (r *recorder) FailNow()                          { r.Fail(); runtime.Goexit() }
func (r *recorder) Fatal(args ...any)                 { r.Error(args...); runtime.Goexit() }
func (r *recorder) Fatalf(format string, args ...any) { r.Errorf(format, args...); runtime.Goexit() }
func (r *recorder) Log(...any)                        {}
func (r *recorder) Logf(string, ...any)               {}

func (r *recorder) Failed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.failures) > 0
}

func (r *recorder) Skip(args ...any) {
	r.skipped = fmt.Sprint(args...)
	runtime.Goexit()
}

func (r *recorder) Skipf(format string, args ...any) { r.Skip(fmt.Sprintf(format, args...)) }
func (r *recorder) SkipNow()                         { r.Skip("skipped") }
func (r *recorder) Skipped() bool                    { return r.skipped != "" }

// run runs a test as go test does, and prints how it ends.
func run(test func(testing.TB)) {
	fmt.Println(record(background{}, test).verdict())
}

// background is what the tests of examples stand on.
type background struct{ testing.TB }

func (background) Context() context.Context { return context.Background() }
