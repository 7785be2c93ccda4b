// Package policy compares endpoint policies by what they mean.
package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// FullAccess is the policy that AWS attaches where none is given.
const FullAccess = `{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}`

// Equal tells whether two documents mean the same. The order of statements and lists, a single value instead of a list, "*" instead of
// {"AWS":"*"}, an account's ID instead of its root, a missing Version instead of 2008-10-17, the case of actions, and statement IDs make no
// difference. Equal texts are not parsed; a document that cannot be understood equals only its own text.
func Equal(a, b string) bool {
	if a == b {
		return true
	}
	x, errX := canonical(a)
	y, errY := canonical(b)
	return errX == nil && errY == nil && x == y
}

// Check says what is wrong with a document, nil when nothing is.
func Check(document string) error {
	_, err := canonical(document)
	return err
}

// Label names a document without telling what is in it.
func Label(document string) string {
	if Equal(document, FullAccess) {
		return "full access"
	}
	text, err := canonical(document)
	if err != nil {
		text = document
	}
	sum := sha256.Sum256([]byte(text))
	return "policy " + hex.EncodeToString(sum[:4])
}

// oldVersion is what AWS takes a missing Version for.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
const oldVersion = "2008-10-17"

func canonical(document string) (string, error) {
	var top map[string]any
	reader := json.NewDecoder(strings.NewReader(document))
	reader.UseNumber() // an account's ID may stand without quotes
	if err := reader.Decode(&top); err != nil {
		return "", errors.New("it is not a JSON object")
	}
	if _, err := reader.Token(); err != io.EOF {
		return "", errors.New("something follows the JSON object")
	}
	version, statements := oldVersion, []string(nil)
	for key, value := range top {
		switch strings.ToLower(key) {
		case "version":
			text, ok := value.(string)
			if !ok || text != oldVersion && text != "2012-10-17" {
				return "", fmt.Errorf("its Version is neither %s nor 2012-10-17", oldVersion)
			}
			version = text
		case "id":
		case "statement":
			for _, item := range list(value) {
				s, err := statement(item)
				if err != nil {
					return "", err
				}
				statements = append(statements, s)
			}
		default:
			return "", fmt.Errorf("it has an element %q, which no policy has", key)
		}
	}
	if len(statements) == 0 {
		return "", errors.New("it has no Statement")
	}
	slices.Sort(statements)
	return version + "\n" + strings.Join(slices.Compact(statements), "\n"), nil
}

// statement writes one statement canonically.
func statement(item any) (string, error) {
	fields, ok := item.(map[string]any)
	if !ok {
		return "", errors.New("a statement is not an object")
	}
	out := map[string]any{}
	for key, value := range fields {
		var err error
		switch name := strings.ToLower(key); name {
		case "sid":
		case "effect":
			if value != "Allow" && value != "Deny" {
				return "", errors.New("an Effect is neither Allow nor Deny")
			}
			out[name] = value
		case "action", "notaction":
			out[name], err = set(value, strings.ToLower)
		case "resource", "notresource":
			out[name], err = set(value, same)
		case "principal", "notprincipal":
			out[name], err = principals(value)
		case "condition":
			out[name], err = conditions(value)
		default:
			err = fmt.Errorf("a statement has an element %q, which no statement has", key)
		}
		if err != nil {
			return "", err
		}
	}
	if out["effect"] == nil || out["action"] == nil && out["notaction"] == nil {
		return "", errors.New("a statement has no Effect or no Action")
	}
	text, err := json.Marshal(out)
	return string(text), err
}

func list(value any) []any {
	if many, ok := value.([]any); ok {
		return many
	}
	return []any{value}
}

func same(s string) string { return s }

// set is a list of texts, or a single one, in canonical order.
func set(value any, fold func(string) string) ([]string, error) {
	var out []string
	for _, v := range list(value) {
		switch v := v.(type) {
		case string:
			out = append(out, fold(v))
		case bool, json.Number:
			out = append(out, fmt.Sprint(v))
		default:
			return nil, errors.New("a list has a member that is no text")
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// root is the ARN by which a whole account is named, like its bare ID.
var root = regexp.MustCompile(`^arn:aws[a-z-]*:iam::([0-9]{12}):root$`)

func principals(value any) (any, error) {
	kinds, ok := value.(map[string]any)
	if !ok {
		kinds = map[string]any{"AWS": value}
	}
	out := map[string][]string{}
	for kind, who := range kinds {
		all, err := set(who, func(s string) string {
			if m := root.FindStringSubmatch(s); m != nil && kind == "AWS" {
				return m[1]
			}
			return s
		})
		if err != nil {
			return nil, err
		}
		out[kind] = all
	}
	return out, nil
}

// conditions are operators with keys with values; the names of operators and keys are compared without case.
func conditions(value any) (any, error) {
	operators, ok := value.(map[string]any)
	if !ok {
		return nil, errors.New("a Condition is not an object")
	}
	out := map[string]map[string][]string{}
	for operator, tests := range operators {
		keys, ok := tests.(map[string]any)
		if !ok {
			return nil, errors.New("an operator of a Condition has no keys")
		}
		folded := map[string][]string{}
		for key, values := range keys {
			all, err := set(values, same)
			if err != nil {
				return nil, err
			}
			folded[strings.ToLower(key)] = all
		}
		out[strings.ToLower(operator)] = folded
	}
	return out, nil
}
