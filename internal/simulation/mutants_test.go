package simulation_test

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
)

// Every mutant still finds the code that it breaks, leaves Go, and names a rule and the invariant that has to catch it. Whether that does, the
// script mutants/run tells.
func TestMutantsApply(t *testing.T) {
	patches, err := filepath.Glob("mutants/*.patch")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(patches), 13)
	for _, name := range patches {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".patch"), func(t *testing.T) {
			patch, err := os.ReadFile(name)
			require.NoError(t, err)
			head := regexp.MustCompile(`^# Rule: .+\.\n# Invariant: (.+)\n--- a/`).FindStringSubmatch(string(patch))
			require.NotNil(t, head, "it does not begin with its rule and its invariant")
			require.Contains(t, invariants, simulation.Invariant(head[1]))
			for _, of := range strings.Split(string(patch), "\n--- a/")[1:] {
				file, hunks, _ := strings.Cut(of, "\n")
				_, hunks, _ = strings.Cut(hunks, "\n@@")
				source, err := os.ReadFile(filepath.Join("../..", file))
				require.NoError(t, err)
				_, err = parser.ParseFile(token.NewFileSet(), file, mutated(t, file, string(source), hunks), 0)
				require.NoError(t, err)
			}
		})
	}
}

var invariants = []simulation.Invariant{simulation.OneLive, simulation.Untouched, simulation.EditsKept, simulation.Holds, simulation.Clean,
	simulation.Deleted, simulation.Bounded, simulation.Agreed, simulation.Ends, simulation.Explained}

// mutated makes the changes of a patch's hunks.
func mutated(t *testing.T, file, source, hunks string) string {
	for hunk := range strings.SplitSeq(hunks, "\n@@") {
		var before, after strings.Builder
		for line := range strings.Lines(hunk[strings.Index(hunk, "\n")+1:]) {
			if line[0] == ' ' || line[0] == '-' {
				before.WriteString(line[1:])
			}
			if line[0] == ' ' || line[0] == '+' {
				after.WriteString(line[1:])
			}
		}
		require.Contains(t, source, strings.TrimSuffix(before.String(), "\n"), "%s has changed", file)
		source = strings.Replace(source, strings.TrimSuffix(before.String(), "\n"), strings.TrimSuffix(after.String(), "\n"), 1)
	}
	return source
}
