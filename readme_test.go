package awsprivatelink_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func read(t *testing.T, name string) string {
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(text)
}

// The README's code is the marked parts of example_test.go, and between them the two files of a whole tool.
func TestREADMECodeCompiles(t *testing.T) {
	var marked []string
	for _, m := range regexp.MustCompile(`(?ms)^(\t*)// readme: \w+\n(.*?)^\t*// end$`).FindAllStringSubmatch(read(t, "example_test.go"), -1) {
		code := regexp.MustCompile("(?m)^"+m[1]).ReplaceAllString(m[2], "")
		marked = append(marked, strings.Trim(code, "\n")+"\n")
	}
	require.Len(t, marked, 2)
	tool, test := read(t, "internal/quickstart/connect.go"), read(t, "internal/quickstart/connect_test.go")
	require.Equal(t, []string{marked[0], tool, test, marked[1]}, fenced(t, "README.md", "go"))
}

// The golden file is held equal to what the example prints by the example's own test.
func TestREADMEShowsWhatTheExamplePrints(t *testing.T) {
	golden := read(t, filepath.Join("examples", "internal-api", "testdata", "story.golden"))
	require.LessOrEqual(t, strings.Count(golden, "\n"), 25)
	require.Equal(t, []string{golden}, fenced(t, "README.md", "text"))
}

// recipes are the folders of the examples that are programs.
func recipes(t *testing.T) (names []string) {
	files, err := filepath.Glob("examples/*/main.go")
	require.NoError(t, err)
	require.Len(t, files, 14)
	for _, name := range files {
		names = append(names, filepath.Base(filepath.Dir(name)))
	}
	return names
}

// The README and the one of the examples name every recipe.
func TestREADMENamesEveryExample(t *testing.T) {
	for _, name := range recipes(t) {
		require.Regexp(t, "[`/]"+name+"`", read(t, "README.md"))
		require.Contains(t, read(t, "examples/README.md"), "| ["+name+"]("+name+") |")
	}
}

// The comment at the top of a recipe says how to run it, when to use it, what it costs and what IAM has to allow; its tests hold the actions to
// the calls that it makes.
func TestRecipesSayWhatTheyNeed(t *testing.T) {
	for _, name := range recipes(t) {
		comment, _, found := strings.Cut(read(t, filepath.Join("examples", name, "main.go")), "\npackage main\n")
		require.True(t, found, name)
		for _, part := range []string{"// Command " + name + " ", "//\tgo run ./examples/" + name + `\s`, `(?m)^// Use it `, `bill|free|costs nothing|makes nothing`, `IAM`} {
			require.Regexp(t, part, comment, name)
		}
	}
}
