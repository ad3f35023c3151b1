#!/usr/bin/env python3
"""Authorization servers of TikTok Shop, Shopify, TikTok for Developers and TikTok's API for Business, as their pages describe
them, with the order API of TikTok Shop behind, for tests.

usage: authorizer.py PORT-FILE     listens on a free port of 127.0.0.1 and writes it there

A code works once. A refresh gives a new access token and a new refresh token, and the old ones end with it; with "grace" (as
Shopify has it) the old refresh token works until the new one is used.

POST /control {"op": "code", "kind", "redirect", "challenge", "account", "shops"}   a person allows the app; answers the code
              {"op": "order", "shop", "order"}      a new order, or a new state of one
              {"op": "expire", "account"}           all access tokens end now; only those of the account, if there is one
              {"op": "revoke", "account"}           all refresh tokens end, too
              {"op": "advance", "microseconds"}     that time passes for the tokens
              {"op": "life", "seconds"}             of access tokens from now on
              {"op": "grace", "on"}                 whether an old refresh token works until the new one is used
              {"op": "fault", "fault"}              of the next refreshes: lost (done, and never answered), error (500), none
              {"op": "seen"}                        counts, and every secret that was ever given
"""

import hashlib
import hmac
import json
import os
import re
import secrets
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

CLIENT_ID, CLIENT_SECRET = "29a39d", "app-secret-e59af819cc"
lock = threading.Lock()
codes, access, refresh, orders = {}, {}, {}, {}
given, asked = [], {"exchange": 0, "refresh": 0, "client": 0, "shops": 0, "order": 0, "search": 0}
state = {"life": 3600, "fault": "none", "grace": False, "ahead": 0.0}


class Answer(Exception):
    def __init__(self, status, body):
        super().__init__()
        self.status, self.body = status, json.dumps(body).encode()


class Lost(Exception):
    """Done, and never answered."""


def secret(kind):
    text = f"{kind}-{secrets.token_hex(12)}"
    given.append(text)
    return text


def clock():
    """The time by which tokens end."""
    return time.time() + state["ahead"]


def owner_of(token):
    """Whose an access token is, while it lives."""
    owner = access.get(token)
    return owner if owner and owner["until"] > clock() else None


def shop_of(token, shop_cipher):
    """The shop of that cipher, if the token is for it; of Shopify the token's own."""
    owner = owner_of(token)
    if not owner or owner["kind"] == "shopify":
        return owner and owner["account"]
    return next((s["id"] for s in owner["shops"] if cipher(s["id"]) == shop_cipher), None)


def issue(kind, account, shops, has_refresh=True):
    """New tokens for an account; its earlier access tokens end."""
    for old in [t for t, owner in access.items() if owner["account"] == account]:
        del access[old]
    owner = {"kind": kind, "account": account, "shops": shops, "until": clock() + state["life"]}
    token = secret("access")
    access[token] = owner
    new = secret("refresh") if has_refresh else None
    if new:
        refresh[new] = owner
    return token, new


def use_code(kind, code, redirect=None, verifier=None):
    with lock:
        asked["exchange"] += 1
        entry = codes.pop(code, None)
        if not entry or entry["kind"] != kind:
            return None
        if entry.get("redirect") is not None and entry["redirect"] != redirect:
            return None
        challenge = entry.get("challenge")
        if challenge and hashlib.sha256((verifier or "").encode()).hexdigest() != challenge:
            return None
        return entry["account"], issue(kind, entry["account"], entry.get("shops", []))


def use_refresh(kind, token):
    with lock:
        asked["refresh"] += 1
        fault = state["fault"]
        if fault == "error":
            raise Answer(500, {"message": "Internal error"})
        owner = refresh.get(token)
        if not owner or owner["kind"] != kind:
            return None
        if "after" in owner:
            refresh.pop(owner["after"], None)
        if not state["grace"]:
            del refresh[token]
        pair = issue(kind, owner["account"], owner["shops"])
        refresh[pair[1]] = dict(owner, after=token)
        if fault == "lost":
            state["fault"] = "none"
            raise Lost()
        return owner["account"], pair


