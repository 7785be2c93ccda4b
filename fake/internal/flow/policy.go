package flow

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/filter"
)

// The parts of a policy that the fake understands; all else is an error.
type (
	policy struct {
		Version, ID string
		Statement   list[statement]
	}
	statement struct {
		Sid, Effect      string
		Principal        everybody
		Action, Resource list[string]
		Condition        map[string]map[string]list[string]
	}
	everybody bool
)

// judge says why an endpoint policy refuses a request, "" where it allows it; no policy is full access. One that the fake does not understand
// refuses all, and says so.
func judge(document string, r Request) string {
	if document == "" {
		return ""
	}
	verdict, err := "does not allow", error(nil)
	var p policy
	if err = strictly([]byte(document), &p); err == nil && strings.Contains(document, "${") {
		err = errors.New("policy variable")
	}
	for i := 0; err == nil && i < len(p.Statement); i++ {
		var applies bool
		switch applies, err = p.Statement[i].applies(r); {
		case applies && p.Statement[i].Effect == "Deny":
			verdict = "denies"
		case applies && verdict == "does not allow":
			verdict = ""
		}
	}
	switch {
	case err != nil:
		return fmt.Sprintf("is not modelled by the fake: %v", err)
	case verdict == "":
		return ""
	}
	return fmt.Sprintf("%s %s on %s by %s", verdict, r.Action, r.Resource, r.Principal)
}

// applies says whether a statement is about a request.
func (s statement) applies(r Request) (bool, error) {
	if s.Effect != "Allow" && s.Effect != "Deny" || !bool(s.Principal) || s.Action == nil || s.Resource == nil {
		return false, errors.New("a statement without Effect, Principal, Action or Resource")
	}
	fits := s.Action.any(func(p string) bool { return filter.Matches(strings.ToLower(p), strings.ToLower(r.Action)) }) &&
		s.Resource.any(func(p string) bool { return filter.Matches(p, r.Resource) })
	for operator, keys := range s.Condition {
		is, known := operators[positive.Replace(operator)]
		if !known {
			return false, fmt.Errorf("condition %s", operator)
		}
		for key, values := range keys {
			if !strings.EqualFold(key, "aws:PrincipalArn") {
				return false, fmt.Errorf("condition %s on %s", operator, key)
			}
			found := values.any(func(p string) bool { return is(p, r.Principal) })
			fits = fits && found != strings.Contains(operator, "Not")
		}
	}
	return fits, nil
}

// positive makes of an operator the one that it negates.
var positive = strings.NewReplacer("StringNot", "String", "ArnNot", "Arn")

// operators are how conditions compare a pattern with a value.
var operators = map[string]func(pattern, value string) bool{
	"StringEquals": func(p, v string) bool { return p == v }, "StringLike": filter.Matches, "ArnEquals": arnLike, "ArnLike": arnLike,
}

// arnLike matches the parts of an ARN one by one: a * does not reach over a colon, save in the last.
func arnLike(pattern, value string) bool {
	const parts = 6
	p, v := strings.SplitN(pattern, ":", parts), strings.SplitN(value, ":", parts)
	for i := range p {
		if len(p) != len(v) || !filter.Matches(p[i], v[i]) {
			return false
		}
	}
	return true
}

// list is one value or several.
type list[T any] []T

// UnmarshalJSON reads both forms.
func (l *list[T]) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte("[")) {
		return strictly(data, (*[]T)(l))
	}
	*l = make(list[T], 1)
	return strictly(data, &(*l)[0])
}

func (l list[T]) any(is func(T) bool) bool {
	for _, v := range l {
		if is(v) {
			return true
		}
	}
	return false
}

// UnmarshalJSON reads "*" and {"AWS":"*"}: AWS wants conditions where an endpoint policy is for some only.
func (e *everybody) UnmarshalJSON(data []byte) error {
	text := strings.NewReplacer("[", "", "]", "", " ", "").Replace(string(data))
	if *e = text == `"*"` || text == `{"AWS":"*"}`; !*e {
		return fmt.Errorf("principal %s", data)
	}
	return nil
}

// strictly reads JSON; members that are not known are an error.
func strictly(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	return d.Decode(v)
}
