package simulation_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
)

// The children of TestProcesses find the fake, and what to declare, here.
const (
	socketVar = "PRIVATELINK_SIMULATION_SOCKET"
	vpcVar    = "PRIVATELINK_SIMULATION_VPC"
)

// Eight processes of the operating system ensure one declaration at once: there is one resource, and everybody gets it.
func TestProcesses(t *testing.T) {
	if socket := os.Getenv(socketVar); socket != "" {
		child(t, socket)
		return
	}
	cloud := &fake.Cloud{Delay: 50 * time.Millisecond}
	account := cloud.Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	socket := serve(t, account)
	var all sync.WaitGroup
	said := make([]string, 8)
	for i := range said {
		all.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			c := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestProcesses$", "-test.v")
			c.Env = append(os.Environ(), socketVar+"="+socket, vpcVar+"="+vpc.ID)
			out, err := c.CombinedOutput()
			said[i] = string(out)
			if err != nil {
				said[i] += err.Error()
			}
		})
	}
	all.Wait()
	created := map[string]bool{}
	for _, c := range cloud.Calls() {
		if out, ok := c.Output.(*ec2.CreateVpcEndpointOutput); ok {
			created[*out.VpcEndpoint.VpcEndpointId] = true
		}
	}
	require.Len(t, created, 1)
	for id := range created {
		for _, s := range said {
			require.Contains(t, s, "ensured "+id)
		}
	}
}

func child(t *testing.T, socket string) {
	e, err := endpoint.Interface("orders").VPC(os.Getenv(vpcVar)).Service(sts).WaitReady(t.Context(), newRemote(socket))
	require.NoError(t, err)
	fmt.Println("ensured", e.ID)
}

// message is a call, or its answer, on the way between two processes.
type message struct {
	Op, Code, Error string
	Body            json.RawMessage
}

// serve performs the calls of other processes on an account.
func serve(t *testing.T, account *fake.Account) (socket string) {
	dir, err := os.MkdirTemp("", "sim") // t.TempDir's names can be too long for a socket
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	socket = filepath.Join(dir, "fake")
	listener, err := net.Listen("unix", socket)
	require.NoError(t, err)
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var in message
		if json.NewDecoder(r.Body).Decode(&in) == nil {
			_ = json.NewEncoder(w).Encode(perform(r.Context(), account, in))
		}
	}), ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return socket
}

// perform calls the method of an operation.
func perform(ctx context.Context, account *fake.Account, m message) (answer message) {
	method := reflect.ValueOf(account).MethodByName(m.Op)
	in := reflect.New(method.Type().In(1).Elem())
	if err := json.Unmarshal(m.Body, in.Interface()); err != nil {
		return message{Error: err.Error()}
	}
	out := method.Call([]reflect.Value{reflect.ValueOf(ctx), in})
	if err, failed := out[1].Interface().(error); failed {
		var api smithy.APIError
		if errors.As(err, &api) {
			answer.Code = api.ErrorCode()
		}
		answer.Error = err.Error()
		return answer
	}
	body, err := json.Marshal(out[0].Interface())
	if err != nil {
		return message{Error: err.Error()}
	}
	return message{Body: body}
}

// remote is an account of another process.
type remote struct {
	endpoint.API // what is not needed
	client       *http.Client
}

func newRemote(socket string) *remote {
	return &remote{client: &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}}}
}

// ReadLag: the fake of TestProcesses shows everything at once.
func (*remote) ReadLag() time.Duration { return 0 }

func forward[In, Out any](ctx context.Context, r *remote, op string, in *In) (*Out, error) {
	body, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	sent, err := json.Marshal(message{Op: op, Body: body})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://fake/", bytes.NewReader(sent))
	if err != nil {
		return nil, err
	}
	response, err := r.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	var answer message
	if err := json.NewDecoder(io.LimitReader(response.Body, 1<<20)).Decode(&answer); err != nil {
		return nil, err
	}
	if answer.Error != "" {
		return nil, &smithy.GenericAPIError{Code: answer.Code, Message: answer.Error}
	}
	out := new(Out)
	return out, json.Unmarshal(answer.Body, out)
}

func (r *remote) DescribeVpcEndpoints(ctx context.Context, in *ec2.DescribeVpcEndpointsInput, _ ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointsOutput, error) {
	return forward[ec2.DescribeVpcEndpointsInput, ec2.DescribeVpcEndpointsOutput](ctx, r, "DescribeVpcEndpoints", in)
}

func (r *remote) CreateVpcEndpoint(ctx context.Context, in *ec2.CreateVpcEndpointInput, _ ...func(*ec2.Options)) (*ec2.CreateVpcEndpointOutput, error) {
	return forward[ec2.CreateVpcEndpointInput, ec2.CreateVpcEndpointOutput](ctx, r, "CreateVpcEndpoint", in)
}

// journalOf is what a cloud was called, a line for each call.
func journalOf(cloud *fake.Cloud, line func(*fake.Call) string) string {
	var lines []string
	for i, c := range cloud.Calls() {
		lines = append(lines, fmt.Sprintf("%3d %s %s", i+1, c.Caller, line(&c)))
	}
	return strings.Join(lines, "\n")
}
