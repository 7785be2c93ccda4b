// Package picture draws the pictures in docs from the texts beside them.
package picture

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// A text has one thing on a line, whose words are separated by blanks and end at a bar:
//
//	size WIDTH HEIGHT | what the picture shows, for those who cannot see it
//	area X Y WIDTH HEIGHT | title | second line
//	box NAME X Y WIDTH HEIGHT | title | second line, in the typeface of code
//	arrow FROM TO | label        from the edge of one box to that of another
//	note X Y | text
//
// Empty lines, and those that begin with #, say nothing.

// Draw gives the picture as SVG.
func Draw(text string) (string, error) {
	d := drawing{boxes: map[string]box{}}
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := d.line(line); err != nil {
			return "", fmt.Errorf("line %d: %q: %w", i+1, line, err)
		}
	}
	return d.out.String() + "</svg>\n", nil
}

type box struct{ x, y, w, h float64 }

type drawing struct {
	out   strings.Builder
	boxes map[string]box
}

func (d *drawing) line(line string) error {
	parts := strings.Split(line, "|")
	words := strings.Fields(parts[0])
	for i := range parts {
		parts[i] = html.EscapeString(strings.TrimSpace(parts[i]))
	}
	parts = append(parts, "", "")
	switch words[0] {
	case "size":
		return d.size(words, parts[1])
	case "area":
		return d.area(words, parts[1], parts[2])
	case "box":
		return d.box(words, parts[1], parts[2])
	case "arrow":
		return d.arrow(words, parts[1])
	case "note":
		var x, y float64
		_, err := fmt.Sscan(strings.Join(words[1:], " "), &x, &y)
		d.text(x, y, "note", "start", parts[1])
		return err
	}
	return fmt.Errorf("%q is none of size, area, box, arrow and note", words[0])
}

const style = `<style>
text { font: 13px sans-serif; fill: #1f2933 }
.area { fill: #f4f6f8; stroke: #9aa5b1; stroke-dasharray: 5 3 }
.box { fill: #ffffff; stroke: #3e4c59 }
.title { font-weight: bold }
.code { font: 12px monospace; fill: #52606d }
.note { fill: #52606d }
.arrow { stroke: #2367a8; stroke-width: 1.6; fill: none; marker-end: url(#tip) }
.label { fill: #2367a8 }
</style>
<defs><marker id="tip" markerWidth="9" markerHeight="9" refX="8" refY="4.5" orient="auto"><path d="M0,0 L9,4.5 L0,9 z" fill="#2367a8"/></marker></defs>
`

func (d *drawing) size(words []string, title string) error {
	var w, h int
	if _, err := fmt.Sscan(strings.Join(words[1:], " "), &w, &h); err != nil {
		return err
	}
	fmt.Fprintf(&d.out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n<title>%s</title>\n%s", w, h, title, style)
	fmt.Fprintf(&d.out, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", w, h)
	return nil
}

func (d *drawing) area(words []string, title, second string) error {
	b, err := rectangle(words[1:])
	d.rect(b, "area")
	d.text(b.x+12, b.y+20, "title", "start", title)
	d.text(b.x+12, b.y+37, "note", "start", second)
	return err
}

func (d *drawing) box(words []string, title, code string) error {
	b, err := rectangle(words[2:])
	d.boxes[words[1]] = b
	d.rect(b, "box")
	middle := b.y + b.h/2 + 5
	if code != "" {
		d.text(b.x+b.w/2, middle+9, "code", "middle", code)
		middle -= 9
	}
	d.text(b.x+b.w/2, middle, "title", "middle", title)
	return err
}

func (d *drawing) arrow(words []string, label string) error {
	from, ok := d.boxes[words[1]]
	to, also := d.boxes[words[2]]
	if !ok || !also {
		return fmt.Errorf("there is no box of that name above")
	}
	x1, y1 := from.edge(to)
	x2, y2 := to.edge(from)
	fmt.Fprintf(&d.out, "<path class=\"arrow\" d=\"M%.0f,%.0f L%.0f,%.0f\"/>\n", x1, y1, x2, y2)
	x, y := (x1+x2)/2, (y1+y2)/2
	switch {
	case y1 == y2:
		d.text(x, y-6, "label", "middle", label)
	case math.Abs(x2-x1) > math.Abs(y2-y1):
		d.text(x-8, y-4, "label", "end", label)
	default:
		d.text(x+10, y+4, "label", "start", label)
	}
	return nil
}

// edge is where the line between the middles of two boxes leaves the first.
func (b box) edge(to box) (x, y float64) {
	x, y = b.x+b.w/2, b.y+b.h/2
	dx, dy := to.x+to.w/2-x, to.y+to.h/2-y
	scale := min(b.w/2/max(math.Abs(dx), 1e-9), b.h/2/max(math.Abs(dy), 1e-9))
	return x + dx*scale, y + dy*scale
}

func (d *drawing) rect(b box, class string) {
	fmt.Fprintf(&d.out, "<rect class=\"%s\" x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" rx=\"6\"/>\n", class, b.x, b.y, b.w, b.h)
}

func (d *drawing) text(x, y float64, class, anchor, text string) {
	if text != "" {
		fmt.Fprintf(&d.out, "<text class=\"%s\" x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">%s</text>\n", class, x, y, anchor, text)
	}
}

func rectangle(words []string) (b box, err error) {
	_, err = fmt.Sscan(strings.Join(words, " "), &b.x, &b.y, &b.w, &b.h)
	return b, err
}
