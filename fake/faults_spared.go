package fake

import (
	"reflect"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// spared are things that a call on several leaves alone and reports as Unsuccessful.
type spared struct {
	code, message string
	ids           []string
}

// batchMembers are the operations on several things, with the member that names these.
var batchMembers = map[operationName]string{
	"DeleteVpcEndpoints":                       "VpcEndpointIds",
	"AcceptVpcEndpointConnections":             "VpcEndpointIds",
	"RejectVpcEndpointConnections":             "VpcEndpointIds",
	"DeleteVpcEndpointServiceConfigurations":   "ServiceIds",
	"DeleteVpcEndpointConnectionNotifications": "ConnectionNotificationIds",
}

// staleness is how old the world is that a read sees, beyond the lag of all reads; 0 when it is not.
func (b *blow) staleness() time.Duration {
	if b == nil {
		return 0
	}
	return b.stale
}

// sparing makes an operation leave some things alone.
func sparing[In, Out any](op string, b *blow, run operation[In, Out]) operation[In, Out] {
	if b == nil || len(b.spared) == 0 {
		return run
	}
	return func(tx *world.Tx, in *In) (*Out, error) {
		rest := *in
		member := reflect.ValueOf(&rest).Elem().FieldByName(batchMembers[operationName(op)])
		ids := member.Interface().([]string)
		var items []types.UnsuccessfulItem
		for _, s := range b.spared {
			chosen := s.chosen(ids)
			ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
				hit := slices.Contains(chosen, id)
				if hit {
					items = append(items, item(id, s.code, s.message))
				}
				return hit
			})
		}
		member.Set(reflect.ValueOf(ids))
		out, err := new(Out), error(nil)
		if len(ids) > 0 {
			out, err = run(tx, &rest)
		}
		if err != nil {
			return nil, err
		}
		failed := reflect.ValueOf(out).Elem().FieldByName("Unsuccessful")
		failed.Set(reflect.AppendSlice(failed, reflect.ValueOf(items)))
		return out, nil
	}
}

// chosen are the IDs that are meant: by default the last.
func (s spared) chosen(ids []string) []string {
	if len(s.ids) > 0 || len(ids) == 0 {
		return s.ids
	}
	return ids[len(ids)-1:]
}

func item(id, code, message string) types.UnsuccessfulItem {
	return types.UnsuccessfulItem{ResourceId: &id, Error: &types.UnsuccessfulItemError{Code: &code, Message: &message}}
}
