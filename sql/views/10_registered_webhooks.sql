-- Which webhooks are registered, one row each.
create view webhook_registrations as
select r.provider, r.address, r.listed_at, w.webhook ->> 'id' as webhook_id, w.webhook -> 'events' as events,
    w.webhook ->> 'url' as url, w.webhook ->> 'status' as status
from registered_webhooks as r, jsonb_array_elements(r.webhooks) with ordinality as w (webhook, place)
order by r.provider, r.address, w.place;

comment on view webhook_registrations is 'The webhooks registered at the providers, as of the last hookledger webhooks.';
comment on column webhook_registrations.provider is 'The provider, as hookledger webhooks names it.';
comment on column webhook_registrations.address is 'The base URL of its API.';
comment on column webhook_registrations.listed_at is 'The time of the request; later changes by others are unknown here.';
comment on column webhook_registrations.webhook_id is 'The webhook''s id at the provider; null where it has none.';
comment on column webhook_registrations.events is 'Its events, in the provider''s words.';
comment on column webhook_registrations.url is 'The target URL, without query, user and password.';
comment on column webhook_registrations.status is 'The provider''s word for its state; null where it has none.';
