"""A developer's server: checks the signature of the TikTok Shop guide with a secret of its own, "local", and writes down
the event's id and path before it answers. Arguments: the log, the port (0 for a free one, written to LOG.port)."""
from hashlib import sha256
from hmac import new as hmac
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from os import rename
from sys import argv
log, port = argv[1], int(argv[2])
class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        time = self.headers.get_all("x-tiktok-shop-timestamp", [])
        sign = self.headers.get_all("x-tiktok-shop-signature", [])
        right = len(time) == 1 and len(sign) == 1 and sign[0] == hmac(
            b"local", time[0].encode() + body, sha256).hexdigest()
        if right:
            with open(log, "a") as file:
                file.write(self.headers["x-hookledger-event"] + " " + self.path + "\n")
        self.send_response(200 if right else 401)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")
    def log_message(self, *_): pass
ThreadingHTTPServer.allow_reuse_address = True
server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
with open(log + ".new", "w") as file: file.write(str(server.server_address[1]))
rename(log + ".new", log + ".port")
server.serve_forever()
