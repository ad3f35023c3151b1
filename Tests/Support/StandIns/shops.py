#!/usr/bin/env python3
"""Shops with the order APIs of TikTok Shop, Shopify, WooCommerce, BigCommerce, Square, Etsy and EverShop, their products and
customers (records.py), and the lists of Stripe and GitHub (event_lists.py), as their pages describe them, for tests.

usage: shops.py PORT-FILE     listens on a free port of 127.0.0.1 and writes it there

POST /control {"op": "put", "shop", "order"}              a new order, or a new state of one
              {"op": "record", "shop", "kind", "record"}  a new product or customer, or a new state of one
              {"op": "forget", "shop", "kind", "id"}      a record is gone
              {"op": "webhook", "shop", "on"}             whether the shop's webhooks are registered
              {"op": "token", "shop", "token"}            the token that it takes
              {"op": "fault", "shop", "fault", "times", "skip"}   the next answers of its list are wrong
              {"op": "asked"}                             how many requests each shop got
              {"op": "subscriptions", "shop", "list"}     its registered webhooks from now on, each {"id", "topic",
                                                          "address", "status", "version"}; answers with them and with
                                                          what changed them
              {"op": "reset"}                             everything is as at the start, but for "authorize"
              {"op": "ends", "text"}                      when GitHub says that its token ends
              {"op": "asked_again"}                       the deliveries that GitHub was asked to repeat
              {"op": "change_fault", "shop", "fault", "times"}   the next changes of an order meet with a fault
              {"op": "told"}                              how often each shop got a report of an order
              {"op": "authorize"}                         TikTok Shop and Shopify take the tokens of authorizer.py from now
                                                          on, whose servers are behind /authorizer; an order that was put
                                                          with "of" is that shop's alone

Faults: busy (429 with Retry-After: 1, or with the field that follows the word), moved (a redirect), throttled (Shopify's
cost), error (500), garbage (no JSON), no_id, other_shop, repeat (the next page is this one), backwards (the times go back),
hold (no answer for a minute), expired (EverShop's token ends). Of changes: busy and error (nothing happens), lost and hold (it
happens, without an answer); of changes of webhooks late (it happens, without an answer for a minute) and the word answer
with members (it happens, and the answer describes a webhook with these members) or with another text, which is the answer.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import sys
import threading
import time
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import authorizer
import event_lists
import fulfillments
import records

APP_KEY, APP_SECRET = "29a39d", "e59af819cc"
authorizer.CLIENT_SECRET = APP_SECRET
lock = threading.Lock()
orders = {"tiktok": {}, "shopify": {}, "woocommerce": {}, "bigcommerce": {}, "square": {}, "etsy": {}, "stripe": {},
          "github": {}, "evershop": {}}
webhooks = dict.fromkeys(orders, True)
tokens = dict.fromkeys(orders, "test-token")
asked = dict.fromkeys(orders, 0)
# What is registered, once a test has said so; until then what `webhooks` says.
subscriptions, sent = {"github": [dict(event_lists.HOOK)]}, []
faults = []
# The shops that take the tokens of authorizer.py, and whose orders are whose.
authorized, owners = set(), {}


# Whether the answer of this thread's request comes late.
late = threading.local()


class Answer(Exception):
    def __init__(self, status, body, headers=None):
        super().__init__()
        self.status, self.headers = status, headers or {}
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()


def seconds(text):
    """A time of Shopify's or WooCommerce's, whose GMT times have no zone."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return int((moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp())


def changed(shop, order):
    if shop == "tiktok":
        return order["update_time"]
    if shop == "etsy":
        return order["updated_timestamp"]
    if shop == "bigcommerce":
        return int(parsedate_to_datetime(order["date_modified"]).timestamp())
    return seconds(order["date_modified_gmt" if shop == "woocommerce" else "updated_at"])


def name(shop, order):
    return str(order["receipt_id" if shop == "etsy" else "id"])


def takes(shop, token):
    if shop not in authorized:
        return token == tokens[shop]
    with authorizer.lock:
        return authorizer.owner_of(token) is not None


def own(shop, token, cipher=None):
    """The orders that a token shows."""
    if shop not in authorized:
        return orders[shop]
    with authorizer.lock:
        name = authorizer.shop_of(token, cipher)
    if name is None:
        raise Answer(403, {"code": 106013, "message": "Invalid shop_cipher"})
    with lock:
        return {i: order for i, order in orders[shop].items() if owners.get((shop, i), name) == name}


