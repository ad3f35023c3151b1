"""GitHub's webhook deliveries and Stripe's events, as their pages describe them, for shops.py.

GitHub has the repository acme/shop and the organization acme. Each attempt at a delivery is an entry of its own.
"""

import json
import time
from urllib.parse import parse_qsl

REPOSITORY = "/repos/acme/shop/hooks"
ORGANIZATION = "/orgs/acme/hooks"
HOOK = {"id": "7", "topic": "issues push", "address": "https://hooks.example.com/webhook/github", "status": "on"}
# The deliveries that were asked for again, in their order.
asked_again = []
# When GitHub says that its token ends.
ends = None


def page_of(found, start, size, fault, answer, headers):
    """The answer with a page, spoiled as a fault wants it."""
    page = json.loads(json.dumps(found[start:start + size]))
    if fault == "no_id" and page:
        page[-1].pop("id")
    if fault == "backwards":
        page.reverse()
    return answer(page, headers)


def github(request, attempts, hooks, tokens, fault_of, changed, meet, Answer):
    """https://docs.github.com/en/rest/repos/webhooks: pages by the cursor of the Link field; 202 for a redelivery"""
    if request.headers.get("Authorization") != "Bearer " + tokens["github"]:
        raise Answer(401, {"message": "Bad credentials", "status": "401"})
    if not request.headers.get("User-Agent") or not request.headers.get("X-GitHub-Api-Version"):
        raise Answer(403, {"message": "Request forbidden by administrative rules"})
    base = next((b for b in (REPOSITORY, ORGANIZATION) if request.path.startswith(b)), None)
    if base is None:
        raise Answer(404, {"message": "Not Found", "status": "404"})
    parts = request.path[len(base):].strip("/").split("/")
    if parts == [""]:
        github_hooks(request, hooks, changed, Answer)
    hook = next((h for h in hooks if h["id"] == parts[0]), None)
    if hook is None:
        raise Answer(404, {"message": "Not Found", "status": "404"})
    if len(parts) == 1 and request.method == "PATCH":
        body = json.loads(request.body)
        changed("github", body)
        hook["topic"] = " ".join(body["events"])
        raise Answer(200, described_hook(hook))
    own = [a for a in attempts.values() if a.get("hook", "7") == hook["id"]]
    if len(parts) == 4 and parts[3] == "attempts" and request.method == "POST":
        wanted = next((a for a in own if str(a["id"]) == parts[2]), None)
        github_limit(fault_of("github-change"), meet, Answer)
        if wanted is None:
            raise Answer(404, {"message": "Not Found", "status": "404"})
        asked_again.append(wanted["guid"])
        raise Answer(202, {})
    if parts[1:] != ["deliveries"] or request.method != "GET":
        raise Answer(404, {"message": "Not Found", "status": "404"})
    fault = fault_of("github")
    github_limit(fault, meet, Answer)
    query = dict(request.query)
    size = int(query.get("per_page", 30))
    own.sort(key=lambda a: (a["delivered_at"], a["id"]), reverse=True)
    start = next((n for n, a in enumerate(own) if "v1_%d=" % a["id"] == query.get("cursor")), 0)
    headers = {}
    if start + size < len(own):
        following = "v1_%d%%3D" % own[start if fault == "repeat" else start + size]["id"]
        headers["Link"] = ('<https://api.github.com%s?per_page=%d&cursor=%s>; rel="next", <https://api.github.com/x>; '
                           'rel="first"' % (request.path, size, following))

    def answer(page, headers):
        raise Answer(200, [{key: value for key, value in a.items() if key != "hook"} for a in page], headers)
    page_of(own, start, size, fault, answer, headers)


