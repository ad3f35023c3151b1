"""The APIs by which webhooks are registered, for standins.py: a function per contract, which raises its answer.

Each keeps its own list. What the tests may look at is noted by `happened`: ("registered", what) and ("removed", what).
"""

import base64
import hashlib
import hmac
import json
import time
from urllib.parse import parse_qsl

TOKEN = "test-token"
APP_KEY, APP_SECRET = "29a39d", "e59af819cc"
SECRET = "signing-secret"

lists = {"tiktok": {}, "business": {}, "shopify": {}, "woo": {}, "guide": {}}


def tiktok_shop(request, answer, happened):
    """GET, PUT and DELETE of /event/202309/webhooks; never POST."""
    query = dict(parse_qsl(request.query))
    signature = query.pop("sign", "")
    path = request.path[len("/tiktok"):]
    text = APP_SECRET + path + "".join(k + v for k, v in sorted(query.items())) + request.body.decode() + APP_SECRET
    if hmac.new(APP_SECRET.encode(), text.encode(), hashlib.sha256).hexdigest() != signature:
        raise answer(200, {"code": 106001, "message": "Invalid signature"})
    if abs(int(query["timestamp"]) - time.time()) > 300 or query.get("shop_cipher") != "cipher-1":
        raise answer(200, {"code": 106011, "message": "Invalid shop_cipher or timestamp"})
    if request.headers.get("x-tts-access-token") != TOKEN:
        # Like some gateways, it echoes the request.
        raise answer(401, {"code": 105002, "message": "Expired credentials " + request.headers.get("x-tts-access-token")})
    known = lists["tiktok"]
    if request.command == "GET":
        raise answer(200, {"code": 0, "message": "Success", "data": {"total_count": len(known), "webhooks": [
            {"address": url, "event_type": event, "create_time": 1, "update_time": 1} for event, url in known.items()]}})
    body = json.loads(request.body)
    if request.command == "PUT":
        known[body["event_type"]] = body["address"]
        happened("registered", "tiktok " + body["event_type"])
    elif request.command == "DELETE":
        known.pop(body["event_type"], None)
        happened("removed", "tiktok " + body["event_type"])
    else:
        raise answer(405, "method not allowed")
    raise answer(200, {"code": 0, "message": "Success", "data": {}})


def business(request, answer, happened):
    """/open_api/v1.3/business/webhook/update|list|delete/ by app id and secret; every answer is a 200."""
    function = request.path.split("/")[-2]
    wanted = "GET" if function == "list" else "POST"
    if request.command != wanted:
        raise answer(405, "method not allowed")
    fields = dict(parse_qsl(request.query)) if wanted == "GET" else json.loads(request.body)
    if (fields.get("app_id"), fields.get("secret")) != ("app-1", SECRET):
        raise answer(200, {"code": 40002, "message": "wrong app_id or secret: " + str(fields.get("secret"))})
    event, known = fields.get("event_type"), lists["business"]
    if event not in ("COMMENT", "VIDEO", "DIRECT_MESSAGE", "BRAND_MENTION"):
        raise answer(200, {"code": 40002, "message": "event_type: unknown"})
    if event == "BRAND_MENTION":
        raise answer(200, {"code": 40001, "message": "No permission for BRAND_MENTION"})
    data = {"app_id": "app-1", "event_type": event}
    if function == "update":
        known[event] = fields["callback_url"]
        happened("registered", "business " + event)
    elif function == "delete":
        known.pop(event, None)
        happened("removed", "business " + event)
    if event in known:
        data["callback_url"] = known[event]
    raise answer(200, {"code": 0, "message": "OK", "data": data})


