package zone

import (
	"strconv"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
)

const maxText = 255

// wrongText wants one or more strings in quotation marks, parted by blanks, each of at most 255 bytes. What is not printable ASCII must be
// written as \ooo.
func wrongText(value string) string {
	rest := value
	for first := true; first || rest != ""; first = false {
		if rest == "" || rest[0] != '"' {
			return says.NotQuoted.Message()
		}
		n, end := textEnd(rest)
		switch {
		case strings.IndexFunc(rest[:max(end, 1)], unprintable) >= 0:
			return says.Unsupported.Message()
		case end < 0:
			return says.NotQuoted.Message()
		case n > maxText:
			return says.StringTooLong.Message()
		}
		rest = strings.TrimLeft(rest[end:], " ")
	}
	return ""
}

func unprintable(r rune) bool { return r < ' ' || r > '~' }

// textEnd gives the length of the quoted string at the start of s and where it ends, -1 when it does not.
func textEnd(s string) (length, end int) {
	for i := 1; i < len(s); length++ {
		if s[i] == '"' {
			return length, i + 1
		}
		i += charSize(s[i:])
	}
	return length, -1
}

// charSize is how long one character of a quoted string is written.
func charSize(s string) int {
	switch {
	case s[0] != '\\':
		return 1
	case len(s) > 3 && isOctal(s[1:4]):
		return 4
	}
	return 2
}

func isOctal(s string) bool {
	_, err := strconv.ParseUint(s, 8, 8)
	return err == nil
}

// Text is what a TXT value says: its strings put together, without quotation marks and escapes.
func Text(value string) string {
	var b strings.Builder
	for rest := value; rest != ""; {
		_, end := textEnd(rest)
		if rest[0] != '"' || end < 0 {
			return value
		}
		unescape(&b, rest[1:end-1])
		rest = strings.TrimLeft(rest[end:], " ")
	}
	return b.String()
}

func unescape(b *strings.Builder, s string) {
	for s != "" {
		n := charSize(s)
		switch n {
		case 1:
			b.WriteByte(s[0])
		case 4:
			c, _ := strconv.ParseUint(s[1:4], 8, 8)
			b.WriteByte(byte(c))
		default:
			b.WriteString(s[1:min(2, len(s))])
		}
		s = s[min(n, len(s)):]
	}
}