def github_limit(fault, meet, Answer):
    if fault == "exhausted":
        raise Answer(403, {"message": "API rate limit exceeded"}, {
            "x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(time.time()) + 3)})
    if fault == "forbidden":
        raise Answer(403, {"message": "Resource not accessible by personal access token", "status": "403"})
    meet(fault)


def described_hook(h):
    return {"type": "Repository", "id": int(h["id"]), "name": "web", "active": h.get("status") != "off",
            "events": h["topic"].split(), "config": {"url": h["address"], "content_type": "json", "secret": "********"},
            "last_response": h.get("last", {"code": None, "status": "unused", "message": None})}


def github_hooks(request, hooks, changed, Answer):
    if request.method == "GET":
        raise Answer(200, [described_hook(h) for h in hooks])
    body = json.loads(request.body)
    changed("github", body)
    if any(h["address"] == body["config"]["url"] for h in hooks):
        raise Answer(422, {"message": "Validation Failed", "errors": [{"message": "Hook already exists on this repository"}]})
    hooks.append({"id": str(100 + len(hooks)), "topic": " ".join(body["events"]), "address": body["config"]["url"]})
    raise Answer(201, described_hook(hooks[-1]))


def stripe_endpoints(request, endpoints, changed, Answer):
    """https://docs.stripe.com/api/webhook_endpoints: several types for each; changes are forms; pages of two"""
    def described(e):
        return {"id": e["id"], "object": "webhook_endpoint", "url": e["address"], "enabled_events": e["topic"].split(),
                "status": "disabled" if e.get("status") == "off" else "enabled", "api_version": e.get("version")}
    if request.headers.get("Stripe-Account"):
        raise Answer(200, {"object": "list", "data": [], "has_more": False})
    if request.method == "GET":
        after = dict(request.query).get("starting_after")
        start = next((n + 1 for n, e in enumerate(endpoints) if e["id"] == after), 0)
        page = [described(e) for e in endpoints[start:start + 2]]
        raise Answer(200, {"object": "list", "data": page, "has_more": start + 2 < len(endpoints)})
    form = parse_qsl(request.body.decode())
    one = next((e for e in endpoints if request.path == "/v1/webhook_endpoints/" + e["id"]), None)
    if request.method != "POST" or one is None or request.headers["Content-Type"] != "application/x-www-form-urlencoded":
        raise Answer(404, {"error": {"message": "No such webhook endpoint", "type": "invalid_request_error"}})
    changed("stripe", form)
    types = [value for field, value in form if field == "enabled_events[]"]
    if types:
        one["topic"] = " ".join(types)
    if ("disabled", "false") in form:
        one["status"] = "on"
    raise Answer(200, described(one))


def stripe(request, events, endpoints, changed, tokens, webhook_is_on, fault_of, meet, Answer):
    """https://docs.stripe.com/api/events/list: newest first, has_more, starting_after"""
    if request.headers.get("Authorization") != "Bearer " + tokens["stripe"]:
        raise Answer(401, {"error": {"message": "Invalid API Key provided", "type": "invalid_request_error"}})
    if request.path.startswith("/v1/webhook_endpoints") and endpoints is not None:
        stripe_endpoints(request, endpoints, changed, Answer)
    if request.path == "/v1/webhook_endpoints":
        status = "enabled" if webhook_is_on else "disabled"
        raise Answer(200, {"object": "list", "data": [{"id": "we_1", "status": status}], "has_more": False})
    if request.path != "/v1/events" or request.method != "GET":
        raise Answer(404, {"error": {"message": "Unrecognized request URL", "type": "invalid_request_error"}})
    fault = fault_of("stripe")
    if fault == "busy":
        raise Answer(429, {"error": {"message": "Request rate limit exceeded", "code": "rate_limit"}})
    meet(fault)
    query, types = dict(request.query), [v for k, v in request.query if k == "types[]"]
    if not 1 <= int(query["limit"]) <= 100 or len(types) > 20 or any("*" in t for t in types):
        raise Answer(400, {"error": {"message": "Invalid parameter", "type": "invalid_request_error"}})
    account = request.headers.get("Stripe-Account")
    found = [e for e in events.values() if int(query["created[gte]"]) <= e["created"] < int(query["created[lt]"])
             and (not types or e["type"] in types) and e.get("of") == account
             and (query.get("delivery_success") != "false" or e.get("undelivered"))]
    if "type" in query:
        found = [e for e in found if e["type"].startswith(query["type"].split("*")[0])]
    found.sort(key=lambda e: (e["created"], e["id"]), reverse=True)
    after = query.get("starting_after")
    if after is not None and after not in events:
        raise Answer(400, {"error": {"message": "No such event: '%s'" % after, "type": "invalid_request_error"}})
    start = next((n + 1 for n, e in enumerate(found) if e["id"] == after), 0)
    if fault == "repeat":
        start = 0
    size = int(query["limit"])
    page = [{key: value for key, value in e.items() if key not in ("of", "undelivered")} for e in found]

    def answer(page, headers):
        raise Answer(200, {"object": "list", "url": "/v1/events", "has_more": start + size < len(found), "data": page})
    page_of(page, start, size, fault, answer, {})
