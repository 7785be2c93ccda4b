package messages_test

import (
	"flag"
	"fmt"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
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

// recipes are the examples: of theirs the golden file has the errors alone, as what they tell besides is in their tests.
func recipes(t *testing.T) (dirs []string) {
	files, err := filepath.Glob("../../examples/*/main.go")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		dirs = append(dirs, "examples/"+filepath.Base(filepath.Dir(file)))
	}
	return append(dirs, "examples/recipe")
}

// The golden file has every message, by package and by how it comes about. A message that is not in it was not read yet.
func TestMessages(t *testing.T) {
	var out strings.Builder
	write := func(dir string, kinds ...string) {
		all := parse(t, filepath.Join("..", "..", dir)).messages()
		for i, kind := range slices.DeleteFunc(kinds, func(kind string) bool { return len(all[kind]) == 0 }) {
			if i == 0 {
				fmt.Fprintf(&out, "== %s\n", dir)
			}
			for _, m := range all[kind] {
				fmt.Fprintf(&out, "%-8s%s\n", kind, strings.ReplaceAll(m, "\n", `\n`))
			}
		}
	}
	for _, dir := range packages {
		write(dir, problem, failure, panics, handed, types, says, text)
	}
	for _, dir := range recipes(t) {
		write(dir, problem, failure, panics, handed)
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

// No call of a constructor of errors is passed over: a second count, of the bare words, has as many.
func TestNoConstructorIsMissed(t *testing.T) {
	all := 0
	for _, dir := range append(recipes(t), packages...) {
		p := parse(t, filepath.Join("..", "..", dir))
		p.messages()
		for _, name := range p.names {
			n := constructors(t, name)
			require.Equal(t, n, p.calls[name], name)
			all += n
		}
	}
	require.Greater(t, all, 150)
}

// No text is passed over, whatever it is an argument of: each literal of several words stands in a message.
func TestNoTextIsMissed(t *testing.T) {
	all := 0
	for _, dir := range packages {
		p := parse(t, filepath.Join("..", "..", dir))
		said := ""
		for _, messages := range p.messages() {
			said += strings.Join(messages, "\n") + "\n"
		}
		for _, name := range p.names {
			for _, text := range texts(t, name) {
				require.True(t, strings.Contains(said, text), "%s: %q is in no message", name, text)
				all++
			}
		}
	}
	require.Greater(t, all, 700)
}

// texts are the literals of a file that are texts for people, whatever stands around them; neither XML nor what is evidence for AWS's words.
func texts(t *testing.T, name string) (out []string) {
	var last [2]string
	tokens(t, name, func(lit string, tok token.Token) {
		if text, err := strconv.Unquote(lit); tok == token.STRING && err == nil && isText(text) && text[0] != '<' && last != [2]string{"Evidence", ":"} {
			out = append(out, text)
		}
		last = [2]string{last[1], lit}
	})
	return out
}

// constructors counts fmt.Errorf(, errors.New( and panic( in a file, whatever stands around them. Nobody may import these packages by another name.
func constructors(t *testing.T, name string) (n int) {
	var last [4]string
	tokens(t, name, func(lit string, tok token.Token) {
		if tok == token.STRING {
			lit = tok.String()
		}
		last = [4]string{last[1], last[2], last[3], lit}
		switch call := strings.Join(last[:], " "); {
		case call == "fmt . Errorf (", call == "errors . New (", strings.HasSuffix(call, " panic (") && last[1] != ".":
			n++
		}
	})
	return n
}

// tokens calls f for each token of a file, with how it is written.
func tokens(t *testing.T, name string, f func(lit string, tok token.Token)) {
	code, err := os.ReadFile(name)
	require.NoError(t, err)
	require.NotRegexp(t, `(?m)^\s*[\w.]+ "(fmt|errors)"$`, string(code), name)
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile(name, -1, len(code)), code, nil, 0)
	for {
		_, tok, lit := s.Scan()
		if tok == token.EOF {
			return
		}
		if lit == "" {
			lit = tok.String()
		}
		f(lit, tok)
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
				if kind == says || kind == handed || kind == types {
					continue // AWS's own words, and code
				}
				require.False(t, strings.HasSuffix(m, ".") && kind != text, "%s: %q ends with a full stop, and something may follow", dir, m)
				require.Equal(t, strings.TrimSpace(m) == m || kind == text, true, "%s: %q has blanks around it", dir, m)
			}
		}
	}
}
