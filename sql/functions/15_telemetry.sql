-- The transaction of a row of a table without a column for it, from its system column xmin. Nothing writes attempts in a
-- subtransaction, whose number would not be that of its transaction.
--
-- xmin has the lower half of the number; the whole one is the nearest to those of a recent snapshot. One expression, so that
-- Postgres puts it into the query in place of a call for each row.
create or replace function row_transaction(p_xmin xid, p_near pg_snapshot) returns xid8
language sql immutable as $$
    select greatest(
        pg_snapshot_xmax(p_near)::text::bigint
            - (((pg_snapshot_xmax(p_near)::text::bigint - p_xmin::text::bigint + 2147483648) & 4294967295) - 2147483648),
        3)::text::xid8
$$;
comment on function row_transaction is 'The transaction that wrote a row, by its xmin and a recent snapshot.';
