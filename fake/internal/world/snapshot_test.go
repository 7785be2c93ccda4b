package world_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// TestStateHasAllOfTheWorld knows every field of a world: whoever adds one has to say what a State does with it.
func TestStateHasAllOfTheWorld(t *testing.T) {
	t.Parallel()
	inState := strings.Fields("clock ids lags draws requests tokens pools turns stores past nextProof")
	notInState := strings.Fields("mu tx pieces Texts Listening DNS") // DNS is below
	w := reflect.TypeFor[world.World]()
	tables := 0
	for i := range w.NumField() {
		f := w.Field(i)
		if f.Type.Kind() == reflect.Pointer && strings.HasPrefix(f.Type.Elem().Name(), "Table[") {
			tables++
			continue
		}
		require.True(t, slices.Contains(inState, f.Name) || slices.Contains(notInState, f.Name), "World.%s", f.Name)
	}
	dns := reflect.TypeFor[world.DNS]()
	for i := range dns.NumField() {
		if f := dns.Field(i); f.Name != "References" && f.Name != "Delegated" {
			require.True(t, strings.HasPrefix(f.Type.Elem().Name(), "Table["), "DNS.%s", f.Name)
			tables++
		}
	}
	stores := reflect.ValueOf(world.New(1)).Elem().FieldByName("stores")
	require.Equal(t, tables, stores.Len(), "each table is among the stores")
}
