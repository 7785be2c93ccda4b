package picture_test

import (
	"encoding/xml"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/picture"
)

//go:generate go test . -run TestPicturesAreFresh -update

var update = flag.Bool("update", false, "draw the pictures in docs anew")

// Every picture in docs is what its text draws.
func TestPicturesAreFresh(t *testing.T) {
	texts, err := filepath.Glob("../../docs/*.picture.txt")
	require.NoError(t, err)
	require.NotEmpty(t, texts)
	for _, name := range texts {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		svg, err := picture.Draw(string(text))
		require.NoError(t, err, name)
		require.NoError(t, xml.Unmarshal([]byte(svg), new(struct{ XMLName xml.Name })), "well-formed")
		file := strings.TrimSuffix(name, ".picture.txt") + ".svg"
		if *update {
			require.NoError(t, os.WriteFile(file, []byte(svg), 0o644))
		}
		have, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, svg, string(have), "go generate ./internal/picture")
	}
}

func TestMistakesAreNamedByLine(t *testing.T) {
	for text, want := range map[string]string{
		"size 10 10\ncircle 1 1":         `line 2: "circle 1 1"`,
		"size 10 10\n\narrow a b | to":   `line 3: "arrow a b | to": there is no box of that name above`,
		"size wide high | nothing in it": "line 1",
	} {
		_, err := picture.Draw(text)
		require.ErrorContains(t, err, want)
	}
}
