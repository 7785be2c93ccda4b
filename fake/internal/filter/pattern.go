package filter

import (
	"strings"
	"unicode/utf8"
)

// Matches says whether a value fits a pattern of EC2's: * is any run of characters, ? is one, \ takes the next as it is. Case counts.
func Matches(pattern, value string) bool {
	if !strings.ContainsAny(pattern, `*?\`) {
		return pattern == value
	}
	return wild(pattern, value)
}

// wild matches by the usual two-pointer walk: at a mismatch it goes back to the last star and lets it take one character more.
func wild(pattern, value string) bool {
	p, v, star, mark := 0, 0, -1, 0
	for v < len(value) {
		c, width := token(pattern, p)
		switch {
		case width == 1 && c == '*':
			star, mark = p, v
			p++
		case width == 1 && c == '?':
			p, v = p+1, next(value, v)
		case width > 0 && c == value[v]:
			p, v = p+width, v+1
		case star >= 0:
			mark = next(value, mark)
			p, v = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// next is where the character at a place ends.
func next(value string, at int) int {
	_, size := utf8.DecodeRuneInString(value[at:])
	return at + size
}

// token is the byte that a pattern wants at a place and how long its spelling is: 2 where it is escaped, 0 at the end.
func token(pattern string, p int) (byte, int) {
	switch {
	case p >= len(pattern):
		return 0, 0
	case pattern[p] == '\\' && p+1 < len(pattern):
		return pattern[p+1], 2
	}
	return pattern[p], 1
}
