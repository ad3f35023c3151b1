-- What `hookledger orders rebuild` leaves: an entry in the history of each order that it changed, and how far it is.
create table order_readings (
    id bigint generated always as identity primary key,
    order_row bigint not null references orders (id) on delete cascade,
    read_at timestamptz not null default now(),
    fields text[] not null
);
create index order_readings_order on order_readings (order_row, read_at);
comment on table order_readings is 'Orders that were folded anew from their events and then differed: one row each time.';
comment on column order_readings.id is 'The row''s id.';
comment on column order_readings.order_row is 'The order: orders.id.';
comment on column order_readings.read_at is 'When it was folded anew.';
comment on column order_readings.fields is 'The fields that visibly changed: names only, as values may be personal data.';

create table order_rebuilds (
    source text primary key,
    after_row bigint not null,
    done bigint not null,
    begun_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
comment on table order_rebuilds is 'Rebuilds of orders that have begun and not ended, so that one that was broken off goes on where it stopped.';
comment on column order_rebuilds.source is 'The source whose orders are rebuilt; empty for all.';
comment on column order_rebuilds.after_row is 'The last order that is done: orders.id.';
comment on column order_rebuilds.done is 'How many orders are done.';
comment on column order_rebuilds.begun_at is 'When it began.';
comment on column order_rebuilds.updated_at is 'When it last went on.';

-- The shop that the links of a WooCommerce body name, by the rule of the provider: links are signed, the header is not.
create function pg_temp.linked_shop(p_body bytea) returns text language sql immutable as $$
    select nullif(trim('/' from regexp_replace(regexp_replace(regexp_replace(
            case when strpos(l.address, '?') > 0 then regexp_replace(l.address, '(/index\.php)?\?.*$', '')
                else regexp_replace(l.address, '/[^/]*$', '') end,
            '^www\.', ''), '^([^/:]*):[0-9]*', '\1'), '//+', '/', 'g')), '')
    from (
        select lower(substring(replace(replace(encode(p_body, 'escape'), '\\/', '/'), '%2F', '/')
            from '"_links".*?"href"\s*:\s*"[a-zA-Z]+://([^"]*?)/wc/v')) as address
    ) as l
$$;

-- Names of unsigned headers are no shop of which something is known: they never make another one the second.
update source_shops as s set changed_by = 'header'
where s.changed_by = 'upgrade' and exists (
    select from events as e where e.source = s.source and e.provider = 'woocommerce');
insert into source_shops as s (source, shop_key, state, changed_by)
select distinct e.source, l.shop_key, 'listed', 'upgrade'
from events as e
cross join lateral (select pg_temp.linked_shop(e.body) as shop_key) as l
where e.provider = 'woocommerce' and e.verification <> 'unverified' and e.shop_key is null and l.shop_key is not null
on conflict (source, shop_key) do update set changed_by = 'upgrade'
    where s.changed_by = 'header';
comment on column source_shops.changed_by is 'Who decided: first, upgrade, header (from before the upgrade, by a name that was not signed), rebuild, door (a shop that nobody has listed), or a person.';
