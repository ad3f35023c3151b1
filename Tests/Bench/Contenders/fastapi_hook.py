"""The contender: what a FastAPI and asyncpg author would write to take the same orders as safely.

Each worker has a pool; one transaction for each delivery, and the answer after its COMMIT. asyncpg prepares each
statement once a connection.

started as: uvicorn fastapi_hook:app --uds SOCKET --workers 2, with SECRET, PGHOST, PGUSER and PGDATABASE
"""

import hashlib
import hmac
import json
import os
import time
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from decimal import Decimal

import asyncpg
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

SECRET = os.environ["SECRET"].encode()

RECEIPT = """insert into receipts (source, dedupe_key, event_id) values ($1, $2, nextval('event_ids'))
    on conflict do nothing returning event_id"""
ORDER = """insert into orders as o (source, order_id, status, shop_id, total_amount, shipping_fee, currency, email,
        customer_name, order_data, changed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict (source, order_id) do update set
        status = coalesce(excluded.status, o.status), shop_id = coalesce(excluded.shop_id, o.shop_id),
        total_amount = coalesce(excluded.total_amount, o.total_amount),
        shipping_fee = coalesce(excluded.shipping_fee, o.shipping_fee),
        currency = coalesce(excluded.currency, o.currency), email = coalesce(excluded.email, o.email),
        customer_name = coalesce(excluded.customer_name, o.customer_name),
        order_data = o.order_data || excluded.order_data, changed_at = excluded.changed_at, updated_at = now()
    where o.changed_at <= excluded.changed_at
    returning id"""
FIND = "select id from orders where source = $1 and order_id = $2"
EVENT = """insert into events (id, source, type, shop_id, occurred_at, order_row, remote_addr, headers, body)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"""
ITEMS = """insert into order_items (order_row, line_no, product_id, product_name, sku, quantity, unit_price)
    select $1::bigint, i.line_no, i.item ->> 'product_id', i.item ->> 'product_name', i.item ->> 'seller_sku',
        (i.item ->> 'quantity')::int, (i.item ->> 'sale_price')::numeric
    from jsonb_array_elements($2::jsonb) with ordinality as i (item, line_no)
    on conflict (order_row, line_no) do update set product_id = excluded.product_id,
        product_name = excluded.product_name, sku = excluded.sku, quantity = excluded.quantity,
        unit_price = excluded.unit_price"""
JOB = "insert into jobs (action, order_row, event_id) values ($1, $2, $3)"


@asynccontextmanager
async def lifespan(app):
    async with asyncpg.create_pool(
        host=os.environ["PGHOST"], user=os.environ["PGUSER"], database=os.environ["PGDATABASE"], min_size=10, max_size=10
    ) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)


def refusal(request, body):
    """Checks the signature of the integration guide: HMAC-SHA256 over timestamp and body, five minutes' tolerance."""
    signature = request.headers.get("x-tiktok-shop-signature")
    timestamp = request.headers.get("x-tiktok-shop-timestamp")
    if not signature or not timestamp:
        return "no signature"
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > 300:
        return "outside the tolerance"
    expected = hmac.new(SECRET, timestamp.encode() + body, hashlib.sha256).hexdigest()
    return None if hmac.compare_digest(expected.encode(), signature.encode()) else "wrong signature"


def moment(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc)


@app.post("/webhook/tiktok")
async def hook(request: Request):
    body = await request.body()
    reason = refusal(request, body)
    if reason:
        return JSONResponse({"success": False, "error": reason}, 401)
    try:
        delivery = json.loads(body, parse_float=Decimal)
    except ValueError:
        return JSONResponse({"success": False, "error": "not JSON"}, 400)
    try:
        await store(request, body, delivery)
    except (asyncpg.PostgresError, OSError):
        return JSONResponse({"success": False, "error": "unavailable"}, 503, {"Retry-After": "30"})
    return JSONResponse(
        {"success": True, "message": "Webhook processed successfully", "order_id": delivery["data"]["order_id"]}
    )


async def store(request, body, delivery):
    data = delivery["data"]
    async with request.app.state.pool.acquire() as connection, connection.transaction():
        event = await connection.fetchval(RECEIPT, "tiktok-shop", hashlib.sha256(body).digest())
        if event is None:
            return
        row = await connection.fetchval(
            ORDER, "tiktok-shop", data["order_id"], data.get("order_status"), delivery["shop_id"],
            data.get("total_amount"), data.get("shipping_fee"), data.get("currency"), data.get("buyer_email"),
            data.get("shipping_address", {}).get("name"), json.dumps(data, default=str), moment(data["update_time"]))
        is_newer = row is not None
        if not is_newer:
            row = await connection.fetchval(FIND, "tiktok-shop", data["order_id"])
        if is_newer and "items" in data:
            await connection.execute(ITEMS, row, json.dumps(data["items"], default=str))
        await connection.execute(
            EVENT, event, "tiktok-shop", delivery["type"], delivery["shop_id"], moment(delivery["timestamp"]), row,
            request.headers.get("x-real-ip", ""), json.dumps(dict(request.headers)), body)
        await connection.execute(JOB, "erp", row, event)
