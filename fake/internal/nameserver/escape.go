package nameserver

import (
	"fmt"
	"strconv"
	"strings"
)

// octal writes a name's escape codes as Route 53 does: \ooo, where those of zone files are \DDD and \c.
func octal(s string) string {
	return rewrite(s, func(code string) (string, int) {
		if n, err := strconv.ParseUint(code[:min(3, len(code))], 10, 8); err == nil && len(code) >= 3 {
			return fmt.Sprintf(`\%03o`, n), 3
		}
		return fmt.Sprintf(`\%03o`, code[0]), 1
	})
}

// decimal writes Route 53's escape codes, \ooo and \c, as zone files do.
func decimal(s string) string {
	return rewrite(s, func(code string) (string, int) {
		if n, err := strconv.ParseUint(code[:min(3, len(code))], 8, 8); err == nil && len(code) >= 3 {
			return fmt.Sprintf(`\%03d`, n), 3
		}
		return `\` + code[:1], 1
	})
}

// rewrite replaces what follows each backslash, and the backslash, by what code makes of it and of how many characters.
func rewrite(s string, code func(string) (string, int)) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, `\`)
		b.WriteString(before)
		if !found || after == "" {
			return b.String()
		}
		text, n := code(after)
		b.WriteString(text)
		s = after[n:]
	}
}
