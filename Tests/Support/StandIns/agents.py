#!/usr/bin/env python3
"""Two platforms of assistants that take order events and check their signatures, for tests.

usage: agents.py PORT-FILE     listens on a free port of 127.0.0.1 and writes it there

POST /control {"secret", "public_key", "kid"}   the shop's webhook secret (ACP), and its public key as PEM (UCP)
GET  /control                                   what was taken: {"acp": [...], "ucp": [...], "refused": [...]}
POST /acp, POST /ucp                            order events

ACP: https://github.com/agentic-commerce-protocol/agentic-commerce-protocol, spec/2026-04-17. UCP: https://ucp.dev, 2026-04-08;
RFC 9421 is written here again, and the openssl program checks the signature.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

settings = {}
taken = {"acp": [], "ucp": [], "refused": []}
lock = threading.Lock()


class Refused(Exception):
    pass


def demand(truth, reason):
    if not truth:
        raise Refused(reason)


def acp(request, body):
    match = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", request.headers.get("Merchant-Signature", ""))
    demand(match, "Merchant-Signature must be t=<timestamp>,v1=<64_hex>")
    demand(abs(time.time() - int(match[1])) <= 300, "timestamp outside of the window")
    code = hmac.new(settings["secret"].encode(), match[1].encode() + b"." + body, hashlib.sha256).hexdigest()
    demand(hmac.compare_digest(code, match[2]), "the signature does not match")
    demand(request.headers.get("Content-Type") == "application/json", "not JSON")
    event = json.loads(body)
    demand(set(event) == {"type", "data"}, "members of the event")
    demand(event["type"] in ("order_create", "order_update"), "the type of the event")
    data = event["data"]
    demand(data["type"] == "order" and {"id", "checkout_session_id", "permalink_url", "status"} <= set(data), "the order")
    for line in data["line_items"]:
        demand({"id", "title", "quantity"} <= set(line) and line["quantity"]["ordered"] >= 1, "a line")
    for total in data["totals"]:
        demand(isinstance(total["amount"], int) and total["display_text"], "a total")
    for fulfillment in data["fulfillments"]:
        demand({"id", "type", "status"} <= set(fulfillment), "a fulfillment")
    return event


def der(numbers):
    parts = b""
    for number in (numbers[:32], numbers[32:]):
        number = number.lstrip(b"\0") or b"\0"
        number = (b"\0" if number[0] & 0x80 else b"") + number
        parts += b"\2" + bytes([len(number)]) + number
    return b"\x30" + bytes([len(parts)]) + parts


def component(name, request, url):
    if name == "@method":
        return request.command
    if name == "@authority":
        return request.headers["Host"].lower()
    if name == "@path":
        return url.path
    if name == "@query":
        return "?" + url.query
    values = request.headers.get_all(name)
    demand(values and len(values) == 1, name + " is there once")
    return values[0].strip()


def ucp(request, body):
    url = urlsplit(request.path)
    match = re.fullmatch(r'(\w+)=(\(("[^"]+"( "[^"]+")*)?\)(;[a-z]+=("[^"]*"|\d+))*)', request.headers.get("Signature-Input", ""))
    demand(match, "Signature-Input")
    label, params = match[1], match[2]
    covered = re.findall(r'"([^"]+)"', params[: params.index(")")])
    wanted = ["@method", "@authority", "@path", "ucp-agent", "idempotency-key", "content-digest", "content-type"]
    for name in wanted + (["@query"] if url.query else []):
        demand(name in covered, name + " must be covered")
    demand(re.search(r';keyid="([^"]*)"', params)[1] == settings["kid"], "the keyid")
    demand(";alg=" not in params, "alg must not be there")
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    demand(request.headers["Content-Digest"] == f"sha-256=:{digest}:", "the digest of the body")
    base = "".join(f'"{name}": {component(name, request, url)}\n' for name in covered) + f'"@signature-params": {params}'
    signature = re.fullmatch(label + "=:([A-Za-z0-9+/=]+):", request.headers["Signature"])
    demand(signature and len(base64.b64decode(signature[1])) == 64, "the signature is not 64 bytes")
    with tempfile.TemporaryDirectory() as folder:
        files = {"key": settings["public_key"].encode(), "sig": der(base64.b64decode(signature[1])), "base": base.encode()}
        for name, content in files.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        verdict = subprocess.run(
            ["openssl", "dgst", "-sha256", "-verify", "key", "-signature", "sig", "base"], cwd=folder, capture_output=True)
    demand(verdict.returncode == 0, "the signature does not match")
    demand(re.fullmatch(r'profile="https://[^"]+"', request.headers["UCP-Agent"]), "UCP-Agent")
    demand(request.headers["Webhook-Id"] == request.headers["Idempotency-Key"], "the id of the event")
    order = json.loads(body)
    required = {"ucp", "id", "checkout_id", "permalink_url", "line_items", "fulfillment", "currency", "totals"}
    demand(required <= set(order), "the order lacks " + ", ".join(required - set(order)))
    kinds = [total["type"] for total in order["totals"]]
    demand(kinds.count("subtotal") == 1 and kinds.count("total") == 1, "the totals")
    demand(sum(t["amount"] for t in order["totals"][:-1]) == order["totals"][-1]["amount"], "the totals add up")
    for line in order["line_items"]:
        total, done = line["quantity"]["total"], line["quantity"]["fulfilled"]
        status = "removed" if total == 0 else "fulfilled" if done == total else "partial" if done else "processing"
        demand(line["status"] == status, "the status of a line")
    return dict(order, webhook_id=request.headers["Webhook-Id"], time=int(request.headers["Webhook-Timestamp"]))


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def reply(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        with lock:
            self.reply(200, taken)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/control":
            settings.update(json.loads(body))
            return self.reply(200, {})
        name = "ucp" if self.path.startswith("/ucp") else "acp"
        try:
            event = (ucp if name == "ucp" else acp)(self, body)
        except (Refused, KeyError, TypeError, ValueError) as refused:
            with lock:
                taken["refused"].append(f"{name}: {refused!r}")
            return self.reply(401, {"type": "invalid_request", "code": "invalid_signature", "message": str(refused)})
        with lock:
            taken[name].append(event)
        self.reply(200, {"received": True})


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with open(sys.argv[1] + ".part", "w") as file:
        file.write(str(server.server_address[1]))
    os.rename(sys.argv[1] + ".part", sys.argv[1])
    server.serve_forever()
