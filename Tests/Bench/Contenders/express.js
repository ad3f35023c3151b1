// The contender: what an Express and node-postgres author would write to take the same orders as safely. A cluster of
// two workers (the machine has two cores in mind), each with a pool; named statements, so that Postgres parses each
// once a connection; one transaction for each delivery, and the answer after its COMMIT.
'use strict';
const cluster = require('cluster');
const crypto = require('crypto');
const express = require('express');
const { Pool } = require('pg');

const { SOCKET, SECRET, PGHOST, PGUSER, PGDATABASE, WORKERS, POOL } = process.env;

if (cluster.isPrimary) {
  for (let i = 0; i < Number(WORKERS); i++) cluster.fork();
  process.on('SIGTERM', () => process.exit(0));
} else {
  serve();
}

function serve() {
  const pool = new Pool({ host: PGHOST, user: PGUSER, database: PGDATABASE, max: Number(POOL) });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');

  app.post('/webhook/tiktok', express.raw({ type: () => true, limit: '1mb' }), async (request, response) => {
    const refusal = check(request);
    if (refusal) return response.status(401).json({ success: false, error: refusal });
    let delivery;
    try {
      delivery = JSON.parse(request.body.toString('utf8'));
    } catch (error) {
      return response.status(400).json({ success: false, error: 'not JSON' });
    }
    try {
      await store(pool, request, delivery);
      response.json({ success: true, message: 'Webhook processed successfully', order_id: delivery.data.order_id });
    } catch (error) {
      console.error(error);
      response.status(503).set('Retry-After', '30').json({ success: false, error: 'unavailable' });
    }
  });
  app.listen(SOCKET);
}

// The signature of the integration guide: HMAC-SHA256 over timestamp and body, and a tolerance of five minutes.
function check(request) {
  const signature = request.get('x-tiktok-shop-signature');
  const timestamp = request.get('x-tiktok-shop-timestamp');
  if (!signature || !timestamp) return 'no signature';
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return 'outside the tolerance';
  const expected = crypto.createHmac('sha256', SECRET).update(timestamp).update(request.body).digest();
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && crypto.timingSafeEqual(given, expected) ? null : 'wrong signature';
}

const RECEIPT = {
  name: 'receipt',
  text: `insert into receipts (source, dedupe_key, event_id) values ($1, $2, nextval('event_ids'))
    on conflict do nothing returning event_id`,
};
const ORDER = {
  name: 'order',
  text: `insert into orders as o (source, order_id, status, shop_id, total_amount, shipping_fee, currency, email,
      customer_name, order_data, changed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, to_timestamp($11))
    on conflict (source, order_id) do update set
      status = coalesce(excluded.status, o.status), shop_id = coalesce(excluded.shop_id, o.shop_id),
      total_amount = coalesce(excluded.total_amount, o.total_amount),
      shipping_fee = coalesce(excluded.shipping_fee, o.shipping_fee),
      currency = coalesce(excluded.currency, o.currency), email = coalesce(excluded.email, o.email),
      customer_name = coalesce(excluded.customer_name, o.customer_name),
      order_data = o.order_data || excluded.order_data, changed_at = excluded.changed_at, updated_at = now()
    where o.changed_at <= excluded.changed_at
    returning id`,
};
const FIND = { name: 'find', text: 'select id from orders where source = $1 and order_id = $2' };
const EVENT = {
  name: 'event',
  text: `insert into events (id, source, type, shop_id, occurred_at, order_row, remote_addr, headers, body)
    values ($1, $2, $3, $4, to_timestamp($5), $6, $7, $8, $9)`,
};
const ITEMS = {
  name: 'items',
  text: `insert into order_items (order_row, line_no, product_id, product_name, sku, quantity, unit_price)
    select $1::bigint, i.line_no, i.item ->> 'product_id', i.item ->> 'product_name', i.item ->> 'seller_sku',
      (i.item ->> 'quantity')::int, (i.item ->> 'sale_price')::numeric
    from jsonb_array_elements($2::jsonb) with ordinality as i (item, line_no)
    on conflict (order_row, line_no) do update set product_id = excluded.product_id,
      product_name = excluded.product_name, sku = excluded.sku, quantity = excluded.quantity,
      unit_price = excluded.unit_price`,
};
const JOB = { name: 'job', text: 'insert into jobs (action, order_row, event_id) values ($1, $2, $3)' };

async function store(pool, request, { timestamp, type, shop_id, data }) {
  const key = crypto.createHash('sha256').update(request.body).digest();
  const client = await pool.connect();
  const run = (statement, values) => client.query({ ...statement, values });
  try {
    await client.query('begin');
    const receipt = await run(RECEIPT, ['tiktok-shop', key]);
    if (receipt.rowCount === 0) {
      await client.query('rollback');
      return;
    }
    const event = receipt.rows[0].event_id;
    const address = data.shipping_address || {};
    let order = await run(ORDER, [
      'tiktok-shop', data.order_id, data.order_status, shop_id, data.total_amount, data.shipping_fee, data.currency,
      data.buyer_email, address.name, JSON.stringify(data), data.update_time,
    ]);
    const isNewer = order.rowCount > 0;
    if (!isNewer) order = await run(FIND, ['tiktok-shop', data.order_id]);
    const row = order.rows[0].id;
    if (isNewer && data.items) await run(ITEMS, [row, JSON.stringify(data.items)]);
    await run(EVENT, [
      event, 'tiktok-shop', type, shop_id, timestamp, row, request.get('x-real-ip') || '',
      JSON.stringify(request.headers), request.body,
    ]);
    await run(JOB, ['erp', row, event]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
