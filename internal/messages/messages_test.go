package messages_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write testdata/messages.txt anew")

// packages are those whose messages users meet, by their folders.
var packages = []string{
	"privatelink", "endpoint", "service", "dnszone",
	"internal/awserr", "internal/converge", "internal/declare", "internal/limit", "internal/merge", "internal/policy", "internal/poll", "internal/tagging",
	"fake", "fake/internal/filter", "fake/internal/flow", "fake/internal/nameserver", "fake/internal/page", "fake/internal/says", "fake/internal/vpc", "fake/internal/wire",
	"fake/internal/world", "fake/internal/zone",
}

// The golden file has every message, by package and by how it comes about. A message that is not in it was not read yet.
func TestMessages(t *testing.T) {
	var out strings.Builder
	for _, dir := range packages {
		p := parse(t, filepath.Join("..", "..", dir))
		all := p.messages()
		if len(all) == 0 {
			continue
		}
		fmt.Fprintf(&out, "== %s\n", dir)
		for _, kind := range []string{problem, failure, panics, says, text} {
			for _, m := range all[kind] {
				fmt.Fprintf(&out, "%-8s%s\n", kind, strings.ReplaceAll(m, "\n", `\n`))
			}
		}
	}
	const golden = "testdata/messages.txt"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(out.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, strings.Split(string(want), "\n"), strings.Split(out.String(), "\n"),
		"messages changed: go test ./internal/messages -update, and read what changed as one who meets it")
}

// No call of a constructor of errors is passed over: each gives a message, or hands on one that is written elsewhere.
func TestNoConstructorIsMissed(t *testing.T) {
	for _, dir := range packages {
		p := parse(t, filepath.Join("..", "..", dir))
		p.messages()
		require.Equal(t, p.calls, p.told+p.handed, dir)
	}
}

// Every package of the module that users' code can reach is looked at.
func TestEveryPackageIsLookedAt(t *testing.T) {
	for _, root := range []string{"privatelink", "endpoint", "service", "dnszone", "fake", "internal"} {
		err := filepath.WalkDir(filepath.Join("..", "..", root), func(path string, d os.DirEntry, err error) error {
			if err != nil || !d.IsDir() {
				return err
			}
			code, err := filepath.Glob(filepath.Join(path, "*.go"))
			code = slices.DeleteFunc(code, func(f string) bool { return strings.HasSuffix(f, "_test.go") || strings.HasSuffix(f, "doc.go") })
			dir, _ := filepath.Rel(filepath.Join("..", ".."), path)
			if len(code) > 0 && !slices.Contains(packages, filepath.ToSlash(dir)) {
				require.Contains(t, silent, filepath.ToSlash(dir), "new package: do users meet its messages?")
			}
			return err
		})
		require.NoError(t, err)
	}
}

// silent are packages that say nothing to users.
var silent = []string{"internal/iam", "internal/iam/iamtest", "internal/lag", "internal/picture", "internal/quickstart", "internal/simulation", "internal/bench"}

// Messages are parts of one line: an error reads "verb, what, message: cause".
func TestMessagesFitTogether(t *testing.T) {
	for _, dir := range packages {
		p := parse(t, filepath.Join("..", "..", dir))
		for kind, all := range p.messages() {
			for _, m := range all {
				if kind == says {
					continue // AWS's own words
				}
				require.False(t, strings.HasSuffix(m, ".") && kind != text, "%s: %q ends with a full stop, and something may follow", dir, m)
				require.Equal(t, strings.TrimSpace(m) == m || kind == text, true, "%s: %q has blanks around it", dir, m)
			}
		}
	}
}
