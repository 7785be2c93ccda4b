// Package says holds what AWS says when it refuses: codes, messages, statuses, and how each is known. It is data only.
package says

import (
	"errors"
	"fmt"
	"net/http"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Sure is how well a text is known.
type Sure byte

// How a text is known: from AWS's documents or SDK, observed on AWS, inferred from these, or not verified.
const (
	D Sure = 'D'
	O Sure = 'O'
	I Sure = 'I'
	U Sure = 'U'
)

// Text is one refusal: its code, the message with its verbs, the HTTP status, and the evidence.
type Text struct {
	Code, Format string
	Status       int // 0 means 400
	Evidence     string
	Sure         Sure
	Other        string // another code that it might have, where nobody has recorded it
}

// Or is the text with its other code, or as it is.
func (t Text) Or(other bool) Text {
	if other {
		t.Code = t.Other
	}
	return t
}

// Error is the refusal as the SDK's client returns it from the wire: an API error inside an HTTP response error. Whose fault it is the SDK
// leaves unknown where it has no type for the code.
func (t Text) Error(args ...any) error {
	return Response(t.status(), &smithy.GenericAPIError{Code: t.Code, Message: t.Message(args...)})
}

// Message is the message with its verbs filled in.
func (t Text) Message(args ...any) string {
	if len(args) == 0 {
		return t.Format
	}
	return fmt.Sprintf(t.Format, args...)
}

func (t Text) status() int {
	if t.Status == 0 {
		return http.StatusBadRequest
	}
	return t.Status
}

// Response puts an API error into the HTTP response error in which the SDK's clients return it.
func Response(status int, err error) error {
	return &awshttp.ResponseError{ResponseError: &smithyhttp.ResponseError{
		Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status, Header: http.Header{}}}, Err: err}}
}

// Item is the code and message of a refusal that stands in an Unsuccessful list instead of failing the call.
func Item(err error) (code, message string) {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode(), api.ErrorMessage()
	}
	return InternalError.Code, err.Error()
}