def between(shop, since, until, keep=lambda order: True):
    """since <= the time of the last change < until, the oldest first."""
    with lock:
        found = [o for o in orders[shop].values() if since <= changed(shop, o) < until and keep(o)]
    return sorted(found, key=lambda o: (changed(shop, o), name(shop, o)))


def fault_of(shop):
    with lock:
        for fault in faults:
            if fault["shop"] == shop and fault["times"] > 0:
                if fault.get("skip", 0) > 0:
                    fault["skip"] -= 1
                    return None
                fault["times"] -= 1
                return fault["fault"]
    return None


def meet(fault):
    if fault == "busy":
        raise Answer(429, {"message": "Too many requests"}, {"Retry-After": "1"})
    if fault and fault.startswith("busy "):
        raise Answer(429, {"message": "Too many requests"}, dict([fault[5:].split(": ")]))
    if fault == "moved":
        raise Answer(301, b"<html>Moved</html>", {"Location": "https://a:b@www.shop.example/orders?key=c"})
    if fault == "error":
        raise Answer(500, {"message": "Internal error"})
    if fault == "garbage":
        raise Answer(200, b"<html>Maintenance</html>")
    if fault == "hold":
        time.sleep(60)


def spoil(fault, page):
    """The page with the fault in it."""
    page = json.loads(json.dumps(page))
    if fault == "no_id" and page:
        page[-1].pop("id", None)
        page[-1].pop("receipt_id", None)
    if fault == "backwards":
        page.reverse()
    if fault == "other_shop":
        for order in page:
            order["_links"] = {"self": [{"href": f"https://other.example/wp-json/wc/v3/orders/{order['id']}"}]}
    return page


def tiktok(request):
    """https://partner.tiktokshop.com/docv2/page/get-order-list-202309, sign-your-api-request"""
    query = dict(request.query)
    sign = query.pop("sign", "")
    text = request.path + "".join(k + v for k, v in sorted(query.items()))
    signed = APP_SECRET.encode() + text.encode() + request.body + APP_SECRET.encode()
    if sign != hmac.new(APP_SECRET.encode(), signed, hashlib.sha256).hexdigest():
        raise Answer(401, {"code": 106001, "message": "Invalid credentials. The 'sign' query parameter is invalid."})
    token = request.headers.get("x-tts-access-token")
    if not takes("tiktok", token):
        raise Answer(401, {"code": 105002, "message": "Expired credentials. The access_token has expired."})
    shown = own("tiktok", token, query.get("shop_cipher"))
    fulfillments.tiktok(request, shown, Answer)
    if request.path == "/event/202309/webhooks" and "tiktok" in subscriptions:
        tiktok_subscriptions(request)
    if request.path == "/event/202309/webhooks":
        on = [{"event_type": "ORDER_STATUS_CHANGE", "address": "https://shop.example/webhook/tiktok"}]
        raise Answer(200, {"code": 0, "message": "Success", "data": {"webhooks": on if webhooks["tiktok"] else []}})
    if request.path == "/order/202309/orders":
        with lock:
            found = [shown[i] for i in query["ids"].split(",") if i in shown]
        raise Answer(200, {"code": 0, "message": "Success", "data": {"orders": found}})
    records.tiktok(request, query, fault_of, meet, Answer)
    if request.path != "/order/202309/orders/search" or request.method != "POST":
        raise Answer(404, {"code": 36009009, "message": "Invalid path"})
    fault = fault_of("tiktok")
    meet(fault)
    size, body = int(query["page_size"]), json.loads(request.body)
    if not 1 <= size <= 100 or query.get("sort_field") != "update_time" or query.get("sort_order") != "ASC":
        raise Answer(400, {"code": 36009004, "message": "Invalid parameter"})
    found = between("tiktok", body["update_time_ge"], body["update_time_lt"], lambda order: order["id"] in shown)
    start = int(base64.b64decode(query["page_token"])) if "page_token" in query else 0
    following = start if fault == "repeat" else start + size
    token = base64.b64encode(str(following).encode()).decode() if following < len(found) else ""
    page = spoil(fault, found[start:start + size])
    raise Answer(200, {"code": 0, "message": "Success", "request_id": "1", "data": {
        "orders": page, "next_page_token": token, "total_count": len(found)}})


