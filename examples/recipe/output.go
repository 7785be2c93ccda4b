package recipe

import (
	"io"
	"os"
	"sync"
)

// output lets the story, the progress and the log write to one place.
type output struct {
	mu       sync.Mutex
	w        io.Writer
	terminal bool
}

func locked(w io.Writer) *output {
	if o, ok := w.(*output); ok {
		return o
	}
	return &output{w: w, terminal: isTerminal(w)}
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.w.Write(p)
}

// isTerminal tells whether somebody is looking.
func isTerminal(out io.Writer) bool {
	switch out := out.(type) {
	case *output:
		return out.terminal
	case *os.File:
		info, err := out.Stat()
		return err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return false
}
