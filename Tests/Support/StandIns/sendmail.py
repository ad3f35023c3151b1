#!/usr/bin/env python3
"""Takes a mail as sendmail(8) does and hands it to an SMTP server, for tests.

usage: sendmail.py PORT -i -f SENDER -- RECIPIENT...    exit codes of sysexits.h
"""

import smtplib
import sys

port, (dot, option, sender, end), recipients = int(sys.argv[1]), sys.argv[2:6], sys.argv[6:]
assert (dot, option, end) == ("-i", "-f", "--"), sys.argv
message = sys.stdin.buffer.read()
assert b"\r" not in message and b"\n\n" in message
# Its address comes from the command line only: no header is read for it.
try:
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.sendmail(sender, recipients, message.replace(b"\n", b"\r\n"))
except smtplib.SMTPRecipientsRefused as refused:
    code, text = list(refused.recipients.values())[0]
    print(code, text.decode(), file=sys.stderr)
    sys.exit(67 if code >= 500 else 69)
except (smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException) as error:
    print(error, file=sys.stderr)
    sys.exit(75)
