#!/usr/bin/env python3
"""Destinations that keep the real contracts, for tests: one process, one contract per path prefix.

usage: standins.py PORT-FILE     listens on a free port of 127.0.0.1 and writes it there

POST /control {"prefix", "fault", "times", "skip"}   the next requests below a prefix meet with a fault
POST /control {"printed", "status", "shipments"}   what has become of an order at Printify, by its external_id
POST /control {"comment_tokens"}             the tokens that the APIs of comments take
GET  /control                                how often each effect has happened, by key: {"printify": {...}, ...}, and
                                             the documents of the knowledge base

Faults: timeout, reset and hold take the request, act on it and do not answer, hold for as long as the caller waits; busy (429), error (500), garbage, huge (10 MB)
and redirect (to a private address). Nothing happens with busy, error and redirect.
"""

import base64
import hashlib
import hmac
import json
import os
import socket
import struct
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import webhook_apis

TOKEN = "test-token"
APP_KEY, APP_SECRET = "29a39d", "e59af819cc"
WEBHOOK_KEY = b"\x07" * 32

lock = threading.Lock()
effects = {}
faults = []
printify_orders, printify_states = {}, {}
# What the two APIs of comments take.
comment_tokens = [TOKEN]
documents, serial = {}, [0]
gone = set()


def happened(kind, key):
    with lock:
        effects.setdefault(kind, {}).setdefault(key, 0)
        effects[kind][key] += 1


def take_fault(path):
    with lock:
        for fault in faults:
            if path.startswith(fault["prefix"]) and fault["times"] > 0:
                if fault.get("skip", 0) > 0:
                    fault["skip"] -= 1
                    return None
                fault["times"] -= 1
                return fault["fault"]
    return None


class Answer(Exception):
    def __init__(self, status, body, headers=None):
        super().__init__()
        self.status, self.headers = status, headers or {}
        self.body = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()


def printify(request):
    """https://developers.printify.com: bearer token, User-Agent, external_id unique in a shop (409, code 8503)."""
    if request.headers.get("Authorization") != "Bearer " + TOKEN:
        raise Answer(401, {"error": "Unauthenticated"})
    if not request.headers.get("User-Agent"):
        raise Answer(400, {"message": "User-Agent is required"})
    parts = request.path.split("/")
    if request.command == "GET":
        with lock:
            name = next((n for n, i in printify_orders.items() if f"{i}.json" == parts[-1]), None)
            state = printify_states.get(name, {"status": "on-hold"})
        if name is None:
            raise Answer(404, {"message": "Not found", "error": "Not found"})
        raise Answer(200, {"id": printify_orders[name], "metadata": {"shop_order_id": name}, "address_to": {"email": "b@example"}} | state)
    if parts[-1] == "cancel.json":
        with lock:
            name = next(n for n, i in printify_orders.items() if i == parts[-2])
            state = printify_states.setdefault(name, {"status": "on-hold"})
            if state["status"] not in ["on-hold", "payment-not-received"]:
                raise Answer(400, {"status": "error", "code": 8252, "message": "Operation failed.",
                                   "errors": {"reason": "Order cannot be cancelled", "code": 8252}})
            state["status"] = "canceled"
        happened("printify_cancelled", name)
        raise Answer(200, {"id": parts[-2], "status": "canceled"})
    if parts[-1] == "send_to_production.json":
        happened("production", parts[-2])
        raise Answer(200, {"id": parts[-2]})
    order = json.loads(request.body)
    problems = {}
    if not order.get("line_items"):
        problems["line_items"] = ["required"]
    for line in order.get("line_items", []):
        if line.get("sku") == "unknown":
            problems["line_items.0.sku"] = ["does not exist"]
    for key in ["first_name", "last_name", "country", "address1", "city", "zip"]:
        if not order.get("address_to", {}).get(key):
            problems["address_to." + key] = ["required"]
    if problems:
        raise Answer(400, {"status": "error", "code": 8103, "message": "Validation failed.",
                           "errors": {"reason": json.dumps(problems), "code": 8103}})
    with lock:
        known = printify_orders.get(order["external_id"])
        number = known or "5a96f649b2439217d070%04x" % len(printify_orders)
        printify_orders[order["external_id"]] = number
    if known:
        raise Answer(409, {"status": "error", "code": 8503, "message": "Order already exists.",
                           "errors": {"reason": json.dumps({"id": known}), "code": 8503}})
    happened("printify", order["external_id"])
    raise Answer(200, {"id": number})


def slack(request):
    """https://api.slack.com/messaging/webhooks: plain text answers; the same message twice is two."""
    text = json.loads(request.body).get("text")
    if not text:
        raise Answer(400, "no_text")
    happened("slack", text)
    raise Answer(200, "ok")


