package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// terminal opens a terminal: the side that a person types at, and that of the program.
func terminal(t *testing.T) (person, program *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = person.Close() })
	fd := int(person.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	program, err = os.OpenFile(fmt.Sprint("/dev/pts/", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = program.Close() })
	return person, program
}

// interrupt stands for a signal where something could have been typed.
const interrupt = "Ctrl-C"

// On a terminal the id has to be typed again, and nothing else will do.
func TestEraseAsksOnATerminal(t *testing.T) {
	store := filled(t)
	says(t, "", "--store", store, "import", "--duplicates-max=0", tracedPeople(t, 1))
	for _, c := range []struct{ typed, want string }{
		{"yes\n", "nothing was erased"}, {"\n", "nothing was erased"}, {"VKXJQZ-0\n", "nothing was erased"}, {"\x04", "nothing was erased"}, {interrupt, "nothing was erased"}, {"vkxjqz-0\n", "Erased."},
	} {
		person, side := terminal(t)
		cmd := program("--store", store, "erase", "vkxjqz-0")
		cmd.Stdin = side
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		var wrong strings.Builder
		cmd.Stderr = &wrong
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		printed := bufio.NewReader(out)
		shown, err := printed.ReadString(':')
		for err == nil && !strings.HasSuffix(shown, "Type the id to erase it:") {
			var more string
			more, err = printed.ReadString(':')
			shown += more
		}
		if err != nil {
			t.Fatal(shown, err)
		}
		if c.typed == interrupt {
			err = cmd.Process.Signal(os.Interrupt)
		} else {
			_, err = person.WriteString(c.typed)
		}
		if err != nil {
			t.Fatal(err)
		}
		var rest strings.Builder
		_, _ = printed.WriteTo(&rest)
		err = cmd.Wait()
		if all := rest.String() + wrong.String(); (err == nil) != (c.want == "Erased.") || !strings.Contains(all, c.want) {
			t.Errorf("%q: %v %s", c.typed, err, all)
		}
	}
}