def shopify(request, answer, happened):
    """GraphQL; a second subscription of the same topic and URL is a user error."""
    if request.headers.get("X-Shopify-Access-Token") != TOKEN:
        raise answer(401, {"errors": "[API] Invalid API key or access token"})
    if request.command != "POST" or not request.path.endswith("/graphql.json"):
        raise answer(404, "")
    body = json.loads(request.body)
    query, variables, known = body["query"], body["variables"], lists["shopify"]
    if "webhookSubscriptionCreate" in query:
        topic, url = variables["topic"], variables["subscription"]["callbackUrl"]
        if (topic, url) in known.values():
            raise answer(200, {"data": {"webhookSubscriptionCreate": {"webhookSubscription": None, "userErrors": [
                {"field": ["callbackUrl"], "message": "Address for this topic has already been taken"}]}}})
        if topic == "NO_ANSWER":
            raise answer(200, {"data": {"webhookSubscriptionCreate": {"webhookSubscription": None, "userErrors": []}}})
        if topic == "NO_SUCH_TOPIC":
            raise answer(200, {"errors": [{"message": "Variable $topic of type WebhookSubscriptionTopic! was invalid"}]})
        number = "gid://shopify/WebhookSubscription/%d" % (len(known) + 1)
        known[number] = (topic, url)
        happened("registered", "shopify " + topic)
        raise answer(200, {"data": {"webhookSubscriptionCreate": {"webhookSubscription": {"id": number}, "userErrors": []}}})
    if "webhookSubscriptionDelete" in query:
        number = variables["id"]
        if number not in known:
            raise answer(200, {"data": {"webhookSubscriptionDelete": {"deletedWebhookSubscriptionId": None, "userErrors": [
                {"field": ["id"], "message": "Webhook subscription does not exist"}]}}})
        topic, _ = known.pop(number)
        happened("removed", "shopify " + topic)
        raise answer(200, {"data": {"webhookSubscriptionDelete": {"deletedWebhookSubscriptionId": number, "userErrors": []}}})
    # Pages of two.
    start = int(variables["after"] or 0)
    part = list(known.items())[start:start + 2]
    raise answer(200, {"data": {"webhookSubscriptions": {
        "nodes": [{"id": n, "topic": t, "endpoint": {"__typename": "WebhookHttpEndpoint", "callbackUrl": u}} for n, (t, u) in part],
        "pageInfo": {"hasNextPage": start + 2 < len(known), "endCursor": str(start + 2)}}}})


def woocommerce(request, answer, happened):
    """/wp-json/wc/v3/webhooks with basic authentication; lists come in pages."""
    pair = base64.b64encode(("ck_1:" + TOKEN).encode()).decode()
    if request.headers.get("Authorization") != "Basic " + pair:
        raise answer(401, {"code": "woocommerce_rest_cannot_view", "message": "Sorry, you cannot list resources."})
    known, query = lists["woo"], dict(parse_qsl(request.query))
    if request.command == "POST":
        body = json.loads(request.body)
        if body["secret"] != SECRET:
            raise answer(400, {"code": "bad_secret", "message": "bad secret " + body["secret"]})
        if body["topic"] == "no.answer":
            raise answer(201, {"id": 1, "topic": "order.created", "delivery_url": body["delivery_url"]})
        number = len(known) + 1
        known[number] = {"id": number, "topic": body["topic"], "delivery_url": body["delivery_url"], "status": "active"}
        happened("registered", "woo " + body["topic"])
        raise answer(201, known[number])
    if request.command == "DELETE":
        number = int(request.path.split("/")[-1])
        if number not in known or query.get("force") != "true":
            raise answer(404, {"code": "woocommerce_rest_shop_webhook_invalid_id", "message": "Invalid ID."})
        gone = known.pop(number)
        happened("removed", "woo " + gone["topic"])
        raise answer(200, gone)
    start = (int(query.get("page", 1)) - 1) * int(query.get("per_page", 10))
    raise answer(200, list(known.values())[start:start + int(query.get("per_page", 10))])


def guide(request, answer, happened):
    """The three functions of the comment moderation guide."""
    if request.headers.get("Authorization") != "Bearer " + TOKEN:
        raise answer(401, {"error": "access_token_invalid"})
    known, function = lists["guide"], request.path.split("/")[-2]
    if (function, request.command) == ("register", "POST"):
        body = json.loads(request.body)
        if set(body) != {"url", "secret", "events"} or body["secret"] != SECRET:
            raise answer(400, {"error": "secret " + str(body.get("secret"))})
        number = str(len(known) + 1)
        known[number] = {"id": number, "url": body["url"], "events": body["events"]}
        happened("registered", "guide " + " ".join(body["events"]))
        raise answer(200, {"data": {"id": number}})
    if (function, request.command) == ("list", "GET"):
        raise answer(200, {"data": list(known.values())})
    if (function, request.command) == ("delete", "DELETE"):
        if known.pop(json.loads(request.body)["webhook_id"], None) is None:
            raise answer(404, {"error": "no such webhook"})
        happened("removed", "guide")
        raise answer(200, {})
    raise answer(405, "method not allowed")
