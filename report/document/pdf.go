package document

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/report"
)

// browsers are the names that Chromium goes by.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"}

// pdfTime is how long the browser may take.
const pdfTime = 2 * time.Minute

// PDF writes the report as a tagged PDF on A4, printed by Chromium from the HTML:
// libraries for PDF in Go make none that a screen reader can follow. browser is the
// path of the program; "" looks for one. Where there is none the error is BadUserInput
// and says what can be done.
func PDF(ctx context.Context, w io.Writer, r *report.Report, l Lang, browser string) (err error) {
	program, err := findBrowser(browser)
	if err != nil {
		return err
	}
	var html bytes.Buffer
	if err := HTML(&html, r, l); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "kennisgraaf-pdf-")
	if err != nil {
		return err
	}
	defer func() {
		if removeErr := os.RemoveAll(dir); err == nil {
			err = removeErr
		}
	}()
	page, pdf := filepath.Join(dir, "report.html"), filepath.Join(dir, "report.pdf")
	const private = 0o600
	if err := os.WriteFile(page, html.Bytes(), private); err != nil {
		return err
	}
	if err := printPage(ctx, program, dir, page, pdf); err != nil {
		return err
	}
	file, err := os.Open(pdf)
	if err != nil {
		return graph.Wrap(graph.Internal, err, "%s made no PDF; try --format html and print that", program)
	}
	defer file.Close()
	_, err = io.Copy(w, file)
	return err
}

func findBrowser(browser string) (string, error) {
	names := browsers
	if browser != "" {
		names = []string{browser}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", graph.Errorf(graph.BadUserInput, "a PDF needs Chromium, and none of %v was found; install it, name it with --browser, or take --format html and print that", names)
}

// printPage runs the browser without a window and without the network.
func printPage(ctx context.Context, program, dir, page, pdf string) error {
	ctx, cancel := context.WithTimeout(ctx, pdfTime)
	defer cancel()
	args := []string{
		"--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--disable-quic", "--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND",
		"--user-data-dir=" + filepath.Join(dir, "profile"), "--no-pdf-header-footer", "--generate-pdf-document-outline", "--print-to-pdf=" + pdf,
	}
	if os.Geteuid() == 0 {
		// Chromium's sandbox refuses to run as root. The page is our own and has no script.
		args = append(args, "--no-sandbox")
	}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(page)}
	cmd := exec.CommandContext(ctx, program, append(args, address.String())...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return graph.Wrap(graph.Timeout, ctx.Err(), "%s did not finish the PDF", program)
		}
		const most = 2000
		return graph.Wrap(graph.Internal, fmt.Errorf("%w: %.*s", err, most, said.String()), "%s could not make the PDF; try --format html and print that", program)
	}
	return nil
}
