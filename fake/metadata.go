package fake

import (
	"context"
	"net/http"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// dated is the metadata of an answer with a Date header. Only the SDK's own middleware can write the server's time.
func dated(tx *world.Tx) middleware.Metadata {
	header := http.Header{"Date": {tx.Shown(tx.Stamp()).UTC().Format(http.TimeFormat)}}
	answer := middleware.DeserializeHandlerFunc(
		func(context.Context, middleware.DeserializeInput) (middleware.DeserializeOutput, middleware.Metadata, error) {
			resp := &smithyhttp.Response{Response: &http.Response{Header: header}}
			return middleware.DeserializeOutput{RawResponse: resp}, middleware.Metadata{}, nil
		})
	_, m, _ := awsmiddleware.RecordResponseTiming{}.HandleDeserialize(context.Background(), middleware.DeserializeInput{}, answer)
	return m
}
