package messages_test

import (
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// How a message comes about.
const (
	problem = "problem" // what is wrong with a declaration: Problems.Add and whoever takes a format
	failure = "error"   // fmt.Errorf, errors.New
	panics  = "panic"
	says    = "AWS"    // what the fake says in AWS's words
	handed  = "handed" // a constructor that is given what was written elsewhere
	types   = "type"   // a type that is an error by itself
	text    = "text"   // any other text of more than one word: parts of messages, plans, progress
)

// source is a package without its tests.
type source struct {
	files     []*ast.File
	formatted map[string]bool // functions of the package that take a format

	fset  *token.FileSet
	names []string
	calls map[string]int // of constructors, by file
}

func parse(t *testing.T, dir string) *source {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	s := &source{formatted: map[string]bool{"Add": true, "Problem": true}, fset: token.NewFileSet()}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(s.fset, name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		if file.Name.Name == "main" && !strings.Contains(filepath.ToSlash(dir), "examples/") {
			continue // a generator
		}
		s.files, s.names = append(s.files, file), append(s.names, name)
		s.wrappers(file)
	}
	return s
}

// wrappers notes which functions take a format, by a parameter of that name: what they are given are messages.
func (s *source) wrappers(file *ast.File) {
	takes := func(f *ast.FuncType) bool {
		return slices.ContainsFunc(f.Params.List, func(p *ast.Field) bool {
			return slices.ContainsFunc(p.Names, func(n *ast.Ident) bool { return n.Name == "format" })
		})
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			s.formatted[n.Name.Name] = s.formatted[n.Name.Name] || takes(n.Type)
		case *ast.AssignStmt:
			for i, right := range n.Rhs {
				if f, ok := right.(*ast.FuncLit); ok && takes(f.Type) {
					s.formatted[n.Lhs[i].(*ast.Ident).Name] = true
				}
			}
		}
		return true
	})
}

// messages are all messages of the package, by how they come about, sorted.
func (s *source) messages() map[string][]string {
	out := map[string][]string{}
	s.calls = map[string]int{}
	add := func(kind, m string) {
		if !slices.Contains(out[kind], m) {
			out[kind] = append(out[kind], m)
		}
	}
	for i, file := range s.files {
		taken := map[ast.Node]bool{} // literals that belong to a message already
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec, *ast.Field:
				return !isField(n)
			case *ast.CallExpr:
				kind := s.constructor(n)
				if kind == "" {
					return true // its texts are looked at one by one
				}
				if kind == failure || kind == panics {
					s.calls[s.names[i]]++
				}
				if m, ok := messageOf(n.Args, taken); ok {
					add(kind, m)
				} else if kind == failure || kind == panics {
					add(handed, s.source(n))
				}
			case *ast.FuncDecl:
				if n.Recv != nil && n.Name.Name == "Error" && len(n.Type.Params.List) == 0 {
					add(types, s.source(n.Recv.List[0].Type))
				}
			case *ast.KeyValueExpr:
				switch key, _ := n.Key.(*ast.Ident); {
				case key != nil && key.Name == "Problems": // of an InvalidError
					list, _ := n.Value.(*ast.CompositeLit)
					for i := 0; list != nil && i < len(list.Elts); i++ {
						if m, ok := literal(list.Elts[i], taken); ok {
							add(problem, m)
						}
					}
				case key != nil && key.Name == "Evidence":
					return false
				case key != nil && key.Name == "Format":
					if m, ok := literal(n.Value, taken); ok {
						add(says, m)
					}
				}
			case *ast.BinaryExpr, *ast.BasicLit:
				if taken[n] {
					return true
				}
				if m, ok := literal(n.(ast.Expr), taken); ok && isText(m) {
					add(text, m)
				}
			}
			return true
		})
	}
	for _, all := range out {
		slices.Sort(all)
	}
	return out
}

// source is how a node is written.
func (s *source) source(n ast.Node) string {
	var out strings.Builder
	_ = printer.Fprint(&out, s.fset, n)
	return out.String()
}

func isField(n ast.Node) bool { f, ok := n.(*ast.Field); return ok && f.Tag != nil }

// constructor is how the result of a call reaches the user, "" where it is no message.
func (s *source) constructor(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		if f.Name == "panic" {
			return panics
		}
		if s.formatted[f.Name] {
			return problem
		}
	case *ast.SelectorExpr:
		pkg, _ := f.X.(*ast.Ident)
		switch {
		case pkg != nil && pkg.Name+"."+f.Sel.Name == "fmt.Errorf", pkg != nil && pkg.Name+"."+f.Sel.Name == "errors.New":
			return failure
		case s.formatted[f.Sel.Name] && len(call.Args) > 0:
			return problem
		}
	}
	return ""
}

// messageOf is the message among the arguments of a constructor: the first that is a text.
func messageOf(args []ast.Expr, taken map[ast.Node]bool) (string, bool) {
	for _, arg := range args {
		if call, ok := arg.(*ast.CallExpr); ok && len(call.Args) > 0 { // panic(fmt.Sprintf("…"))
			if m, ok := literal(call.Args[0], taken); ok {
				return m, true
			}
		}
		if m, ok := literal(arg, taken); ok {
			return m, true
		}
	}
	return "", false
}

// literal is the text of an expression of literals and other operands, which become %s. Without a literal it is none.
func literal(e ast.Expr, taken map[ast.Node]bool) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		taken[e] = true
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.ParenExpr:
		return literal(e.X, taken)
	case *ast.BinaryExpr:
		if e.Op != token.ADD {
			return "", false
		}
		taken[e] = true
		left, ok := literal(e.X, taken)
		right, also := literal(e.Y, taken)
		if !ok && !also {
			return "", false
		}
		if !ok {
			left = "%s"
		}
		if !also {
			right = "%s"
		}
		return left + right, true
	}
	return "", false
}

var word = regexp.MustCompile(`[a-z]{2,}`)

// isText tells whether a literal is a text for people: of several words, of which one at least is not a name of AWS's.
func isText(s string) bool {
	words := strings.Fields(s)
	return len(words) > 1 && slices.ContainsFunc(words, func(w string) bool { return word.FindString(w) != "" && strings.ToLower(w) == w })
}
