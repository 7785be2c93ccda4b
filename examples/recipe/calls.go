package recipe

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// LogCalls logs each call of a configuration's clients when it is over, its retries included.
func LogCalls(cfg *aws.Config, out io.Writer, profile string) {
	cfg.APIOptions = append(cfg.APIOptions, logCalls(logger(out), cmp.Or(profile, "default")))
}

// LogFake logs each call of the fake when it is over. A hook that is there already stays.
func LogFake(cloud *fake.Cloud, out io.Writer) { cloud.After = logged(logger(out), cloud.After) }

// logger writes the calls as text, without the time of day.
func logger(out io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey && len(groups) == 0 {
			return slog.Attr{}
		}
		return a
	}}))
}

func logCalls(log *slog.Logger, profile string) func(*middleware.Stack) error {
	return func(stack *middleware.Stack) error {
		return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("recipe.LogCalls", func(
			ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
		) (middleware.InitializeOutput, middleware.Metadata, error) {
			began := time.Now()
			out, metadata, err := next.HandleInitialize(ctx, in)
			log.LogAttrs(ctx, slog.LevelInfo, awsmiddleware.GetOperationName(ctx), attributes(profile, awsmiddleware.GetRegion(ctx), time.Since(began), err)...)
			return out, metadata, err
		}), middleware.Before)
	}
}

func logged(log *slog.Logger, hook func(context.Context, *fake.Call) error) func(context.Context, *fake.Call) error {
	return func(ctx context.Context, call *fake.Call) (err error) {
		if hook != nil {
			err = hook(ctx, call)
		}
		log.LogAttrs(ctx, slog.LevelInfo, call.Op, attributes(call.Account, call.Region, time.Since(call.Time), call.Err)...)
		return err
	}
}

func attributes(who, region string, took time.Duration, err error) []slog.Attr {
	attrs := []slog.Attr{slog.String("account", who), slog.String("region", region), slog.Duration("took", took.Round(time.Millisecond))}
	if err != nil {
		attrs = append(attrs, slog.String("error", err.Error()))
	}
	return attrs
}
