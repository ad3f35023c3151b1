// What an order costs: its sums and its lines, digit by digit as the ledger has them.

import { said } from "../api/request.js";
import { facts, named, table } from "../dom/parts.js";
import { some } from "../dom/text.js";
import { money } from "../text/numbers.js";

const SUMS = [
    ["total_amount", "Total"], ["shipping_fee", "Shipping"], ["refunded_amount", "Refunded"], ["price", "Price of one"],
    ["quantity", "Quantity"], ["commission", "Earned"],
];
const COLUMNS = [["Item", "long"], ["SKU", "long"], ["Quantity", "end"], ["Price", "end"]];

/** Its sums; what is not known is left out. */
export function sums(order, fields) {
    const known = (name) => order[name] ?? fields?.[name] ?? null;
    const amount = (name) => (known(name) === null ? null : money(said(known(name)), name === "quantity" ? null : order.currency));
    return facts(SUMS.map(([name, title]) => [title, amount(name)]));
}

/** Its lines; nothing where none is known. */
export function items(order, fields) {
    const lines = Array.isArray(fields?.items) ? fields.items.filter((line) => typeof line === "object" && line !== null) : [];
    if (lines.length === 0) return null;
    const cell = (line, name) => (line[name] === undefined || line[name] === null ? null : said(line[name]));
    return some(lines, (first) => table("Items", COLUMNS, first.map((line) => {
        const price = cell(line, "unit_price");
        return [
            named(cell(line, "product_name") ?? cell(line, "product_id") ?? cell(line, "line_id") ?? "–", cell(line, "variant_name") ?? ""),
            cell(line, "sku") ?? cell(line, "variant_id") ?? "–", cell(line, "quantity") ?? "–",
            price === null ? "–" : money(price, order.currency),
        ];
    })));
}
