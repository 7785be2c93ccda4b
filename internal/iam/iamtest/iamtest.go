// Package iamtest judges AWS calls by an IAM policy, as far as the policies of this module need it.
package iamtest

import (
	"encoding/json"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/iam"
)

// Judge checks that a policy allows all that some calls need, and that nothing in it is in vain: every action of every statement was needed. What
// was made before them, by anybody, may bear tags.
func Judge(t *testing.T, document string, calls []fake.Call, before ...fake.Call) {
	t.Helper()
	var p iam.Policy
	require.NoError(t, json.Unmarshal([]byte(document), &p))
	used := map[string]bool{} // by "Sid action"
	w := world{}
	for _, c := range before {
		w.note(c)
	}
	for _, c := range calls {
		for _, r := range w.requests(c) {
			by := ""
			for _, s := range p.Statement {
				if slices.Contains(s.Action, r.action) && r.allowedBy(s) {
					by = s.Sid
					break
				}
			}
			require.NotEmpty(t, by, "%s on %s with %v is not allowed by %s", r.action, r.resource, r.context, document)
			used[by+" "+r.action] = true
		}
		w.note(c)
	}
	all := map[string]bool{}
	for _, s := range p.Statement {
		for _, action := range s.Action {
			all[s.Sid+" "+action] = true
		}
	}
	require.Equal(t, slices.Sorted(maps.Keys(all)), slices.Sorted(maps.Keys(used)), "what the policy allows, and what was needed of it")
}

// Actions are the actions that a policy allows, without those of other services than prefix, which goes.
func Actions(t *testing.T, document, prefix string) []string {
	t.Helper()
	var p iam.Policy
	require.NoError(t, json.Unmarshal([]byte(document), &p))
	all := map[string]bool{}
	for _, s := range p.Statement {
		for _, action := range s.Action {
			if operation, ok := strings.CutPrefix(action, prefix); ok {
				all[operation] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// Methods are the names of an interface's methods.
func Methods[API any]() []string {
	var all []string
	for i := range reflect.TypeFor[API]().NumMethod() {
		all = append(all, reflect.TypeFor[API]().Method(i).Name)
	}
	return all
}

// request is what IAM is asked: may the caller do this to that?
type request struct {
	action, resource string
	context          map[string]string
}

func (r request) allowedBy(s iam.Statement) bool {
	on := slices.ContainsFunc(s.Resource, func(pattern string) bool {
		ok, _ := path.Match(strings.ReplaceAll(pattern, "/*", "/?*"), r.resource)
		return ok || pattern == "*"
	})
	for operator, keys := range s.Condition {
		for key, want := range keys {
			have, there := r.context[key]
			on = on && (operator == "Null" && want == "false" && there || operator == "StringEquals" && have == want)
		}
	}
	return on
}
