-- Lists of orders, the newest first. Orders come in the order of their time, so the index grows at its end only; it does
-- for young orders what the coarser one did.
drop index orders_created_at;
create index orders_created_at on orders (created_at);

-- Refusals that are only counted are written by kind.
comment on column refusals.unrecorded is 'How many more refusals of that source and kind this row stands for: they were only counted.';
