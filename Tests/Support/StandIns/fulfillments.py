"""The fulfilments of the shops of shops.py, as the pages of the APIs describe them. Each function takes a request that its
shop has authenticated, answers it if it is about the shipment of an order, and otherwise returns."""

import json
import re
import threading

lock = threading.Lock()
# How often each shop got a report of an order, such as "shopify 1 9400".
told = {}
# The faults of the next changes: {"shop", "fault", "times"}.
faults = []
shopify_fulfillments, woocommerce_notes = {}, {}


class Unanswered(Exception):
    """The change has happened; its answer gets lost, at once or after a while."""

    def __init__(self, seconds):
        super().__init__()
        self.seconds = seconds


def note(*words):
    key = " ".join(words)
    told[key] = told.get(key, 0) + 1


def take_fault(shop):
    for fault in faults:
        if fault["shop"] == shop and fault["times"] > 0:
            fault["times"] -= 1
            return fault["fault"]
    return None


def change(shop, answer, act):
    """Answers with what act() returns, unless a fault comes in between."""
    with lock:
        fault = take_fault(shop)
        if fault == "busy":
            raise answer(429, {"message": "Too many requests"}, {"Retry-After": "0"})
        if fault == "error":
            raise answer(500, {"message": "Internal error"})
        status, body = act()
    if fault in ("lost", "hold"):
        raise Unanswered(60 if fault == "hold" else 0)
    raise answer(status, body)


def shopify(request, orders, answer):
    """https://shopify.dev/docs/api/admin-graphql/latest/mutations/fulfillmentCreate"""
    if not request.path.endswith("/graphql.json") or "ulfillment" not in json.loads(request.body)["query"]:
        return
    asking = json.loads(request.body)
    variables = asking["variables"]
    if asking["query"].startswith("query"):
        number = variables["id"].removeprefix("gid://shopify/Order/")
        order = orders.get(number)
        with lock:
            made = shopify_fulfillments.get(number, [])
            actions = [] if not order or order["cancelled_at"] or made else [{"action": "CREATE_FULFILLMENT"}]
        node = {"id": f"gid://shopify/FulfillmentOrder/{number}", "supportedActions": actions}
        raise answer(200, {"data": {"order": order and {
            "cancelledAt": order["cancelled_at"], "fulfillments": made, "fulfillmentOrders": {"nodes": [node]}}}})

    def act():
        given = variables["fulfillment"]
        number = given["lineItemsByFulfillmentOrder"][0]["fulfillmentOrderId"].rsplit("/", 1)[-1]
        if number in shopify_fulfillments or orders[number]["cancelled_at"]:
            return 200, {"data": {"fulfillmentCreate": {"fulfillment": None, "userErrors": [
                {"message": "The fulfillment order is not in an open state."}]}}}
        made = {"id": f"gid://shopify/Fulfillment/{number}", "status": "SUCCESS", "trackingInfo": [
            {"number": n} for n in given["trackingInfo"]["numbers"]]}
        shopify_fulfillments[number] = [made]
        note("shopify", number, given["trackingInfo"].get("company", "-"), *given["trackingInfo"]["numbers"])
        return 200, {"data": {"fulfillmentCreate": {"fulfillment": {"id": made["id"]}, "userErrors": []}}}

    change("shopify", answer, act)


def woocommerce(request, orders, answer):
    """https://woocommerce.github.io/woocommerce-rest-api-docs/#order-notes and #update-an-order"""
    found = re.fullmatch(r"/wp-json/wc/v3/orders/(\d+)(/notes)?", request.path)
    if not found:
        return
    number, order = found[1], orders.get(found[1])
    if not order:
        raise answer(404, {"code": "woocommerce_rest_shop_order_invalid_id", "message": "Invalid ID."})
    notes = woocommerce_notes.setdefault(number, [])
    if request.method == "GET":
        with lock:
            raise answer(200, list(notes) if found[2] else order)
    body = json.loads(request.body)

    def add():
        notes.append({"id": len(notes) + 281, "note": f"<p>{body['note']}</p>", "customer_note": body["customer_note"]})
        note("woocommerce", number, body["note"])
        return 201, notes[-1]

    def update():
        order["status"] = body["status"]
        note("woocommerce", number, body["status"])
        return 200, order

    change("woocommerce", answer, add if found[2] and request.method == "POST" else update)


def tiktok(request, orders, answer):
    """https://partner.tiktokshop.com/docv2/page/mark-package-as-shipped-202309"""
    found = re.fullmatch(r"/fulfillment/202309/orders/(\w+)/packages", request.path)
    if not found or request.method != "POST":
        return
    body, order = json.loads(request.body), orders[found[1]]

    def act():
        lines = [line for line in order["line_items"] if line["id"] in body["order_line_item_ids"]]
        if order["status"] != "AWAITING_SHIPMENT" or any(line.get("tracking_number") for line in lines):
            return 200, {"code": 21011041, "message": "The order status does not support the operation."}
        for line in lines:
            line["tracking_number"], line["package_id"] = body["tracking_number"], "11521" + found[1]
        order["status"] = "IN_TRANSIT"
        note("tiktok", found[1], body["shipping_provider_id"], body["tracking_number"])
        return 200, {"code": 0, "message": "Success", "data": {"package_id": "11521" + found[1]}}

    change("tiktok", answer, act)
