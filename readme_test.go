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

// The README names every recipe.
func TestREADMENamesEveryExample(t *testing.T) {
	folders, err := os.ReadDir("examples")
	require.NoError(t, err)
	for _, folder := range folders {
		if folder.IsDir() && folder.Name() != "internal" {
			require.Contains(t, read(t, "README.md"), folder.Name())
		}
	}
}
