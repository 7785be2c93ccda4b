package awsprivatelink_test

import (
	"cmp"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// public are the packages that users import.
var public = []string{"privatelink", "endpoint", "service", "dnszone", "fake"}

// verbs are those of privatelink.Resource: a type that has them all is a builder.
var verbs = []string{"Validate", "Find", "Plan", "Ensure", "WaitReady", "Delete", "WaitGone"}

// faces are the types of the fake whose methods are AWS's own operations.
var faces = []string{"EC2", "Route53", "ELBv2"}

// parsed is a package with its tests.
type parsed struct {
	*doc.Package
	tests []*ast.File
}

func parse(t *testing.T, dir string) parsed {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	fset := token.NewFileSet()
	var all []*ast.File
	var out parsed
	for _, name := range names {
		file, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		require.NoError(t, err)
		all = append(all, file)
		if strings.HasSuffix(name, "_test.go") {
			out.tests = append(out.tests, file)
		}
	}
	out.Package, err = doc.NewFromFiles(fset, all, "example.com/"+dir)
	require.NoError(t, err)
	return out
}

// functions are the exported functions by the name that their example has; those that doc files under a type are among them.
func (p parsed) functions() map[string]*doc.Func {
	out := map[string]*doc.Func{}
	for _, f := range p.Funcs {
		out[f.Name] = f
	}
	for _, t := range p.Types {
		for _, f := range t.Funcs {
			out[f.Name] = f
		}
	}
	return out
}

// methods are the exported methods of a type that are its own or written down with it, AWS's own operations left out.
func methods(t *doc.Type) (all []string) {
	if slices.Contains(faces, t.Name) {
		return nil
	}
	for _, m := range t.Methods {
		if m.Level == 0 {
			all = append(all, m.Name)
		}
	}
	return all
}

func isBuilder(t *doc.Type) bool {
	all := methods(t)
	return !slices.ContainsFunc(verbs, func(verb string) bool { return !slices.Contains(all, verb) })
}

// Every function has an example, and of every builder the constructor, the builder itself and each verb; every other method is called in an
// example at least.
func TestEverythingHasAnExample(t *testing.T) {
	for _, dir := range public {
		p := parse(t, dir)
		examples, calls := map[string]bool{}, map[string]bool{}
		for _, e := range doc.Examples(p.tests...) {
			require.True(t, e.Output != "" || e.EmptyOutput, "%s: Example%s is never run: it has no Output", dir, e.Name)
			examples[e.Name] = true
			ast.Inspect(e.Code, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					calls[s.Sel.Name] = true
				}
				return true
			})
		}
		var missing []string
		for name := range p.functions() {
			if !examples[name] {
				missing = append(missing, "Example"+name)
			}
		}
		for _, typ := range p.Types {
			all := methods(typ)
			if isBuilder(typ) {
				require.True(t, examples[typ.Name], "%s: Example%s shows all that can be declared", dir, typ.Name)
				for _, verb := range verbs {
					if name := typ.Name + "_" + verb; !examples[name] {
						missing = append(missing, "Example"+name)
					}
				}
			}
			for _, m := range all {
				if !calls[m] && !examples[typ.Name+"_"+m] {
					missing = append(missing, "a call of "+typ.Name+"."+m)
				}
			}
		}
		slices.Sort(missing)
		require.Empty(t, missing, dir)
	}
}

// Every exported name has a comment: types, functions, methods, constants, variables, and the members of API interfaces as a whole.
func TestEverythingHasAComment(t *testing.T) {
	for _, dir := range append([]string{".", "examples/recipe", "examples/recipe/recipetest"}, public...) {
		p := parse(t, dir)
		require.NotEmpty(t, p.Doc, dir)
		var bare []string
		note := func(name, text string) {
			if strings.TrimSpace(text) == "" && token.IsExported(name[strings.LastIndex(name, ".")+1:]) {
				bare = append(bare, name)
			}
		}
		values := func(all []*doc.Value) {
			for _, v := range all {
				commented := v.Doc != ""
				for _, spec := range v.Decl.Specs {
					s := spec.(*ast.ValueSpec)
					for _, name := range s.Names {
						if !commented && s.Doc.Text() == "" && s.Comment.Text() == "" {
							note(name.Name, "")
						}
					}
				}
			}
		}
		values(p.Consts)
		values(p.Vars)
		for name, f := range p.functions() {
			note(name, f.Doc)
		}
		for _, typ := range p.Types {
			note(typ.Name, typ.Doc)
			values(typ.Consts)
			values(typ.Vars)
			for _, m := range typ.Methods {
				note(typ.Name+"."+m.Name, m.Doc)
			}
		}
		require.Empty(t, bare, dir)
	}
}

// What is exported from where its fields cannot be read, as in go doc, has them in its comment, with its methods.
func TestCommentsOfAliasesNameWhatTheyHave(t *testing.T) {
	text := map[string]string{}
	for _, typ := range parse(t, "fake").Types {
		text[typ.Name] = typ.Doc
	}
	for _, typ := range []reflect.Type{reflect.TypeFor[fake.Path](), reflect.TypeFor[fake.Hop](), reflect.TypeFor[fake.DNSRecord](), reflect.TypeFor[fake.Request]()} {
		name := map[string]string{"Record": "DNSRecord"}[typ.Name()]
		doc := text[cmp.Or(name, typ.Name())]
		for i := range typ.NumField() {
			require.Regexp(t, `\b`+typ.Field(i).Name+`\b`, doc, typ.Name())
		}
		for i := range typ.NumMethod() {
			require.Regexp(t, `\b`+typ.Method(i).Name+`\b`, doc, typ.Name())
		}
	}
}

// The package comments have the sections that a reader looks for.
func TestPackageCommentsHaveTheirSections(t *testing.T) {
	for dir, sections := range map[string][]string{
		"privatelink": {"Errors", "Waiting", "Permissions"},
		"endpoint":    {"Errors", "Waiting", "Permissions"},
		"service":     {"Errors", "Waiting", "Permissions"},
		"dnszone":     {"Errors", "Waiting", "Permissions"},
		"fake":        {"Errors", "Time", "Permissions"},
	} {
		text := parse(t, dir).Doc
		for _, section := range sections {
			require.Contains(t, text, "\n# "+section+"\n", dir)
		}
	}
}