def receiver(request):
    """Standard Webhooks: verifies the signature, takes an id once."""
    number, when = request.headers.get("webhook-id", ""), request.headers.get("webhook-timestamp", "")
    signed = f"{number}.{when}.".encode() + request.body
    code = base64.b64encode(hmac.new(WEBHOOK_KEY, signed, hashlib.sha256).digest()).decode()
    if request.headers.get("webhook-signature") != "v1," + code:
        raise Answer(401, "bad signature")
    with lock:
        known = number in effects.get("receiver", {})
    if not known:
        happened("receiver", number)
        content = json.loads(request.body)
        if content.get("type") == "message.created":
            happened("inbox", "{customer_id} {role} {content}".format(**content["data"]))
    raise Answer(200, "taken")


def tiktok(request):
    """https://partner.tiktokshop.com/docv2/page/sign-your-api-request and get-order-detail-202309."""
    if request.path.startswith("/tiktok/event/"):
        webhook_apis.tiktok_shop(request, Answer, happened)
    query = dict(parse_qsl(request.query))
    signature = query.pop("sign", "")
    path = request.path[len("/tiktok"):]
    text = APP_SECRET + path + "".join(k + v for k, v in sorted(query.items())) + APP_SECRET
    if hmac.new(APP_SECRET.encode(), text.encode(), hashlib.sha256).hexdigest() != signature:
        raise Answer(200, {"code": 106001, "message": "Invalid signature"})
    if request.headers.get("x-tts-access-token") != TOKEN or abs(int(query["timestamp"]) - time.time()) > 300:
        raise Answer(200, {"code": 105002, "message": "Expired credentials"})
    happened("asked", query["ids"])
    order = {
        "id": query["ids"], "status": "AWAITING_SHIPMENT", "create_time": 1735380000, "update_time": 1735380060,
        "buyer_email": "buyer@example.com",
        "payment": {"currency": "USD", "total_amount": "54.98", "shipping_fee": "5.00"},
        "recipient_address": {
            "name": "Jane van der Berg", "phone_number": "+1555", "region_code": "US", "postal_code": "12345",
            "full_address": "1 Main St, Springfield", "address_line1": "1 Main St",
            "district_info": [{"address_level_name": "Country", "address_name": "United States"},
                              {"address_level_name": "State", "address_name": "Illinois"},
                              {"address_level_name": "City", "address_name": "Springfield"}]},
        "line_items": [{"id": "577086512123755123", "product_id": "172", "product_name": "Shirt", "sku_id": "2729",
                        "seller_sku": "TSHIRT-M-BLUE", "sale_price": "24.99", "original_price": "29.99",
                        "sku_image": "https://img.example/1"}]}
    raise Answer(200, {"code": 0, "message": "Success", "data": {"orders": [order]}})


def coze(request):
    """Coze's documents of a knowledge base: POST only, ids as text, code 0; a page has at most 100. Not idempotent: two of
    one name are two."""
    if request.headers.get("Authorization") != "Bearer " + TOKEN:
        raise Answer(401, {"code": 4100, "msg": "authentication is invalid"})
    if request.headers.get("Agw-Js-Conv") != "str" or request.command != "POST":
        raise Answer(400, {"code": 4000, "msg": "bad request"})
    body = json.loads(request.body)
    verb = request.path.rsplit("/", 1)[-1]
    if verb == "list":
        size = min(100, body.get("size", 10))
        with lock:
            found = [{"document_id": k, "name": v["name"]} for k, v in sorted(documents.items())
                     if v["dataset"] == body["dataset_id"]]
        first = (body.get("page", 1) - 1) * size
        raise Answer(200, {"code": 0, "msg": "", "total": len(found), "document_infos": found[first:first + size]})
    if verb == "delete":
        if not 0 < len(body["document_ids"]) <= 100:
            raise Answer(200, {"code": 4000, "msg": "document_ids"})
        with lock:
            deleted = [documents.pop(number, None) for number in body["document_ids"]]
        happened("coze deletions", "all" if all(deleted) else "unknown")
        raise Answer(200, {"code": 0, "msg": ""})
    if verb == "create":
        made = []
        for base in body["document_bases"]:
            if base["source_info"]["file_type"] not in ["txt", "pdf", "doc", "docx"]:
                raise Answer(200, {"code": 4000, "msg": "file_type"})
            with lock:
                serial[0] += 1
                number = str(7_000_000_000_000_000_000 + serial[0])
                text = base64.b64decode(base["source_info"]["file_base64"], validate=True).decode()
                documents[number] = {"name": base["name"], "dataset": body["dataset_id"], "text": text}
            made.append({"document_id": number, "name": base["name"]})
            happened("coze", base["name"])
        raise Answer(200, {"code": 0, "msg": "", "document_infos": made})
    raise Answer(404, {"code": 4200, "msg": "no such method"})


def delete_comment(number):
    """Deletes a comment that is there, and notes how often that was asked for."""
    happened("delete_calls", number)
    with lock:
        is_there = number not in gone
        gone.add(number)
    if is_there:
        happened("deleted", number)
    return is_there


