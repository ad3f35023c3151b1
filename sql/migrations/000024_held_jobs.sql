-- Jobs that are held: they wait for a decision and not for a time.
alter table jobs add column if not exists hold_reason text;
alter table jobs add column if not exists held_at timestamptz;
alter table jobs drop constraint if exists state_known;
alter table jobs add constraint state_known check (state in (0, 1, 2, 3));

comment on column jobs.state is '0 ready, 1 running, 2 dead letter, 3 held.';
comment on column jobs.hold_reason is 'What a held job waits for, such as shop or cancel_requested; null for the others.';
comment on column jobs.held_at is 'Since when it is held; null for the others.';

-- Rows of a shop whose ids are its own; the shops of a source.
alter table orders add column if not exists shop_key text not null default '';
comment on column orders.shop_key is 'The shop that the signed content names, where ids are the shop''s own; else empty.';
create table if not exists source_shops (
    source text not null,
    shop_key text not null,
    state text not null,
    primary key (source, shop_key)
);
comment on table source_shops is 'The shops that each source has had, and what an operator has decided about them.';
comment on column source_shops.source is 'The configured sender.';
comment on column source_shops.shop_key is 'Host and path of the shop, or the id that the provider gives it.';
comment on column source_shops.state is 'first, listed, alias, held or refused.';
