"""The lists of products and customers of TikTok Shop, Shopify, WooCommerce, BigCommerce and Square, as their pages describe them,
for shops.py. Their faults are those of `SHOP-product` and `SHOP-customer`."""

import json
import re
from datetime import datetime, timezone

# The records by shop and kind, and then by id.
records = {}


def put(shop, kind, record):
    records.setdefault((shop, kind), {})[str(record["id"])] = record


def seconds(text):
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return int((moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp())


def changed(shop, record):
    if shop == "tiktok":
        return record["update_time"]
    if shop == "woocommerce":
        return seconds(record["date_modified_gmt"] or record["date_created_gmt"])
    return seconds(record["date_modified" if shop == "bigcommerce" else "updated_at"])


def between(shop, kind, since, until, keep=lambda record: True):
    """since <= the time of the last change < until, the oldest first."""
    found = [r for r in records.get((shop, kind), {}).values() if since <= changed(shop, r) < until and keep(r)]
    return sorted(found, key=lambda r: (changed(shop, r), str(r["id"])))


def spoil(fault, page):
    page = json.loads(json.dumps(page))
    if fault == "no_id" and page:
        page[-1].pop("id")
    if fault == "backwards":
        page.reverse()
    if fault == "other_shop":
        for record in page:
            record["_links"] = {"self": [{"href": f"https://other.example/wp-json/wc/v3/products/{record['id']}"}]}
    return page


def fault(shop, kind, fault_of, meet):
    found = fault_of(f"{shop}-{kind}")
    meet(found)
    return found


def tiktok(request, query, fault_of, meet, Answer):
    """https://partner.tiktokshop.com/docv2/page/search-products-202309: no order of the list is named"""
    if request.path != "/product/202309/products/search" or request.method != "POST":
        return
    met = fault("tiktok", "product", fault_of, meet)
    size, body = int(query["page_size"]), json.loads(request.body)
    if not 1 <= size <= 100 or body["status"] != "ALL":
        raise Answer(400, {"code": 36009004, "message": "Invalid parameter"})
    found = between("tiktok", "product", body["update_time_ge"], body["update_time_le"] + 1)
    found.sort(key=lambda r: r["id"], reverse=True)
    start = int(query.get("page_token", 0))
    following = start if met == "repeat" else start + size
    raise Answer(200, {"code": 0, "message": "Success", "data": {
        "products": spoil(met, found[start:start + size]), "total_count": len(found),
        "next_page_token": str(following) if following < len(found) else ""}})


def shopify_single(request, Answer):
    """https://shopify.dev/docs/api/admin-rest/latest/resources/product"""
    single = re.fullmatch(r"/admin/api/\d{4}-\d\d/(product|customer)s/(\d+)\.json", request.path)
    if single:
        record = records.get(("shopify", single[1]), {}).get(single[2])
        raise Answer(200, {single[1]: record}) if record else Answer(404, {"errors": "Not Found"})


def shopify(asking, cost, fault_of, meet, Answer):
    """https://shopify.dev/docs/api/admin-graphql/latest/queries/products"""
    kind = next((k for k in ("product", "customer") if f"{{ {k}s(first:" in asking["query"]), None)
    if kind is None:
        return
    met = fault("shopify", kind, fault_of, meet)
    if met == "denied":
        raise Answer(200, {"errors": [{"message": f"Access denied for {kind}s field.",
                                       "extensions": {"code": "ACCESS_DENIED"}}]})
    variables = asking["variables"]
    times = re.fullmatch(r"updated_at:>='(.+)' AND updated_at:<'(.+)'", variables["query"])
    found = between("shopify", kind, seconds(times[1]), seconds(times[2]))
    start = int(variables["after"]) if variables["after"] else 0
    page = spoil(met, found[start:start + variables["first"]])
    end = start if met == "repeat" else start + len(page)
    nodes = [{"legacyResourceId": str(r["id"]) if "id" in r else None, "updatedAt": r["updated_at"]} for r in page]
    raise Answer(200, {"data": {kind + "s": {"nodes": nodes, "pageInfo": {
        "hasNextPage": end < len(found), "endCursor": str(end)}}}, "extensions": {"cost": cost}})


def woocommerce(request, fault_of, meet, Answer):
    """https://woocommerce.github.io/woocommerce-rest-api-docs/#list-all-products, #list-all-customers: customers can be
    filtered by no time"""
    query = dict(request.query)
    if request.path == "/wp-json/wc/v3/products":
        met = fault("woocommerce", "product", fault_of, meet)
        if query.get("dates_are_gmt") != "true" or query.get("orderby") != "modified":
            raise Answer(400, {"code": "rest_invalid_param", "message": "Invalid parameter"})
        is_trash = query["status"] == "trash"
        found = between("woocommerce", "product", seconds(query["modified_after"]) + 1, seconds(query["modified_before"]),
                        lambda product: (product["status"] == "trash") == is_trash)
    elif request.path == "/wp-json/wc/v3/customers":
        met = fault("woocommerce", "customer", fault_of, meet)
        if set(query) != {"orderby", "order", "page", "per_page"} or query["orderby"] != "id":
            raise Answer(400, {"code": "rest_invalid_param", "message": "Invalid parameter"})
        found = sorted(records.get(("woocommerce", "customer"), {}).values(), key=lambda r: r["id"])
    else:
        return
    size, page = int(query["per_page"]), int(query["page"])
    raise Answer(200, spoil(met, found[(page - 1) * size:page * size]))


def bigcommerce(request, fault_of, meet, Answer):
    """https://developer.bigcommerce.com/docs/rest-catalog/products, https://developer.bigcommerce.com/docs/rest-management/customers"""
    query = dict(request.query)
    kind = {"/v3/catalog/products": "product", "/v3/customers": "customer"}.get(request.path)
    if kind is None:
        return
    met = fault("bigcommerce", kind, fault_of, meet)
    if (query["sort"], query.get("direction")) != (
            ("date_modified", "asc") if kind == "product" else ("date_modified:asc", None)):
        raise Answer(422, {"status": 422, "title": "Invalid sort"})
    size, page = int(query["limit"]), int(query["page"])
    found = between("bigcommerce", kind, seconds(query["date_modified:min"]), seconds(query["date_modified:max"]) + 1)
    raise Answer(200, {"data": spoil(met, found[(page - 1) * size:page * size]), "meta": {"pagination": {
        "total": len(found), "current_page": page, "total_pages": -(-len(found) // size)}}})


def square(request, fault_of, meet, Answer):
    """https://developer.squareup.com/reference/square/catalog-api/search-catalog-objects: later than begin_time, without an
    end; https://developer.squareup.com/reference/square/customers-api/search-customers: in the order of their creation"""
    if request.path not in ("/v2/catalog/search", "/v2/customers/search"):
        return
    asking = json.loads(request.body)
    if request.path == "/v2/catalog/search":
        kind, name = "product", "objects"
        if asking["object_types"] != ["ITEM"] or asking["include_deleted_objects"] is not True:
            raise Answer(400, {"errors": [{"code": "BAD_REQUEST"}]})
        found = between("square", kind, seconds(asking["begin_time"]) + 1, 1 << 62)
    else:
        kind, name = "customer", "customers"
        times = asking["query"]["filter"]["updated_at"]
        found = between("square", kind, seconds(times["start_at"]), seconds(times["end_at"]) + 1)
    met = fault("square", kind, fault_of, meet)
    found.sort(key=lambda r: r["id"])
    start = int(asking.get("cursor", 0))
    page, end = spoil(met, found[start:start + asking["limit"]]), start + asking["limit"]
    answer = {name: page} if page else {}
    if end < len(found):
        answer["cursor"] = str(start if met == "repeat" else end)
    raise Answer(200, answer)
