package wire

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// node is a member of a request with what is in it, whichever way the request was written.
type node struct {
	name string
	text []byte
	kids []*node
}

// deepest is how many levels of members a request may have; the deepest input of the SDK has fewer.
const deepest = 32

// form makes a tree of the dotted names of a form: Filter.1.Value.2=x.
func form(values url.Values) (*node, error) {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	b := builder{root: &node{}, at: map[string]*node{}}
	for _, name := range names {
		if len(values[name]) > 1 {
			return nil, repeated(name)
		}
		n, err := b.node(name, 0)
		if err != nil {
			return nil, err
		}
		n.text = []byte(values[name][0])
	}
	return b.root, nil
}

// builder makes a tree of dotted names.
type builder struct {
	root *node
	at   map[string]*node
}

func (b *builder) node(name string, depth int) (*node, error) {
	if n := b.at[name]; n != nil {
		return n, nil
	}
	if depth > deepest {
		return nil, malformed("the parameters are nested too deeply")
	}
	parent, own := b.root, name
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		var err error
		if parent, err = b.node(name[:i], depth+1); err != nil {
			return nil, err
		}
		own = name[i+1:]
	}
	n := &node{name: own}
	parent.kids = append(parent.kids, n)
	b.at[name] = n
	return n, nil
}

// numbered are the elements of a list in a form, in their order.
func (n *node) numbered() ([]*node, error) {
	for _, kid := range n.kids {
		if i, _ := strconv.Atoi(kid.name); i < 1 || strconv.Itoa(i) != kid.name {
			return nil, unknown(kid.name)
		}
	}
	slices.SortFunc(n.kids, func(a, b *node) int {
		x, _ := strconv.Atoi(a.name)
		y, _ := strconv.Atoi(b.name)
		return x - y
	})
	return n.kids, nil
}

// document makes a tree of an XML document, whose root must have one of a name.
func document(body []byte, root string) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\uFEFF"))))
	d.CharsetReader = notUTF8
	top := &node{}
	for stack := []*node{top}; ; {
		t, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && len(top.kids) == 1:
			if top.kids[0].name != root {
				return nil, malformed("want " + root + ", have " + top.kids[0].name)
			}
			return top.kids[0], nil
		case errors.Is(err, io.EOF):
			return nil, malformed("the XML document is empty")
		case err != nil:
			return nil, malformed(err.Error())
		}
		if stack, err = grow(stack, t); err != nil {
			return nil, err
		}
	}
}

func notUTF8(charset string, _ io.Reader) (io.Reader, error) {
	return nil, errors.New(charset + " is not UTF-8")
}

// grow takes one token of an XML document into the tree; the stack leads from its top to where the token stands.
func grow(stack []*node, t xml.Token) ([]*node, error) {
	at := stack[len(stack)-1]
	switch t := t.(type) {
	case xml.StartElement:
		if len(stack) > deepest {
			return nil, malformed("the XML document is nested too deeply")
		}
		if len(stack) == 1 && len(at.kids) > 0 {
			return nil, malformed("the XML document has two roots")
		}
		n := &node{name: t.Name.Local}
		at.kids = append(at.kids, n)
		return append(stack, n), nil
	case xml.EndElement:
		return stack[:len(stack)-1], nil
	case xml.CharData:
		if len(stack) == 1 && len(bytes.TrimSpace(t)) > 0 {
			return nil, malformed("the XML document has text around its root")
		}
		at.text = append(at.text, t...)
	}
	return stack, nil
}
