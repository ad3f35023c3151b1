-- Lists of waiting and failed events begin at their jobs, in the order of the list, however many events there are. A job
-- that runs is in neither index, so a claim writes no more than before.
create index jobs_waiting on jobs (event_received_at, event_id) where state in (0, 3);
create index jobs_failed on jobs (event_received_at, event_id) where state = 2;

-- Pages of a shop's orders, by the key of the shop. An order that is alone in its source has none.
create index orders_shop_key on orders (shop_key, id) where shop_key <> '';

-- Whether the effect of a job is uncertain, asked for each dead letter of a page.
create index effects_unsettled on effects (job_id) where state <> 'done';

-- Statistics of large tables, kept by the batch processor (sql/views/20_kept.sql).
create table kept_statistics (
    name text primary key,
    kept_at timestamptz not null,
    took interval not null,
    rows jsonb not null
);
comment on table kept_statistics is 'Results of the statistics views, kept by the batch processor while the tables are too large to be read at each request.';
comment on column kept_statistics.name is 'The view.';
comment on column kept_statistics.kept_at is 'The time of the result.';
comment on column kept_statistics.took is 'How long it took; the next one waits at least twenty times as long.';
comment on column kept_statistics.rows is 'The rows of the view.';
