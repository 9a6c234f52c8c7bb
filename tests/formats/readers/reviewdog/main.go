// Reads reports with reviewdog's own parsers and prints what it understood: FORMAT FILE …
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/reviewdog/reviewdog/parser"
)

func main() {
	for i := 1; i+1 < len(os.Args); i += 2 {
		p, err := parser.New(&parser.Option{FormatName: os.Args[i]})
		check(err)
		file, err := os.Open(os.Args[i+1])
		check(err)
		found, err := p.Parse(file)
		check(err)
		for _, d := range found {
			rule := strings.TrimPrefix(d.GetCode().GetValue(), "claimlint.")
			line := d.GetLocation().GetRange().GetStart().GetLine()
			fmt.Printf("reviewdog-%s\t%s\t%d\t%s\n", os.Args[i], d.GetLocation().GetPath(), line, rule)
		}
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