def shopify(request):
    """https://shopify.dev/docs/api/admin-graphql/latest/queries/orders, https://shopify.dev/docs/api/usage/limits"""
    token = request.headers.get("X-Shopify-Access-Token")
    if not takes("shopify", token):
        raise Answer(401, {"errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"})
    shown = own("shopify", token)
    records.shopify_single(request, Answer)
    single = re.fullmatch(r"/admin/api/\d{4}-\d\d/orders/(\d+)\.json", request.path)
    if single:
        with lock:
            order = shown.get(single[1])
        raise Answer(200, {"order": order}) if order else Answer(404, {"errors": "Not Found"})
    if not re.fullmatch(r"/admin/api/\d{4}-\d\d/graphql\.json", request.path) or request.method != "POST":
        raise Answer(404, {"errors": "Not Found"})
    fulfillments.shopify(request, shown, Answer)
    asking = json.loads(request.body)
    cost = {"requestedQueryCost": 52, "throttleStatus": {
        "maximumAvailable": 2000.0, "currentlyAvailable": 1948, "restoreRate": 100.0}}
    if "shopify" in subscriptions and "webhookSubscription" in asking["query"]:
        shopify_subscriptions(asking, cost)
    if "webhookSubscriptions" in asking["query"]:
        nodes = [{"topic": "ORDERS_CREATE"}, {"topic": "ORDERS_UPDATED"}] if webhooks["shopify"] else []
        raise Answer(200, {"data": {"webhookSubscriptions": {"nodes": nodes}}, "extensions": {"cost": cost}})
    records.shopify(asking, cost, fault_of, meet, Answer)
    fault = fault_of("shopify")
    meet(fault)
    if fault == "throttled":
        cost["throttleStatus"]["currentlyAvailable"] = 2
        raise Answer(200, {"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}],
                           "extensions": {"cost": cost}})
    variables = asking["variables"]
    times = re.fullmatch(r"updated_at:>='(.+)' AND updated_at:<'(.+)'", variables["query"])
    found = between("shopify", seconds(times[1]), seconds(times[2]), lambda order: str(order["id"]) in shown)
    start = int(variables["after"]) if variables["after"] else 0
    page = spoil(fault, found[start:start + variables["first"]])
    end = start if fault == "repeat" else start + len(page)
    nodes = [{"legacyResourceId": str(o["id"]) if "id" in o else None, "updatedAt": o["updated_at"]} for o in page]
    raise Answer(200, {"data": {"orders": {"nodes": nodes, "pageInfo": {
        "hasNextPage": end < len(found), "endCursor": str(end)}}}, "extensions": {"cost": cost}})


