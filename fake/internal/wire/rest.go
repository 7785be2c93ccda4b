package wire

import (
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/aws/smithy-go"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
)

// restXML is the protocol of Route 53: paths, query parameters and XML bodies.
type restXML struct{}

var xmlMistakes = mistakes{says.XMLUnknown, says.XMLInvalid, says.MalformedXML}

// path is the HTTP method and the path of an operation.
type path struct {
	method   string
	segments []string // {Name} holds a member
	op       string
}

func (restXML) read(t *table, r *Request, inputs Inputs) (string, any, error) {
	op, at, ok := t.route(r.Method, r.Path)
	if !ok {
		return "", nil, says.UnknownOperation.Error(short(r.Method + " " + r.Path))
	}
	of, ok := inputs(op)
	if !ok {
		return "", nil, says.UnknownOperation.Error(op)
	}
	v := reflect.New(of)
	err := bind(t.plan(">", of), v.Elem(), at, r.Query)
	if err == nil {
		err = readBody(t, v.Elem(), op, r.Body)
	}
	return op, v.Interface(), xmlMistakes.refusal(err)
}

// route finds the operation of a path, and what the path holds.
func (t *table) route(method, escaped string) (op string, at map[string]string, ok bool) {
	var segments []string
	for _, s := range strings.Split(strings.TrimSuffix(escaped, "/"), "/") {
		plain, err := url.PathUnescape(s)
		if err != nil || !utf8.ValidString(plain) {
			return "", nil, false
		}
		segments = append(segments, plain)
	}
	for _, p := range t.paths {
		if p.method == method && slices.EqualFunc(p.segments, segments, fits) {
			return p.op, p.members(segments), true
		}
	}
	return "", nil, false
}

func fits(pattern, segment string) bool {
	return pattern == segment || strings.HasPrefix(pattern, "{") && segment != ""
}

func (p path) members(segments []string) map[string]string {
	out := map[string]string{}
	for i, s := range p.segments {
		if strings.HasPrefix(s, "{") {
			out[strings.Trim(s, "{}")] = segments[i]
		}
	}
	return out
}

// bind fills the members that are in the path and in the query.
func bind(p *plan, v reflect.Value, at map[string]string, query url.Values) error {
	for name, text := range at {
		if err := scalar(v.Field(p.byName[name].index), text); err != nil {
			return within(name, err)
		}
	}
	for name, texts := range query {
		f := p.byName[name]
		switch {
		case f == nil || f.place != '?':
			return unknown(short(name))
		case len(texts) > 1:
			return repeated(name)
		case !utf8.ValidString(texts[0]):
			return malformed("the query is not UTF-8")
		}
		if err := scalar(v.Field(f.index), texts[0]); err != nil {
			return within(name, err)
		}
	}
	return nil
}

// readBody fills the members that are in the body, if any are.
func readBody(t *table, v reflect.Value, op string, body []byte) error {
	inBody := func(f field) bool { return f.place == 0 }
	if len(body) == 0 || !slices.ContainsFunc(t.plan(">", v.Type()).fields, inBody) {
		return nil
	}
	root, err := document(body, op+"Request")
	if err != nil {
		return err
	}
	return decoder{t, false}.members(v, root)
}

func (restXML) write(t *table, op string, out reflect.Value, _ string) Answer {
	a := Answer{Status: http.StatusOK}
	for _, f := range t.plan("<", out.Type()).fields {
		if v := out.Field(f.index); f.place == '@' && !v.IsNil() {
			a.Status, a.Header = http.StatusCreated, http.Header{f.name: {v.Elem().String()}} // what has a Location was created
		}
	}
	e := &encoder{table: t}
	e.WriteString(declaration + "<" + op + `Response xmlns="` + t.version + `">`)
	e.members(out)
	e.close(op + "Response")
	a.Body = e.Bytes()
	return a
}

func (restXML) refuse(t *table, status int, err smithy.APIError, requestID string) []byte {
	var messages []string
	if batch, ok := err.(*types.InvalidChangeBatch); ok {
		messages = batch.Messages
	}
	return envelope(t.version, status, err, requestID, messages...)
}