def business(request):
    """TikTok's API for Business: 200 with a code; ids as text; a comment that is gone cannot be deleted again."""
    if "/webhook/" in request.path:
        webhook_apis.business(request, Answer, happened)
    if request.headers.get("Access-Token") not in comment_tokens:
        raise Answer(200, {"code": 40105, "message": "Access token is incorrect or has been revoked."})
    if request.path.endswith("/business/comment/list/"):
        query = dict(parse_qsl(request.query))
        if query.get("business_id") != "7000" or not query.get("video_id"):
            raise Answer(200, {"code": 40002, "message": "business_id and video_id are required"})
        with lock:
            there = [n for n in json.loads(query["comment_ids"]) if n not in gone]
        raise Answer(200, {"code": 0, "message": "OK", "data": {"comments": [{"comment_id": n} for n in there]}})
    body = json.loads(request.body)
    if request.path != "/business/open_api/v1.3/business/comment/delete/" or body.get("business_id") != "7000":
        raise Answer(200, {"code": 40002, "message": "business_id: unknown"})
    number = body.get("comment_id")
    if not isinstance(number, str):
        raise Answer(200, {"code": 40002, "message": "comment_id: Field must be set to string"})
    if number == "limited" and number not in effects.get("delete_calls", {}):
        happened("delete_calls", number)
        raise Answer(200, {"code": 40100, "message": "Requests made too frequently"})
    if not delete_comment(number):
        raise Answer(200, {"code": 40002, "message": "comment_id: the comment does not exist"})
    raise Answer(200, {"code": 0, "message": "OK", "request_id": "1", "data": {}})


def guide(request):
    """The URLs of the comment moderation guide."""
    if "/webhook/" in request.path:
        webhook_apis.guide(request, Answer, happened)
    if request.headers.get("Authorization", "").removeprefix("Bearer ") not in comment_tokens:
        raise Answer(401, {"error": {"code": "access_token_invalid"}})
    if request.path != "/guide/v2/video/comment/delete/" or set(json.loads(request.body)) != {"comment_id"}:
        raise Answer(404, "not found")
    delete_comment(json.loads(request.body)["comment_id"])
    raise Answer(200, {})


def shopify(request):
    webhook_apis.shopify(request, Answer, happened)


def woocommerce(request):
    webhook_apis.woocommerce(request, Answer, happened)


CONTRACTS = {
    "/coze/": coze, "/printify/": printify, "/slack/": slack, "/receiver/": receiver, "/tiktok/": tiktok, "/business/": business,
    "/guide/": guide, "/shopify/": shopify, "/woo/": woocommerce}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        self.serve()

    do_GET = do_PUT = do_DELETE = do_POST

    def serve(self):
        target = urlsplit(self.path)
        self.path, self.query = target.path, target.query
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/control":
            return self.control()
        if self.path.startswith("/slow/") or self.path.startswith("/fast/"):
            time.sleep(2 if self.path.startswith("/slow/") else 0)
            self.path = self.path[5:]
        fault = take_fault(self.path)
        if fault == "busy":
            return self.answer(Answer(429, "rate_limited", {"Retry-After": "1"}))
        if fault == "error":
            return self.answer(Answer(500, "server error"))
        if fault == "redirect":
            return self.answer(Answer(307, "", {"Location": "http://10.0.0.1/" + self.path}))
        answer = self.act()
        if fault == "timeout":
            time.sleep(20)
        if fault == "hold":
            self.rfile.read(1)
        if fault in ["timeout", "hold"]:
            return self.hang_up()
        if fault == "reset":
            return self.hang_up()
        if fault == "garbage":
            self.wfile.write(b"\x16\x03\x01 this is no HTTP\r\n\r\n")
            return self.hang_up()
        if fault == "huge":
            return self.answer(Answer(answer.status, b"x" * (10 << 20)))
        return self.answer(answer)

    def act(self):
        for prefix, contract in CONTRACTS.items():
            if self.path.startswith(prefix):
                try:
                    contract(self)
                except Answer as answer:
                    return answer
        return Answer(404, "no such contract")

    def control(self):
        if self.command == "POST":
            asking = json.loads(self.body)
            with lock:
                if "comment_tokens" in asking:
                    comment_tokens[:] = asking["comment_tokens"]
                elif "printed" in asking:
                    printify_states[asking.pop("printed")] = asking
                else:
                    faults.append(asking)
        with lock:
            self.answer(Answer(200, effects | {"documents": documents}))

    def hang_up(self):
        """RST instead of FIN: what was taken is not answered."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def answer(self, answer):
        try:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)
        except OSError:
            self.close_connection = True


class Server(ThreadingHTTPServer):
    request_queue_size = 1024
    daemon_threads = True

    def handle_error(self, *_):
        """A connection that breaks is what many tests are about."""


def main():
    server = Server(("127.0.0.1", 0), Handler)
    with open(sys.argv[1] + ".new", "w", encoding="ascii") as file:
        file.write(str(server.server_address[1]))
    os.rename(sys.argv[1] + ".new", sys.argv[1])
    server.serve_forever()


if __name__ == "__main__":
    main()