def woocommerce(request):
    """https://woocommerce.github.io/woocommerce-rest-api-docs/#list-all-orders"""
    wanted = "Basic " + base64.b64encode(f"ck:{tokens['woocommerce']}".encode()).decode()
    if request.headers.get("Authorization") != wanted:
        raise Answer(401, {"code": "woocommerce_rest_cannot_view", "message": "Sorry, you cannot list resources.",
                           "data": {"status": 401}})
    if request.path.startswith("/wp-json/wc/v3/webhooks") and "woocommerce" in subscriptions:
        woocommerce_subscriptions(request)
    if request.path == "/wp-json/wc/v3/webhooks":
        status = "active" if webhooks["woocommerce"] else "disabled"
        raise Answer(200, [{"id": 1, "status": status, "topic": "order.updated"}])
    fulfillments.woocommerce(request, orders["woocommerce"], Answer)
    records.woocommerce(request, fault_of, meet, Answer)
    if request.path != "/wp-json/wc/v3/orders":
        raise Answer(404, {"code": "rest_no_route", "message": "No route was found."})
    fault = fault_of("woocommerce")
    meet(fault)
    query = dict(request.query)
    size, page = int(query.get("per_page", 10)), int(query.get("page", 1))
    if not 1 <= size <= 100 or query.get("dates_are_gmt") != "true" or query.get("orderby") != "modified":
        raise Answer(400, {"code": "rest_invalid_param", "message": "Invalid parameter"})
    is_trash = query["status"] == "trash"
    # Later than the one, before the other.
    found = between("woocommerce", seconds(query["modified_after"]) + 1, seconds(query["modified_before"]),
                    lambda order: (order["status"] == "trash") == is_trash)
    raise Answer(200, spoil(fault, found[(page - 1) * size:page * size]), {
        "X-WP-Total": str(len(found)), "X-WP-TotalPages": str(-(-len(found) // size))})


def bigcommerce(request):
    """https://developer.bigcommerce.com/docs/rest-management/orders: an empty list is 204; a limit has fields of its own"""
    if request.headers.get("X-Auth-Token") != tokens["bigcommerce"]:
        raise Answer(401, {"status": 401, "title": "Unauthorized"})
    query = dict(request.query)
    if request.path.startswith("/v3/hooks") and "bigcommerce" in subscriptions:
        bigcommerce_subscriptions(request, query)
    if request.path == "/v3/hooks":
        raise Answer(200, {"data": [{"scope": "store/order/updated", "is_active": webhooks["bigcommerce"]}]})
    records.bigcommerce(request, fault_of, meet, Answer)
    if request.path.startswith("/v2/orders/"):
        with lock:
            order = orders["bigcommerce"].get(request.path[11:])
        raise Answer(200, order) if order else Answer(404, [{"status": 404, "message": "The order was not found."}])
    if request.path != "/v2/orders" or query["sort"] != "date_modified:asc":
        raise Answer(404, [{"status": 404, "message": "Not found"}])
    fault = fault_of("bigcommerce")
    if fault == "busy":
        raise Answer(429, b"", {"X-Rate-Limit-Time-Reset-Ms": "1500"})
    meet(fault)
    size, page = int(query["limit"]), int(query["page"])
    found = between("bigcommerce", seconds(query["min_date_modified"]), seconds(query["max_date_modified"]) + 1)
    page = spoil(fault, found[(page - 1) * size:page * size])
    raise Answer(200, page) if page else Answer(204, b"")


def square(request):
    """https://developer.squareup.com/reference/square/orders-api/search-orders"""
    if request.headers.get("Authorization") != "Bearer " + tokens["square"] or not request.headers.get("Square-Version"):
        raise Answer(401, {"errors": [{"category": "AUTHENTICATION_ERROR", "code": "UNAUTHORIZED"}]})
    if request.path.startswith("/v2/webhooks/subscriptions"):
        square_subscriptions(request)
    if request.method == "GET":
        with lock:
            order = orders["square"].get(request.path[11:])
        raise Answer(200, {"order": order}) if order else Answer(404, {"errors": [{"code": "NOT_FOUND"}]})
    records.square(request, fault_of, meet, Answer)
    asking = json.loads(request.body)
    if request.path != "/v2/orders/search" or asking["location_ids"] != ["L1"]:
        raise Answer(400, {"errors": [{"code": "BAD_REQUEST"}]})
    if asking["query"]["sort"] != {"sort_field": "UPDATED_AT", "sort_order": "ASC"}:
        raise Answer(400, {"errors": [{"code": "BAD_REQUEST"}]})
    fault = fault_of("square")
    meet(fault)
    times = asking["query"]["filter"]["date_time_filter"]["updated_at"]
    found = between("square", seconds(times["start_at"]), seconds(times["end_at"]) + 1)
    start = int(asking.get("cursor", 0))
    page, end = spoil(fault, found[start:start + asking["limit"]]), start + asking["limit"]
    answer = {"orders": page} if page else {}
    if end < len(found):
        answer["cursor"] = str(start if fault == "repeat" else end)
    raise Answer(200, answer)


def changed_subscription(shop, body):
    """Notes a change, or fails as a test wishes."""
    fault = fault_of(shop + "-change")
    meet(fault)
    late.is_on = fault == "late"
    late.answer = fault.removeprefix("answer ") if fault and fault.startswith("answer ") else None
    with lock:
        sent.append({"shop": shop, "body": body})


# Where the answer to a change describes the webhook.
DESCRIBED = {"shopify": ("data", "webhookSubscriptionCreate", "webhookSubscription"), "bigcommerce": ("data",),
             "square": ("subscription",)}


def changed_answer(shop, body):
    """The answer to a change, as a test wishes."""
    wished, late.answer = getattr(late, "answer", None), None
    if wished is None:
        return body
    if not wished.startswith("{"):
        return wished.encode()
    whole = json.loads(body)
    described = whole
    for member in DESCRIBED.get(shop, ()):
        described = described[member]
    described.update(json.loads(wished))
    return json.dumps(whole).encode()


def tiktok_subscriptions(request):
    """https://partner.tiktokshop.com/docv2/page/update-shop-webhook-202309: one address for a topic"""
    known = subscriptions["tiktok"]
    if request.method == "GET":
        raise Answer(200, {"code": 0, "message": "Success", "data": {"total_count": len(known), "webhooks": [
            {"address": s["address"], "event_type": s["topic"], "create_time": 1, "update_time": 1} for s in known]}})
    body = json.loads(request.body)
    if request.method != "PUT" or len(body["address"]) > 255 or not body["address"].startswith("https://"):
        raise Answer(400, {"code": 36009004, "message": "Invalid parameter"})
    changed_subscription("tiktok", body)
    known[:] = [s for s in known if s["topic"] != body["event_type"]]
    known.append({"topic": body["event_type"], "address": body["address"]})
    raise Answer(200, {"code": 0, "message": "Success", "data": {}})


def shopify_subscriptions(asking, cost):
    """https://shopify.dev/docs/api/admin-graphql/latest/mutations/webhookSubscriptionCreate; pages of two"""
    known, variables = subscriptions["shopify"], asking["variables"]
    if "webhookSubscriptionCreate" in asking["query"]:
        topic, url = variables["topic"], variables["subscription"]["callbackUrl"]
        if any((s["topic"], s["address"]) == (topic, url) for s in known):
            raise Answer(200, {"data": {"webhookSubscriptionCreate": {"webhookSubscription": None, "userErrors": [
                {"field": ["callbackUrl"], "message": "Address for this topic has already been taken"}]}}})
        changed_subscription("shopify", variables)
        number = "gid://shopify/WebhookSubscription/%d" % (len(known) + 100)
        known.append({"id": number, "topic": topic, "address": url})
        raise Answer(200, {"data": {"webhookSubscriptionCreate": {
            "webhookSubscription": {"id": number, "topic": topic, "endpoint": {
                "__typename": "WebhookHttpEndpoint", "callbackUrl": url}}, "userErrors": []}}})
    if "topics: [" in asking["query"]:
        nodes = [{"topic": s["topic"]} for s in known if s["topic"] in ("ORDERS_CREATE", "ORDERS_UPDATED")]
        raise Answer(200, {"data": {"webhookSubscriptions": {"nodes": nodes}}, "extensions": {"cost": cost}})
    start = int(variables["after"] or 0)
    nodes = [{"id": s.get("id"), "topic": s["topic"], "apiVersion": {"handle": s.get("version", "2025-01")},
              "endpoint": {"__typename": "WebhookHttpEndpoint", "callbackUrl": s["address"]}}
             for s in known[start:start + 2]]
    raise Answer(200, {"data": {"webhookSubscriptions": {"nodes": nodes, "pageInfo": {
        "hasNextPage": start + 2 < len(known), "endCursor": str(start + 2)}}}, "extensions": {"cost": cost}})


def woocommerce_subscriptions(request):
    """https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks"""
    def described(s):
        return {"id": s["id"], "status": s.get("status", "active"), "topic": s["topic"], "delivery_url": s["address"]}
    known, query = subscriptions["woocommerce"], dict(request.query)
    if request.method == "GET":
        size, page = int(query["per_page"]), int(query.get("page", 1))
        raise Answer(200, [described(s) for s in known[(page - 1) * size:page * size]])
    body = json.loads(request.body)
    changed_subscription("woocommerce", body)
    if request.method == "POST":
        known.append({"id": 1 + max([s["id"] for s in known], default=0), "topic": body["topic"],
                      "address": body["delivery_url"], "status": body["status"]})
        raise Answer(201, described(known[-1]))
    for one in known:
        if request.path.endswith("/%d" % one["id"]) and request.method == "PUT":
            one["status"] = body["status"]
            raise Answer(200, described(one))
    raise Answer(404, {"code": "woocommerce_rest_shop_webhook_invalid_id", "message": "Invalid ID."})


def bigcommerce_subscriptions(request, query):
    """https://developer.bigcommerce.com/docs/rest-management/webhooks; pages of two"""
    def described(s):
        return {"id": s["id"], "scope": s["topic"], "destination": s["address"], "is_active": s.get("status") != "off"}
    known = subscriptions["bigcommerce"]
    if request.method == "GET":
        page = int(query["page"])
        data = [described(s) for s in known[(page - 1) * 2:page * 2]]
        raise Answer(200, {"data": data, "meta": {"pagination": {
            "total_pages": -(-len(known) // 2), "current_page": page}}})
    body = json.loads(request.body)
    changed_subscription("bigcommerce", body)
    if request.method == "POST":
        known.append({"id": 900 + len(known), "topic": body["scope"], "address": body["destination"]})
        raise Answer(200, {"data": described(known[-1]), "meta": {}})
    for one in known:
        if request.path == "/v3/hooks/%d" % one["id"] and request.method == "PUT":
            one["status"] = "on" if body["is_active"] else "off"
            raise Answer(200, {"data": described(one), "meta": {}})
    raise Answer(404, {"status": 404, "title": "Hook not found"})


def square_subscriptions(request):
    """https://developer.squareup.com/docs/webhooks/webhook-subscriptions-api: several topics and a key for each; disabled
    ones only when asked for"""
    def described(s):
        return {"id": s["id"], "name": "x", "enabled": s.get("status") != "off", "event_types": s["topic"].split(),
                "notification_url": s["address"], "api_version": s.get("version", "2025-01-23")}
    known = subscriptions.get("square", [])
    if request.method == "GET":
        shown = [s for s in known if s.get("status") != "off" or dict(request.query).get("include_disabled") == "true"]
        raise Answer(200, {"subscriptions": [described(s) for s in shown]} if shown else {})
    body = json.loads(request.body)
    changed_subscription("square", body)
    for one in known:
        if request.path.endswith("/" + one["id"]) and request.method == "PUT":
            one["topic"] = " ".join(body["subscription"]["event_types"])
            raise Answer(200, {"subscription": described(one)})
    raise Answer(404, {"errors": [{"code": "NOT_FOUND"}]})


def etsy(request):
    """https://developers.etsy.com/documentation/reference#operation/getShopReceipts"""
    keys = (request.headers.get("x-api-key"), request.headers.get("Authorization"))
    if keys != (APP_KEY, "Bearer " + tokens["etsy"]):
        raise Answer(401, {"error": "invalid_token"})
    base = "/v3/application/shops/77/receipts"
    if request.path.startswith(base + "/"):
        with lock:
            order = orders["etsy"].get(request.path[len(base) + 1:])
        raise Answer(200, order) if order else Answer(404, {"error": "Resource not found"})
    query = dict(request.query)
    size, offset = int(query["limit"]), int(query["offset"])
    if request.path != base or (query["sort_on"], query["sort_order"]) != ("updated", "asc") or size > 100:
        raise Answer(400, {"error": "Invalid parameter"})
    fault = fault_of("etsy")
    meet(fault)
    found = between("etsy", int(query["min_last_modified"]), int(query["max_last_modified"]) + 1)
    raise Answer(200, {"count": len(found), "results": spoil(fault, found[offset:offset + size])})


def github(request):
    with lock:
        attempts = dict(orders["github"])
    event_lists.github(request, attempts, subscriptions["github"], tokens, fault_of, changed_subscription, meet, Answer)


def stripe(request):
    with lock:
        events = dict(orders["stripe"])
    event_lists.stripe(request, events, subscriptions.get("stripe"), changed_subscription, tokens, webhooks["stripe"], fault_of, meet,
                       Answer)


def evershop(request):
    """evershopcommerce/evershop 2.2.1, modules/oms and modules/auth: a token of minutes, pages with numbers, newest first"""
    if request.path == "/api/user/tokens" and request.method == "POST":
        if json.loads(request.body) != {"email": "admin@shop.example", "password": tokens["evershop"]}:
            raise Answer(400, {"error": {"status": 400, "message": "Invalid email or password"}})
        with lock:
            admin_tokens.append("jwt.%d" % len(admin_tokens))
        raise Answer(200, {"data": {"accessToken": admin_tokens[-1], "refreshToken": "refresh"}})
    if request.path != "/api/admin/graphql" or request.method != "POST":
        raise Answer(404, {"error": {"status": 404, "message": "Not found"}})
    fault = fault_of("evershop")
    if fault == "expired" or not admin_tokens or request.headers.get("Authorization") != "Bearer " + admin_tokens[-1]:
        raise Answer(401, {"error": {"status": 401, "message": "jwt expired"}})
    meet(fault)
    asking = json.loads(request.body)
    if "orders(filters: $filters)" not in asking["query"]:
        raise Answer(500, {"error": {"status": 500, "message": "Syntax Error"}})
    filters = {f["key"]: int(f["value"]) for f in asking["variables"]["filters"] if f["operation"] == "eq"}
    with lock:
        found = sorted(orders["evershop"].values(), key=lambda o: int(o["id"]), reverse=True)
    start = (filters["page"] - 1) * filters["limit"]
    raise Answer(200, {"data": {"orders": {"items": spoil(fault, found[start:start + filters["limit"]])}}})


admin_tokens = []
CONTRACTS = {"evershop": evershop, "github": github, "stripe": stripe, "tiktok": tiktok, "shopify": shopify, "woocommerce": woocommerce, "bigcommerce": bigcommerce,
             "square": square, "etsy": etsy}


def control(request):
    asking = json.loads(request.body)
    with lock:
        if asking["op"] == "put":
            number = name(asking["shop"], asking["order"])
            orders[asking["shop"]][number] = asking["order"]
            if "of" in asking:
                owners[asking["shop"], number] = asking["of"]
        elif asking["op"] == "record":
            records.put(asking["shop"], asking["kind"], asking["record"])
        elif asking["op"] == "forget":
            del records.records[asking["shop"], asking["kind"]][asking["id"]]
        elif asking["op"] == "webhook":
            webhooks[asking["shop"]] = asking["on"]
        elif asking["op"] == "token":
            tokens[asking["shop"]] = asking["token"]
        elif asking["op"] == "fault":
            faults.append(asking)
        elif asking["op"] == "authorize":
            authorized.update(("tiktok", "shopify"))
        elif asking["op"] == "subscriptions":
            if "list" in asking:
                subscriptions[asking["shop"]] = asking["list"]
            raise Answer(200, {"list": subscriptions.get(asking["shop"], []),
                               "sent": [s["body"] for s in sent if s["shop"] == asking["shop"]]})
        elif asking["op"] == "reset":
            for kept in (*orders.values(), records.records, owners, sent, faults, event_lists.asked_again,
                         fulfillments.faults, fulfillments.told):
                kept.clear()
            subscriptions.clear()
            subscriptions["github"] = [dict(event_lists.HOOK)]
            webhooks.update(dict.fromkeys(orders, True))
            tokens.update(dict.fromkeys(orders, "test-token"))
            asked.update(dict.fromkeys(orders, 0))
            event_lists.ends = None
        elif asking["op"] == "ends":
            event_lists.ends = asking["text"]
        elif asking["op"] == "asked_again":
            raise Answer(200, event_lists.asked_again)
        elif asking["op"] == "change_fault":
            fulfillments.faults.append(asking)
        raise Answer(200, fulfillments.told if asking["op"] == "told" else asked)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def serve(self):
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        whole = urlsplit(self.path)
        shop, _, rest = whole.path[1:].partition("/")
        try:
            if shop == "control":
                control(self)
            if shop == "authorizer":
                self.path = self.path.removeprefix("/authorizer")
                authorizer.serve(self)
            self.path, self.query, self.method = "/" + rest, parse_qsl(whole.query), self.command
            with lock:
                asked[shop] += 1
            CONTRACTS[shop](self)
        except authorizer.Lost:
            time.sleep(60)
        except fulfillments.Unanswered as unanswered:
            time.sleep(unanswered.seconds)
            self.close_connection = True
        except (Answer, authorizer.Answer) as answer:
            if getattr(late, "is_on", False):
                late.is_on = False
                time.sleep(60)
            answer.body = changed_answer(shop, answer.body)
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            for field, value in getattr(answer, "headers", {}).items():
                self.send_header(field, value)
            if shop == "github" and event_lists.ends and answer.status != 401:
                self.send_header("github-authentication-token-expiration", event_lists.ends)
            if answer.status != 204:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

    do_GET = do_POST = do_PUT = do_PATCH = serve

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with open(sys.argv[1] + ".new", "w") as file:
        file.write(str(server.server_port))
    os.rename(sys.argv[1] + ".new", sys.argv[1])
    server.serve_forever()
