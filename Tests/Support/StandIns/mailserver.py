#!/usr/bin/env python3
"""A real SMTP server (aiosmtpd) for tests.

usage: mailserver.py FOLDER TLS [utf8]    TLS: none, starttls (required) or implicit; the certificate is FOLDER/cert.pem, key.pem;
utf8: it offers SMTPUTF8

Writes its port to FOLDER/port and each mail that it took as a line of JSON to FOLDER/mails. Login: shop, secret.
What the local part of a recipient says happens: refuse (550), later (451), silent (takes the mail, does not answer),
reset (takes it, ends the connection), busy (421 on the first try).
"""

import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder, tls = sys.argv[1], sys.argv[2]
seen = set()


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        word = address.split("@")[0]
        if word == "refuse":
            return "550 5.1.1 no such mailbox"
        if word == "later" or (word == "busy" and word not in seen):
            seen.add(word)
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": server.transport.get_extra_info("ssl_object") is not None,
                "login": bool(session.authenticated), "options": envelope.mail_options, "data": envelope.content.decode("latin-1")}
        with open(folder + "/mails", "a", encoding="utf-8") as file:
            file.write(json.dumps(mail) + "\n")
        word = envelope.rcpt_tos[0].split("@")[0]
        if word == "silent":
            await asyncio.sleep(60)
        if word == "reset":
            server.transport.abort()
        return "250 2.0.0 queued as 1"


def authenticate(server, session, envelope, mechanism, data):
    right = getattr(data, "login", b"") == b"shop" and getattr(data, "password", b"") == b"secret"
    return AuthResult(success=right, handled=False)


def context():
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(folder + "/cert.pem", folder + "/key.pem")
    return made


def connection():
    options = {"auth_require_tls": False, "authenticator": authenticate, "auth_required": tls != "none",
               "enable_SMTPUTF8": "utf8" in sys.argv[3:]}
    if tls == "starttls":
        options.update(tls_context=context(), require_starttls=True)
    return SMTP(Handler(), hostname="mail.test", **options)


async def main():
    secured = context() if tls == "implicit" else None
    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", 0, ssl=secured)
    with open(folder + "/port.new", "w", encoding="ascii") as file:
        file.write(str(server.sockets[0].getsockname()[1]))
    os.rename(folder + "/port.new", folder + "/port")
    await server.serve_forever()


asyncio.run(main())
