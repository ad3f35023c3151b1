// What an order costs: its sums and its lines, digit by digit as the ledger has them.

import { said } from "../api/request.js";
import { facts, table } from "../dom/parts.js";
import { some } from "../dom/text.js";
import { money } from "../text/numbers.js";

const SUMS = [
    ["total_amount", "Total"], ["shipping_fee", "Shipping"], ["tax_amount", "Tax"], ["discount_amount", "Discount"],
    ["refunded_amount", "Refunded"],
];
// By what senders and the ledger call the same of a line.
const COLUMNS = [
    ["Item", ["name", "title", "product_name", "product_id"], "long"], ["SKU", ["sku", "sku_id", "seller_sku"], "long"],
    ["Quantity", ["quantity"], "end"], ["Price", ["price", "unit_price", "sale_price"], "end"],
];

/** Its sums; what is not known is left out. */
export function sums(order, fields) {
    const known = (name) => order[name] ?? fields?.[name] ?? null;
    const amount = (name) => (known(name) === null ? null : money(said(known(name)), order.currency));
    return facts(SUMS.map(([name, title]) => [title, amount(name)]));
}

/** Its lines; nothing where none is known. */
export function items(fields) {
    const lines = Array.isArray(fields?.items) ? fields.items.filter((line) => typeof line === "object" && line !== null) : [];
    if (lines.length === 0) return null;
    const cell = (line, names) => {
        const name = names.find((each) => Object.hasOwn(line, each) && line[each] !== null);
        return name === undefined ? "–" : said(line[name]);
    };
    return some(lines, (first) => table("Items", COLUMNS.map(([title, , side]) => [title, side]),
        first.map((line) => COLUMNS.map(([, names]) => cell(line, names)))));
}
