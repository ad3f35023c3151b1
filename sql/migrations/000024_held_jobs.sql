-- Jobs that are held wait for a decision and not for a time; rows and events of shops, by which holds end.
alter table jobs drop constraint if exists state_known;
alter table jobs add constraint state_known check (state in (0, 1, 2, 3));
alter table jobs add column if not exists hold_reason text;
alter table jobs add column if not exists held_at timestamptz;
comment on column jobs.state is '0 ready, 1 running, 2 dead letter, 3 held.';
comment on column jobs.hold_reason is 'Why it is held, such as shop; null of a job that is not.';
comment on column jobs.held_at is 'Since when it is held; null of a job that is not.';

alter table orders add column if not exists shop_key text not null default '';
comment on column orders.shop_key is 'The shop whose order it is, where order ids are the shop''s own: host and path, or the store''s id. Empty where ids are the sender''s own, and as long as no signed event has named the shop.';
alter table events add column if not exists shop_key text;
comment on column events.shop_key is 'The shop that the signed content names, where ids are the shop''s own; null for none.';

create table if not exists source_shops (
    source text not null,
    shop_key text not null,
    state text not null,
    is_first boolean not null default false,
    changed_at timestamptz not null default now(),
    changed_by text not null,
    event_id bigint,
    primary key (source, shop_key),
    constraint state_known check (state in ('listed', 'unlisted', 'refused'))
);
comment on table source_shops is 'The shops of each source that signed content has named. Jobs of a shop that is not listed are held.';
comment on column source_shops.source is 'The configured sender.';
comment on column source_shops.shop_key is 'The shop: host and path, or the store''s id.';
comment on column source_shops.state is 'listed: its jobs run; unlisted: they are held until a person decides; refused: a person decided that they stay held.';
comment on column source_shops.is_first is 'Whether it was the first that signed an order in a source of one shop.';
comment on column source_shops.changed_at is 'When that state began.';
comment on column source_shops.changed_by is 'Who decided: first, upgrade, rebuild, door (a shop that nobody has listed), or a person.';
comment on column source_shops.event_id is 'The first event of it; null for shops from before the upgrade.';
