// Package recipetest holds every recipe to the same: it takes no time in memory, leaves nothing behind whatever goes wrong, and says what it
// needs.
package recipetest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Run runs a recipe in memory and gives what it printed, and the cloud as it is afterwards. It must succeed, in no time, and leave nothing.
func Run(t *testing.T, run recipe.Func, args ...string) (string, *fake.Cloud) {
	t.Helper()
	var out bytes.Buffer
	cloud := &fake.Cloud{}
	synctest.Test(t, func(t *testing.T) {
		fake.NoLeaks(t, cloud)
		began := time.Now()
		require.NoError(t, run(recipe.In(t.Context(), cloud), args, &out))
		require.Zero(t, time.Since(began), "it waited")
	})
	return out.String(), cloud
}

// LeavesNothing lets each of a recipe's calls, one after the other, be refused, lose its answer, and be the last one before the recipe is
// interrupted. Whatever was made by then must be gone when it ends. Where there are more than forty, some are left out.
func LeavesNothing(t *testing.T, run recipe.Func) {
	t.Helper()
	var calls int
	synctest.Test(t, func(t *testing.T) {
		s := newSpoiler(t, 0)
		require.NoError(t, s.run(run))
		calls = s.seen
	})
	tried, failures := 0, 0
	for name, spoil := range map[string]func(*spoiler){
		"refused":       func(s *spoiler) { s.cloud.Inject(fake.Denied().When(s.now)) },
		"answer lost":   func(s *spoiler) { s.cloud.Inject(fake.LoseAnswer().When(s.now)) },
		"interrupted":   (*spoiler).interrupt,
		"just too late": (*spoiler).interruptAfter,
	} {
		for n := 0; n < calls; n += 1 + calls/most {
			tried++
			t.Run(fmt.Sprintf("%s %d", name, n+1), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := newSpoiler(t, n+1)
					spoil(s)
					if s.run(run) != nil {
						failures++
					}
				})
			})
		}
	}
	require.GreaterOrEqual(t, 4*failures, tried, "too few of them matter")
}

// most is of how many calls each is taken.
const most = 40

// spoiler lets something go wrong with one call of a recipe's story. What happens to those of its clean-up is not counted.
type spoiler struct {
	t      *testing.T
	cloud  *fake.Cloud
	ctx    context.Context
	cancel context.CancelFunc
	at     int // the number of the call
	mu     sync.Mutex
	seen   int
}

func newSpoiler(t *testing.T, at int) *spoiler {
	s := &spoiler{t: t, cloud: &fake.Cloud{}, at: at}
	fake.NoLeaks(t, s.cloud)
	s.ctx, s.cancel = context.WithCancel(recipe.In(t.Context(), s.cloud))
	t.Cleanup(s.cancel)
	if at == 0 {
		s.cloud.Before = func(context.Context, *fake.Call) error { s.now(nil); return nil }
	}
	return s
}

// now tells whether this is the call. It counts.
func (s *spoiler) now(*fake.Call) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if recipe.CleansUp(s.ctx) {
		return false
	}
	s.seen++
	return s.seen == s.at
}

// interrupt ends the recipe before the call is sent.
func (s *spoiler) interrupt() {
	s.cloud.Before = func(_ context.Context, call *fake.Call) error {
		s.arrived(call)
		if s.now(call) {
			s.cancel()
			return context.Canceled
		}
		return nil
	}
}

// interruptAfter ends it when the call has taken effect.
func (s *spoiler) interruptAfter() {
	s.cloud.Before = func(_ context.Context, call *fake.Call) error { s.arrived(call); return nil }
	s.cloud.After = func(_ context.Context, call *fake.Call) error {
		if s.now(call) {
			s.cancel()
		}
		return nil
	}
}

// arrived lets what other goroutines had sent when the recipe was interrupted arrive before the clean-up looks. On AWS its looks go on for ten
// seconds; here, where reads do not lag, there would be one.
func (s *spoiler) arrived(call *fake.Call) {
	if recipe.CleansUp(s.ctx) && !strings.HasPrefix(call.Op, "Create") {
		time.Sleep(time.Nanosecond)
	}
}

// run runs the recipe, which either fails, or gets over it and reaches its end.
func (s *spoiler) run(run recipe.Func) error {
	var out bytes.Buffer
	err := run(s.ctx, nil, &out)
	if err == nil {
		require.True(s.t, strings.HasSuffix(out.String(), "nothing is left.\n"), out.String())
	}
	return err
}

// Needs calls a recipe with -live and nothing else, where there is no configuration: it must name each of these flags, and no other problem,
// before the first call. In memory it must refuse them.
func Needs(t *testing.T, run recipe.Func, flags ...string) {
	t.Helper()
	NoConfiguration(t)
	problems := Problems(t, run, "-live")
	require.Len(t, problems, len(flags), "%q", problems)
	for _, name := range flags {
		require.Contains(t, fmt.Sprint(problems), "-"+name+" is missing")
		require.Len(t, Problems(t, run, "-"+name, "x"), 1, "without -live")
	}
}

// Problems is what a recipe says is wrong with its flags; it prints nothing then, and exits with 2.
func Problems(t *testing.T, run recipe.Func, args ...string) []string {
	t.Helper()
	var out bytes.Buffer
	err := run(t.Context(), args, &out)
	require.ErrorIs(t, err, privatelink.ErrInvalid)
	require.Equal(t, 2, recipe.Status(err))
	require.Empty(t, out.String())
	return privatelink.Problems(err)
}

// NoConfiguration hides whatever the SDK would find, and the network.
func NoConfiguration(t *testing.T) {
	nowhere := filepath.Join(t.TempDir(), "none")
	for key, value := range map[string]string{
		"AWS_CONFIG_FILE": nowhere, "AWS_SHARED_CREDENTIALS_FILE": nowhere, "AWS_PROFILE": "", "AWS_REGION": "", "AWS_DEFAULT_REGION": "",
		"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_SESSION_TOKEN": "", "AWS_EC2_METADATA_DISABLED": "true",
		"AWS_ENDPOINT_URL": "http://127.0.0.1:1",
	} {
		t.Setenv(key, value)
	}
}

// NamesActions holds the comment at the top of main.go to the calls that a recipe made in the accounts of what it does on AWS: it names each.
func NamesActions(t *testing.T, cloud *fake.Cloud, accounts ...string) {
	t.Helper()
	for _, call := range cloud.Calls() {
		if slices.Contains(accounts, call.Account) {
			NamesAction(t, call.Op)
		}
	}
}

// NamesAction holds the comment at the top of main.go to one action.
func NamesAction(t *testing.T, op string) {
	t.Helper()
	text, err := os.ReadFile("main.go")
	require.NoError(t, err)
	comment, _, _ := strings.Cut(string(text), "\npackage main")
	require.Regexp(t, `\b`+op+`\b`, comment)
}
