<?php
// The contender: the same work under PHP-FPM, over a connection that outlives the request (PDO, persistent). A prepared
// statement would be dropped with the request and so cost a second round trip: parameters go with the statement.
declare(strict_types=1);

const SOURCE = 'tiktok-shop';

function answer(int $status, array $body): never
{
    http_response_code($status);
    header('Content-Type: application/json');
    echo json_encode($body);
    exit;
}

// The signature of the integration guide: HMAC-SHA256 over timestamp and body, and a tolerance of five minutes.
function isGenuine(string $body): bool
{
    $signature = $_SERVER['HTTP_X_TIKTOK_SHOP_SIGNATURE'] ?? '';
    $timestamp = $_SERVER['HTTP_X_TIKTOK_SHOP_TIMESTAMP'] ?? '';
    return abs(time() - (int) $timestamp) <= 300
        && hash_equals(hash_hmac('sha256', $timestamp . $body, $_SERVER['SECRET']), $signature);
}

function run(PDO $database, string $sql, array $values): PDOStatement
{
    $statement = $database->prepare($sql);
    foreach ($values as $place => $value) {
        $statement->bindValue($place + 1, ...(is_array($value) ? $value : [$value]));
    }
    $statement->execute();
    return $statement;
}

function store(PDO $database, string $body, array $delivery): void
{
    $data = $delivery['data'];
    $database->beginTransaction();
    $receipt = run($database, "insert into receipts (source, dedupe_key, event_id)
        values (?, decode(?, 'hex'), nextval('event_ids')) on conflict do nothing returning event_id",
        [SOURCE, hash('sha256', $body)]);
    $event = $receipt->fetchColumn();
    if ($event === false) {
        $database->rollBack();
        return;
    }
    $order = run($database, 'insert into orders as o (source, order_id, status, shop_id, total_amount, shipping_fee,
            currency, email, customer_name, order_data, changed_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, to_timestamp(?))
        on conflict (source, order_id) do update set
            status = coalesce(excluded.status, o.status), shop_id = coalesce(excluded.shop_id, o.shop_id),
            total_amount = coalesce(excluded.total_amount, o.total_amount),
            shipping_fee = coalesce(excluded.shipping_fee, o.shipping_fee),
            currency = coalesce(excluded.currency, o.currency), email = coalesce(excluded.email, o.email),
            customer_name = coalesce(excluded.customer_name, o.customer_name),
            order_data = o.order_data || excluded.order_data, changed_at = excluded.changed_at, updated_at = now()
        where o.changed_at <= excluded.changed_at
        returning id',
        [SOURCE, $data['order_id'], $data['order_status'] ?? null, $delivery['shop_id'] ?? null,
            $data['total_amount'] ?? null, $data['shipping_fee'] ?? null, $data['currency'] ?? null,
            $data['buyer_email'] ?? null, $data['shipping_address']['name'] ?? null, json_encode($data),
            $data['update_time']]);
    $row = $order->fetchColumn();
    $isNewer = $row !== false;
    if (!$isNewer) {
        $row = run($database, 'select id from orders where source = ? and order_id = ?',
            [SOURCE, $data['order_id']])->fetchColumn();
    }
    if ($isNewer && isset($data['items'])) {
        run($database, "insert into order_items (order_row, line_no, product_id, product_name, sku, quantity, unit_price)
            select ?::bigint, i.line_no, i.item ->> 'product_id', i.item ->> 'product_name', i.item ->> 'seller_sku',
                (i.item ->> 'quantity')::int, (i.item ->> 'sale_price')::numeric
            from jsonb_array_elements(?::jsonb) with ordinality as i (item, line_no)
            on conflict (order_row, line_no) do update set product_id = excluded.product_id,
                product_name = excluded.product_name, sku = excluded.sku, quantity = excluded.quantity,
                unit_price = excluded.unit_price",
            [$row, json_encode($data['items'])]);
    }
    run($database, 'insert into events (id, source, type, shop_id, occurred_at, order_row, remote_addr, headers, body)
        values (?, ?, ?, ?, to_timestamp(?), ?, ?, ?, ?)',
        [$event, SOURCE, $delivery['type'], $delivery['shop_id'] ?? null, $delivery['timestamp'], $row,
            $_SERVER['REMOTE_ADDR'], json_encode(getallheaders()), [$body, PDO::PARAM_LOB]]);
    run($database, 'insert into jobs (action, order_row, event_id) values (?, ?, ?)', ['erp', $row, $event]);
    $database->commit();
}

$body = file_get_contents('php://input');
if (!isGenuine($body)) {
    answer(401, ['success' => false, 'error' => 'wrong signature']);
}
$delivery = json_decode($body, true);
if (!is_array($delivery)) {
    answer(400, ['success' => false, 'error' => 'not JSON']);
}
try {
    $database = new PDO($_SERVER['DSN'], $_SERVER['DB_USER'], null, [
        PDO::ATTR_PERSISTENT => true,
        PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
        PDO::PGSQL_ATTR_DISABLE_PREPARES => true,
    ]);
    store($database, $body, $delivery);
} catch (PDOException $error) {
    error_log((string) $error);
    header('Retry-After: 30');
    answer(503, ['success' => false, 'error' => 'unavailable']);
}
answer(200, ['success' => true, 'message' => 'Webhook processed successfully',
    'order_id' => $delivery['data']['order_id']]);
