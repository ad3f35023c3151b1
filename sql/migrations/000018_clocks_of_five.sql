-- Every stored clock gets its first element: 1 where a verified event wrote the field, 0 where an unverified one did.
-- jsonb compares arrays by their length first, so clocks of both shapes must never meet: the constraint at the end.
--
-- A source without any unverified event demanded signatures: all its clocks are verified. In the others a field is
-- verified when the event with its clock's hash is there and was; where that event is gone it is unverified, and
-- `hookledger orders accept` raises it. What was fetched is vouched for by our own token, what was replayed by an operator.
create temporary table mixed_sources on commit drop as
    select distinct source from events
    where verification = 'unverified' and origin not in ('fetched', 'replay');
create temporary table verified_clocks on commit drop as
    select e.source, coalesce(e.record_kind, 'order') as kind, coalesce(e.order_row, e.record_row) as record_row,
        encode(substr(coalesce(e.dedupe_key, r.dedupe_key), 1, 8), 'hex') as hash
    from events as e
    left join receipts as r on r.event_id = e.id
    where e.source in (select source from mixed_sources) and (e.verification <> 'unverified' or e.origin in ('fetched', 'replay'))
        and coalesce(e.order_row, e.record_row) is not null;
create index on verified_clocks (kind, record_row, hash);
analyze mixed_sources;
analyze verified_clocks;

do $$
declare
    v_kind text;
begin
    foreach v_kind in array array['order', 'product', 'customer', 'comment'] loop
        execute format($sql$
            update %I as t
            set clocks = (
                select jsonb_object_agg(c.key, jsonb_build_array(case
                    when not exists (select from mixed_sources as m where m.source = t.source) then 1
                    when exists (
                        select from verified_clocks as v
                        where v.kind = %L and v.record_row = t.id and v.hash = c.value ->> 3) then 1
                    else 0
                end) || c.value)
                from jsonb_each(t.clocks) as c)
            where t.clocks <> '{}'
            $sql$, v_kind || 's', v_kind);
        execute format(
            'alter table %I add constraint clocks_have_five check (not clocks @? ''strict $.* ? (@.size() != 5)'')',
            v_kind || 's');
    end loop;
end
$$;
comment on column orders.clocks is 'The clock of the event that wrote each field: [1 when it was verified, time in microseconds, sequence, status rank, hash]; under * the one of all fields that have none of their own.';
