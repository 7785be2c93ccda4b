package awsprivatelink_test

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// blocks gives the README's fenced blocks of one language.
func blocks(t *testing.T, language string) (all []string) {
	fenced := regexp.MustCompile("(?ms)^```" + language + "\n(.*?)^```$")
	for _, m := range fenced.FindAllStringSubmatch(read(t, "README.md"), -1) {
		all = append(all, m[1])
	}
	return all
}

func read(t *testing.T, name string) string {
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(text)
}

func TestREADMECodeCompiles(t *testing.T) {
	var compiled []string
	marked := regexp.MustCompile(`(?ms)^(\t*)// readme: \w+\n(.*?)^\t*// end$`)
	for _, m := range marked.FindAllStringSubmatch(read(t, "example_test.go"), -1) {
		code := regexp.MustCompile("(?m)^"+m[1]).ReplaceAllString(m[2], "")
		compiled = append(compiled, strings.Trim(code, "\n")+"\n")
	}
	require.Len(t, compiled, 4)
	require.Equal(t, compiled, blocks(t, "go"))
}

// The golden file is held equal to what the example prints by the example's own test.
func TestREADMEShowsWhatTheExamplePrints(t *testing.T) {
	golden := read(t, filepath.Join("examples", "internal-api", "testdata", "story.golden"))
	require.LessOrEqual(t, strings.Count(golden, "\n"), 25)
	require.Equal(t, []string{golden}, blocks(t, "text"))
}

func TestREADMENamesEveryIAMAction(t *testing.T) {
	readme := read(t, "README.md")
	for prefix, apis := range map[string][]reflect.Type{
		"ec2:":     {reflect.TypeFor[endpoint.API](), reflect.TypeFor[service.API]()},
		"route53:": {reflect.TypeFor[dnszone.API]()},
	} {
		for _, api := range apis {
			for i := range api.NumMethod() {
				require.Contains(t, readme, "`"+prefix+api.Method(i).Name+"`")
			}
		}
	}
}