def tts(request):
    """https://partner.tiktokshop.com/docv2/page/678e3a3292b0f40314a92d75"""
    query, path = dict(request.query), request.path
    if path in ("/api/v2/token/get", "/api/v2/token/refresh"):
        if (query.get("app_key"), query.get("app_secret")) != (CLIENT_ID, CLIENT_SECRET):
            raise Answer(200, {"code": 36004003, "message": "Invalid app_secret"})
        if path.endswith("get"):
            found = use_code("tiktok_shop", query.get("auth_code")) if query["grant_type"] == "authorized_code" else None
        else:
            found = use_refresh("tiktok_shop", query.get("refresh_token")) if query["grant_type"] == "refresh_token" else None
        if not found:
            raise Answer(200, {"code": 36004004, "message": "invalid auth code " + query.get("auth_code", "")})
        account, (token, new) = found
        now = int(time.time())
        raise Answer(200, {"code": 0, "message": "success", "data": {
            "access_token": token, "access_token_expire_in": now + state["life"], "refresh_token": new,
            "refresh_token_expire_in": now + 31536000, "open_id": account, "seller_name": "A seller",
            "seller_base_region": "GB", "user_type": 0}})
    sign = query.pop("sign", "")
    text = path + "".join(k + v for k, v in sorted(query.items()))
    signed = CLIENT_SECRET.encode() + text.encode() + request.body + CLIENT_SECRET.encode()
    if sign != hmac.new(CLIENT_SECRET.encode(), signed, hashlib.sha256).hexdigest():
        raise Answer(401, {"code": 106001, "message": "Invalid credentials. The 'sign' query parameter is invalid."})
    with lock:
        token = request.headers.get("x-tts-access-token")
        owner = owner_of(token)
        if not owner:
            raise Answer(401, {"code": 105002, "message": "Expired credentials. The access_token has expired."})
        if path == "/authorization/202309/shops":
            asked["shops"] += 1
            raise Answer(200, {"code": 0, "message": "Success", "data": {"shops": [
                {"cipher": cipher(s["id"]), "code": "C" + s["id"], "id": s["id"], "name": "Shop " + s["id"],
                 "region": s["region"], "seller_type": "LOCAL"} for s in owner["shops"]]}})
        shop = shop_of(token, query.get("shop_cipher"))
        if not shop:
            raise Answer(403, {"code": 106013, "message": "Invalid shop_cipher"})
        if path == "/order/202309/orders":
            asked["order"] += 1
            found = [orders[shop, i] for i in query["ids"].split(",") if (shop, i) in orders]
            raise Answer(200, {"code": 0, "message": "Success", "data": {"orders": found}})
        if path == "/order/202309/orders/search":
            asked["search"] += 1
            body = json.loads(request.body)
            found = sorted((o for (s, _), o in orders.items() if s == shop
                            and body["update_time_ge"] <= o["update_time"] < body["update_time_lt"]),
                           key=lambda o: o["update_time"])
            raise Answer(200, {"code": 0, "message": "Success", "data": {
                "orders": found, "next_page_token": "", "total_count": len(found)}})
        if path == "/event/202309/webhooks":
            raise Answer(200, {"code": 0, "message": "Success", "data": {"webhooks": [
                {"event_type": "ORDER_STATUS_CHANGE", "address": "https://shop.example/webhook/tiktok"}]}})
    raise Answer(404, {"code": 36009009, "message": "Invalid path"})


def cipher(shop):
    text = "cipher-" + hashlib.sha256(shop.encode()).hexdigest()[:20]
    if text not in given:
        given.append(text)
    return text


def shopify(request):
    """https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/offline-access-tokens"""
    if request.path == "/admin/oauth/access_token" and request.method == "POST":
        form = dict(parse_qsl(request.body.decode()))
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            raise Answer(400, {"error": "application_cannot_be_found"})
        kind = form.get("grant_type")
        if kind == "client_credentials":
            with lock:
                asked["client"] += 1
                token, _ = issue("shopify", "one.myshopify.com", [], has_refresh=False)
            raise Answer(200, {"access_token": token, "scope": "read_orders", "expires_in": 86399})
        found = use_refresh("shopify", form.get("refresh_token")) if kind == "refresh_token" else \
            use_code("shopify", form.get("code")) if form.get("expiring") == "1" else None
        if not found:
            raise Answer(400, {"error": "invalid_request", "error_description": "not valid: " + form.get("code", "")})
        _, (token, new) = found
        raise Answer(200, {"access_token": token, "scope": "read_orders", "expires_in": state["life"],
                           "refresh_token": new, "refresh_token_expires_in": 7776000})
    if re.fullmatch(r"/admin/api/\d{4}-\d\d/shop\.json", request.path):
        with lock:
            owner = owner_of(request.headers.get("X-Shopify-Access-Token"))
            asked["shops"] += 1
        if not owner:
            raise Answer(401, {"errors": "[API] Invalid API key or access token"})
        raise Answer(200, {"shop": {"myshopify_domain": owner["account"], "name": "A shop", "currency": "EUR",
                                    "country_code": "DE"}})
    raise Answer(404, {"errors": "Not Found"})


