package recipe

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// ReadFile sets the flags that a JSON object names and the command line does not. Modes are flags that say what to do, not with what: they
// have no place in a file.
func (f *Flags) ReadFile(name string, modes ...string) {
	values, err := readObject(name)
	if err != nil {
		f.Problem("-input: %v", err)
		return
	}
	given := map[string]bool{}
	f.Visit(func(set *flag.Flag) { given[set.Name] = true })
	for _, key := range slices.Sorted(maps.Keys(values)) {
		text, ok := flagText(values[key])
		switch {
		case f.Lookup(key) == nil || slices.Contains(modes, key):
			f.Problem("-input: %s: the key %q is none of the flags that a file can hold", name, key)
		case !ok:
			f.Problem("-input: %s: %q must be a text, a number, true, false, or an array of texts", name, key)
		case given[key]:
		default:
			if err := f.Set(key, text); err != nil {
				f.Problem("-input: %s: %q: %v", name, key, err)
			}
		}
	}
}

func readObject(name string) (map[string]any, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var values map[string]any
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber() // an account ID must not become 2.2e+11
	if err := dec.Decode(&values); err != nil {
		return nil, fmt.Errorf("%s is not a JSON object: %w", name, err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, fmt.Errorf("%s goes on after the JSON object", name)
	}
	return values, nil
}

// flagText writes a JSON value as one would on the command line.
func flagText(value any) (text string, ok bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case bool, json.Number:
		return fmt.Sprint(v), true
	case []any:
		var texts []string
		for _, item := range v {
			s, ok := item.(string)
			if !ok {
				return "", false
			}
			texts = append(texts, s)
		}
		return strings.Join(texts, ","), true
	}
	return "", false
}
