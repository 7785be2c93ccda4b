package fake

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"strings"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/wire"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const (
	largestBody = 1 << 20
	drained     = 16 << 20         // of a body that is too large, so that its sender reads the answer
	bodyTime    = 20 * time.Second // in which a request's body must have arrived
)

// ServeHTTP is AWS on the wire: EC2, Route 53, Elastic Load Balancing v2 and the GetCallerIdentity of STS, each in its own protocol, for
// every operation that an Account has. The account is that of the access key (see [Account.Credentials]) and the service and the Region are
// those of the signature, whatever the host, so that one address serves them all. Errors are AWS's, in each protocol's own XML, also those
// about requests that no AWS client sends. A call whose answer is lost, by a hook or a fault, loses its connection.
func (c *Cloud) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(bodyTime)) // what is no connection has no deadline
	a, err := c.answer(r, func() { _ = control.SetReadDeadline(time.Time{}) })
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	for name, values := range a.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body) // a caller that is gone has no use for it
}

// visit is one request on its way to its operation.
type visit struct {
	*wired
	query     url.Values
	signature *signature
	account   *Account
	body      []byte
}

// answer answers a request. An error means that there is no answer: the connection broke. received is called when the body is there.
func (c *Cloud) answer(r *http.Request, received func()) (a wire.Answer, err error) {
	v := &visit{}
	out, op, err := v.perform(c, r, received)
	var api smithy.APIError
	var id string
	var meta middleware.Metadata
	switch {
	case err == nil:
		id, meta = v.requestID(c), metadataOf(out)
		a = v.Write(op, out, id)
	case errors.As(err, &api):
		var status int
		status, id = v.status(c, err, api)
		a = v.Refuse(status, api, id)
	default:
		return a, transportError(err)
	}
	if a.Header == nil {
		a.Header = http.Header{}
	}
	a.Header["Content-Type"] = []string{"text/xml;charset=UTF-8"}
	a.Header["X-Amzn-Requestid"] = []string{id}
	if at, ok := awsmiddleware.GetServerTime(meta); ok {
		a.Header["Date"] = []string{at.UTC().Format(http.TimeFormat)}
	}
	return a, nil
}

// perform finds out who asks for what, and does it.
func (v *visit) perform(c *Cloud, r *http.Request, received func()) (out any, op string, err error) {
	v.wired = wires[guess(r)]
	if v.query, err = url.ParseQuery(r.URL.RawQuery); err != nil {
		return nil, "", says.MalformedQuery.Error(err)
	}
	if v.signature, err = signatureOf(r, v.query); err != nil {
		return nil, "", err
	}
	w := wires[v.signature.service]
	if w == nil {
		v.wired = wires["sts"] // the clients of most services read its errors, those of S3 too; EC2's nobody else does
		return nil, "", says.UnknownService.Error(v.signature.service)
	}
	v.wired = w
	if v.body, err = bodyOf(r); err != nil {
		return nil, "", err
	}
	received()
	if err := v.admit(c, r); err != nil {
		return nil, "", err
	}
	op, in, err := v.Read(v.request(r), v.input)
	if err != nil {
		return nil, "", err
	}
	out, err = v.ops[op].call(r.Context(), v.account, in)
	return out, op, err
}

// admit finds the account, and checks the signature where that is asked for.
func (v *visit) admit(c *Cloud, r *http.Request) error {
	id := accountOf(v.signature.key)
	switch {
	case id == "":
		return v.BadKey.Error()
	case !world.KnownRegion(v.signature.region):
		return says.WrongRegion.Error(v.signature.region)
	}
	v.account = c.account(id, v.signature.region)
	if c.VerifySignatures {
		return v.signature.verify(r, v.body, v.query, time.Now(), v.BadSignature)
	}
	return nil
}

// request is what the protocol is to read.
func (v *visit) request(r *http.Request) *wire.Request {
	for name := range v.query {
		if strings.HasPrefix(name, "X-Amz-") {
			delete(v.query, name)
		}
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return &wire.Request{Method: r.Method, Path: r.URL.EscapedPath(), Query: v.query, Body: v.body, Form: kind == "application/x-www-form-urlencoded"}
}

// guess is the service that a request without a readable signature is for, by its host and path.
func guess(r *http.Request) string {
	host, _, _ := strings.Cut(r.Host, ".")
	switch {
	case wires[host] != nil:
		return host
	case strings.HasPrefix(r.URL.Path, "/2013-04-01/"):
		return "route53"
	}
	return "ec2"
}

// bodyOf reads a request's body, which may be slow, too long, or end early.
func bodyOf(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, largestBody+1))
	switch {
	case len(body) > largestBody:
		_, _ = io.CopyN(io.Discard, r.Body, drained)
		return nil, says.RequestTooLarge.Error(largestBody)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, says.RequestTimeout.Error()
	case err != nil:
		return nil, says.RequestIncomplete.Error()
	}
	return body, nil
}

func (v *visit) requestID(c *Cloud) (id string) {
	c.do("", "", func(tx *world.Tx) { id = tx.RequestID() })
	return id
}

// status is the HTTP status of an error and the ID of the request that it answers.
func (v *visit) status(c *Cloud, err error, api smithy.APIError) (int, string) {
	var resp *awshttp.ResponseError
	status, id := http.StatusBadRequest, ""
	switch {
	case errors.As(err, &resp):
		status, id = resp.HTTPStatusCode(), resp.RequestID
	case api.ErrorFault() == smithy.FaultServer:
		status = http.StatusInternalServerError
	}
	if id == "" {
		id = v.requestID(c)
	}
	return status, id
}

// transportError is what is left of an error that is none of AWS's: the one of a hook, or a connection that broke.
func transportError(err error) error {
	var op *smithy.OperationError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

// metadataOf is the metadata in an operation's output.
func metadataOf(out any) middleware.Metadata {
	return reflect.ValueOf(out).Elem().FieldByName("ResultMetadata").Interface().(middleware.Metadata)
}
