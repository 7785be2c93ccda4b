package awsprivatelink_test

import (
	"flag"
	"fmt"
	"go/doc/comment"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/service"
)

var update = flag.Bool("update", false, "write docs/iam.md anew")

// compiled is the code of all tests that docs quote from, one line after the other, without indentation.
func compiled(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("*_test.go")
	require.NoError(t, err)
	files = append(files, "internal/quickstart/connect.go", "internal/quickstart/connect_test.go")
	for _, dir := range public {
		more, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
		require.NoError(t, err)
		files = append(files, more...)
	}
	var all strings.Builder
	for _, name := range files {
		all.WriteString(flush(read(t, name)))
	}
	return all.String()
}

// flush takes the indentation away, and what gofmt does to comments at the end of lines.
func flush(code string) string {
	blanks := regexp.MustCompile(` +//`)
	var all strings.Builder
	for line := range strings.Lines(code) {
		all.WriteString(blanks.ReplaceAllString(strings.TrimSpace(line), " //") + "\n")
	}
	return all.String()
}

// Go code in README, in the pages and in the comments of packages is quoted from code that is compiled.
func TestDocsQuoteCompiledCode(t *testing.T) {
	code := compiled(t)
	pages, err := filepath.Glob("docs/*.md")
	require.NoError(t, err)
	for _, page := range append(pages, "README.md") {
		for _, block := range fenced(t, page, "go") {
			require.True(t, strings.Contains(code, flush(block)), "%s quotes code that is nowhere compiled:\n%s", page, block)
		}
	}
	var parser comment.Parser
	for _, dir := range append([]string{"."}, public...) {
		p := parse(t, dir)
		texts := []string{p.Doc}
		for _, typ := range p.Types {
			texts = append(texts, typ.Doc)
			for _, m := range typ.Methods {
				texts = append(texts, m.Doc)
			}
		}
		for _, f := range p.functions() {
			texts = append(texts, f.Doc)
		}
		for _, text := range texts {
			for _, block := range parser.Parse(text).Content {
				if c, ok := block.(*comment.Code); ok {
					require.True(t, strings.Contains(code, flush(c.Text)), "a comment of package %s quotes code that is nowhere compiled:\n%s", dir, c.Text)
				}
			}
		}
	}
}

// fenced gives a page's fenced blocks of one language.
func fenced(t *testing.T, page, language string) (all []string) {
	t.Helper()
	for _, m := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(read(t, page), -1) {
		all = append(all, m[1])
	}
	return all
}

// The page for those who come from the SDK names every call that the packages make.
func TestFromSDKNamesEveryCall(t *testing.T) {
	page := read(t, "docs/from-sdk.md")
	for _, api := range []reflect.Type{reflect.TypeFor[endpoint.API](), reflect.TypeFor[service.API](), reflect.TypeFor[dnszone.API]()} {
		for i := range api.NumMethod() {
			require.Contains(t, page, "`"+api.Method(i).Name+"`")
		}
	}
}

// docs/iam.md is written from what IAMPolicy gives.
func TestIAMPage(t *testing.T) {
	var b strings.Builder
	b.WriteString(iamIntroduction)
	section := func(title, code, policy string) {
		fmt.Fprintf(&b, "\n## %s\n\n`%s`\n\n```json\n%s```\n", title, code, policy)
	}
	section("Interface endpoints", "endpoint.IAMPolicy(endpoint.KindInterface)", endpoint.IAMPolicy(endpoint.KindInterface))
	section("Gateway Load Balancer endpoints", "endpoint.IAMPolicy(endpoint.KindGatewayLoadBalancer)", endpoint.IAMPolicy(endpoint.KindGatewayLoadBalancer))
	section("Gateway endpoints", "endpoint.IAMPolicy(endpoint.KindGateway)", endpoint.IAMPolicy(endpoint.KindGateway))
	section("Endpoint services, by their provider", "service.IAMPolicy(service.Provider)", service.IAMPolicy(service.Provider))
	section("Connections, by who answers them", "service.IAMPolicy(service.Acceptor)", service.IAMPolicy(service.Acceptor))
	section("Hosted zones, by their owner", "dnszone.IAMPolicy(dnszone.ZoneOwner)", dnszone.IAMPolicy(dnszone.ZoneOwner))
	section("Hosted zones, by the owner of a VPC in them", "dnszone.IAMPolicy(dnszone.VPCOwner)", dnszone.IAMPolicy(dnszone.VPCOwner))
	section("Records in a zone of somebody else", "dnszone.IAMPolicy(dnszone.RecordWriter)", dnszone.IAMPolicy(dnszone.RecordWriter))
	if *update {
		require.NoError(t, os.WriteFile("docs/iam.md", []byte(b.String()), 0o644))
	}
	require.Equal(t, b.String(), read(t, "docs/iam.md"), "go test . -run TestIAMPage -update")
}

const iamIntroduction = `# What IAM has to allow

The least policies, by package and role. They are what the functions ` + "`IAMPolicy`" + ` of the packages return, which tests hold against every call that the
packages make: nothing is missing, and nothing is in vain. Each statement says by its ` + "`Sid`" + ` what it is for; leave out what you do not use:

- ` + "`Read`" + ` and its kin are enough for ` + "`Find` and `Plan`" + `.
- ` + "`Create`, `TagNew` and `Change`" + ` only let be made, changed and deleted what bears this library's tag, ` + "`privatelink:name`" + `. ` + "`Adopt`" + ` lets that tag be set on
  what others made, which ` + "`Change`" + ` then covers: leave it out where nothing is adopted. Route 53 knows no conditions on tags.
- ` + "`PrivateDNS`, `CrossRegion`, `ReadLoadBalancers`, `Routes` and `Share`" + ` are for the features of those names.

Narrow them down further with your account, Region and IDs in place of the asterisks.
`

// The README has room for what a reader wants first, and no more.
func TestREADMEIsShort(t *testing.T) {
	require.LessOrEqual(t, strings.Count(read(t, "README.md"), "\n"), 200)
}

// Links within the repository lead somewhere.
func TestLinksLeadSomewhere(t *testing.T) {
	pages, err := filepath.Glob("docs/*.md")
	require.NoError(t, err)
	link := regexp.MustCompile(`\]\(([^)#]+)(#[^)]*)?\)`)
	for _, page := range append(pages, "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "examples/README.md", "fake/FIDELITY.md") {
		for _, m := range link.FindAllStringSubmatch(read(t, page), -1) {
			if !strings.Contains(m[1], "://") {
				_, err := os.Stat(filepath.Join(filepath.Dir(page), m[1]))
				require.NoError(t, err, page)
			}
		}
	}
}

// Each builder's comment names its identity, what is required, and its verbs.
func TestBuildersSayWhatTheyNeed(t *testing.T) {
	builders := 0
	for _, dir := range public {
		for _, typ := range parse(t, dir).Types {
			if !isBuilder(typ) {
				continue
			}
			builders++
			for _, word := range append(slices.Clone(verbs), "Identity: ", "Required: ", "Verbs: ") {
				require.Contains(t, typ.Doc, word, typ.Name)
			}
		}
	}
	require.Equal(t, 9, builders)
}
