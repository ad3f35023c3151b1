-- Shops that the ledger knows from before count as listed, so that no source that served several stops. Their names are
-- those of verified deliveries; the rows themselves get their shop from `hookledger orders rebuild`, or from the next
-- signed event of it.
insert into source_shops (source, shop_key, state, changed_by)
select distinct e.source,
    regexp_replace(regexp_replace(lower(e.shop_id), '^https?://', ''), '^www\.|:[0-9]+(?=/|$)|/+$', '', 'g'),
    'listed', 'upgrade'
from events as e
where e.verification <> 'unverified' and e.shop_id <> ''
on conflict do nothing;