def developers(request):
    """https://developers.tiktok.com/doc/oauth-user-access-token-management"""
    form = dict(parse_qsl(request.body.decode()))
    if (form.get("client_key"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET) or request.path != "/v2/oauth/token/":
        raise Answer(401, {"error": "invalid_client", "error_description": "Client key or secret is incorrect."})
    kind = form.get("grant_type")
    if kind == "client_credentials":
        with lock:
            asked["client"] += 1
            token, _ = issue("tiktok_developers", "app", [], has_refresh=False)
        raise Answer(200, {"access_token": token, "expires_in": 7200, "token_type": "Bearer"})
    found = use_refresh("tiktok_developers", form.get("refresh_token")) if kind == "refresh_token" else \
        use_code("tiktok_developers", form.get("code"), form.get("redirect_uri"), form.get("code_verifier"))
    if not found:
        raise Answer(400, {"error": "invalid_grant", "error_description": "Authorization code is expired.", "log_id": "1"})
    account, (token, new) = found
    raise Answer(200, {"access_token": token, "expires_in": state["life"], "open_id": account, "refresh_token": new,
                       "refresh_expires_in": 31536000, "scope": "user.info.basic", "token_type": "Bearer"})


def business(request):
    """https://business-api.tiktok.com/portal/docs"""
    form = json.loads(request.body)
    if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
        raise Answer(200, {"code": 40001, "message": "client_secret is wrong", "data": {}})
    if request.path == "/open_api/v1.3/tt_user/oauth2/token/":
        found = use_code("tiktok_business", form.get("auth_code"), form.get("redirect_uri"))
    else:
        found = use_refresh("tiktok_business", form.get("refresh_token"))
    if not found:
        raise Answer(200, {"code": 40105, "message": "The refresh token or code is invalid", "data": {}})
    account, (token, new) = found
    raise Answer(200, {"code": 0, "message": "OK", "data": {
        "access_token": token, "expires_in": state["life"], "refresh_token": new,
        "refresh_token_expires_in": 31536000, "open_id": account, "scope": "comment.list", "token_type": "Bearer"}})


def serve(request):
    """Answers a request whose path begins with the name of a server, or with control."""
    whole = urlsplit(request.path)
    name, _, rest = whole.path[1:].partition("/")
    if name == "control":
        control(request)
    request.path, request.query, request.method = "/" + rest, parse_qsl(whole.query), request.command
    CONTRACTS[name](request)


CONTRACTS = {"tts": tts, "shopify": shopify, "developers": developers, "business": business}


def control(request):
    asking = json.loads(request.body)
    with lock:
        if asking["op"] == "code":
            code = secret("code")
            codes[code] = asking
            raise Answer(200, {"code": code})
        if asking["op"] == "order":
            orders[asking["shop"], asking["order"]["id"]] = asking["order"]
        elif asking["op"] in ("expire", "revoke"):
            for kept in (access, refresh)[:1 if asking["op"] == "expire" else 2]:
                for token in [t for t, owner in kept.items() if asking.get("account") in (None, owner["account"])]:
                    del kept[token]
        elif asking["op"] == "advance":
            state["ahead"] += asking["microseconds"] / 1e6
        elif asking["op"] == "life":
            state["life"] = asking["seconds"]
        elif asking["op"] == "grace":
            state["grace"] = asking["on"]
        elif asking["op"] == "fault":
            state["fault"] = asking["fault"]
        raise Answer(200, dict(asked, given=given))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def serve(self):
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            serve(self)
        except Lost:
            time.sleep(60)
        except Answer as answer:
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

    do_GET = do_POST = serve

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with open(sys.argv[1] + ".new", "w") as file:
        file.write(str(server.server_port))
    os.rename(sys.argv[1] + ".new", sys.argv[1])
    server.serve_forever()
