"""Runs a command in a terminal of its own and prints what the terminal shows.
Arguments: the number of columns; pairs of a text that the terminal must show, counted from the end of the one before, and the
keys that are pressed then; --; the command. Ends with the command's exit code, or with 99 when a text has not come in a minute."""
import fcntl, os, pty, select, struct, sys, termios, time

columns = int(sys.argv[1])
mark = sys.argv.index("--")
pairs = list(zip(sys.argv[2:mark:2], sys.argv[3:mark:2]))
process, terminal = pty.fork()
if process == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    os.execvp(sys.argv[mark + 1], sys.argv[mark + 1:])
shown, start, end = b"", 0, time.monotonic() + 60
while True:
    if pairs and time.monotonic() > end:
        os.kill(process, 9)
        sys.stdout.buffer.write(shown)
        print("\nnot shown:", pairs[0][0])
        sys.exit(99)
    ready, _, _ = select.select([terminal], [], [], 0.2)
    if ready:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    if pairs and pairs[0][0].encode() in shown[start:]:
        text, keys = pairs.pop(0)
        start = shown.index(text.encode(), start) + len(text)
        os.write(terminal, keys.encode())
        end = time.monotonic() + 60
sys.stdout.buffer.write(shown)
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
