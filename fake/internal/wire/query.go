package wire

import (
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/aws/smithy-go"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
)

// query is the protocol AWS Query of a service with an XML namespace, to which its version is appended.
type query struct{ space string }

// ec2Query is EC2's dialect of it: lists are flat, answers have no envelope, and errors one of their own.
type ec2Query struct{}

var (
	queryMistakes = mistakes{says.QueryUnknown, says.QueryInvalid, says.MalformedQuery}
	ec2Mistakes   = mistakes{says.UnknownParameter, says.InvalidParameterText, says.MalformedQuery}
)

const ec2Space = "http://ec2.amazonaws.com/doc/"

func (query) read(t *table, r *Request, inputs Inputs) (string, any, error) {
	op, in, err := readForm(t, r, inputs)
	return op, in, queryMistakes.refusal(err)
}

func (ec2Query) read(t *table, r *Request, inputs Inputs) (string, any, error) {
	op, in, err := readForm(t, r, inputs)
	return op, in, ec2Mistakes.refusal(err)
}

// readForm reads a request whose parameters are in its query or, as a form, in its body.
func readForm(t *table, r *Request, inputs Inputs) (op string, in any, err error) {
	values, err := parameters(r)
	if err != nil {
		return "", nil, err
	}
	op, version := values.Get("Action"), values.Get("Version")
	of, ok := inputs(op)
	switch {
	case op == "":
		return "", nil, says.MissingAction.Error()
	case !ok:
		return "", nil, says.InvalidAction.Error(short(op))
	case version == "":
		return "", nil, says.MissingParameter.Error("Version")
	case version != t.version:
		return "", nil, says.NoSuchVersion.Error(short(version), t.version)
	}
	delete(values, "Action")
	delete(values, "Version")
	root, err := form(values)
	if err != nil {
		return "", nil, err
	}
	v := reflect.New(of)
	return op, v.Interface(), decoder{t, true}.members(v.Elem(), root)
}

// short is the beginning of a text, enough to tell what a caller sent.
func short(s string) string { return s[:min(len(s), 200)] }

func parameters(r *Request) (url.Values, error) {
	values := url.Values{}
	if r.Form {
		var err error
		if values, err = url.ParseQuery(string(r.Body)); err != nil {
			return nil, malformed(err.Error())
		}
	}
	for name, value := range r.Query {
		values[name] = append(values[name], value...)
	}
	for name, value := range values {
		if !utf8.ValidString(name) || !utf8.ValidString(value[0]) {
			return nil, malformed("the parameters are not UTF-8")
		}
		if len(value) > 1 {
			return nil, repeated(short(name))
		}
	}
	return values, nil
}

func (q query) write(t *table, op string, out reflect.Value, requestID string) Answer {
	e := &encoder{table: t}
	e.WriteString("<" + op + `Response xmlns="` + q.space + t.version + `/">`)
	e.open(op + "Result")
	e.members(out)
	e.close(op + "Result")
	e.open("ResponseMetadata")
	e.tag("RequestId", requestID)
	e.close("ResponseMetadata")
	e.close(op + "Response")
	return Answer{Status: http.StatusOK, Body: e.Bytes()}
}

func (q query) refuse(t *table, status int, err smithy.APIError, requestID string) []byte {
	return envelope(q.space+t.version+"/", status, err, requestID)
}

// envelope is an error as AWS Query and REST-XML have it. Messages are the list that the refusal of a batch of records has besides.
func envelope(space string, status int, err smithy.APIError, requestID string, messages ...string) []byte {
	e := &encoder{}
	e.WriteString(declaration + `<ErrorResponse xmlns="` + space + `"><Error>`)
	side := "Sender"
	if status >= http.StatusInternalServerError {
		side = "Receiver"
	}
	e.tag("Type", side)
	e.fault(err)
	if len(messages) > 0 {
		e.open("Messages")
		for _, m := range messages {
			e.tag("Message", clean(m))
		}
		e.close("Messages")
	}
	e.WriteString("</Error>")
	e.tag("RequestId", requestID)
	e.close("ErrorResponse")
	return e.Bytes()
}

func (e *encoder) fault(err smithy.APIError) {
	e.tag("Code", err.ErrorCode())
	e.tag("Message", clean(err.ErrorMessage()))
}

func clean(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

func (ec2Query) write(t *table, op string, out reflect.Value, requestID string) Answer {
	e := &encoder{table: t}
	e.Grow(2048)
	e.WriteString(declaration + "<" + op + `Response xmlns="` + ec2Space + t.version + `/">`)
	e.tag("requestId", requestID)
	e.members(out)
	e.close(op + "Response")
	return Answer{Status: http.StatusOK, Body: e.Bytes()}
}

func (ec2Query) refuse(_ *table, _ int, err smithy.APIError, requestID string) []byte {
	e := &encoder{}
	e.WriteString(declaration + "<Response><Errors><Error>")
	e.fault(err)
	e.WriteString("</Error></Errors>")
	e.tag("RequestID", requestID)
	e.close("Response")
	return e.Bytes()
}
