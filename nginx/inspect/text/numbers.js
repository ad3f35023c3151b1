// Numbers as people read them. Money and ids stay the texts that they are.

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** "12,345"; a dash for what is not known. */
export function count(number) {
    return number === null || number === undefined ? "–" : whole.format(number);
}

/** "1 order", "12,345 orders". */
export function counted(number, one, many = `${one}s`) {
    return `${count(number)} ${number === 1 ? one : many}`;
}

/** "312 B", "4.0 KiB". */
export function bytes(number) {
    if (number === null || number === undefined) return "–";
    if (number < 1024) return `${number} B`;
    return number < 1 << 20 ? `${(number / 1024).toFixed(1)} KiB` : `${(number / (1 << 20)).toFixed(1)} MiB`;
}

/** An amount with its currency; the amount as the ledger has it, digit by digit. */
export function money(amount, currency) {
    if (amount === null || amount === undefined) return "–";
    return currency ? `${amount} ${currency}` : String(amount);
}
