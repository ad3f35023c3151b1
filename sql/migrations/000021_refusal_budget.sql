-- How much was written of a source's refusals on a day, so that refuse() can stop.
create table refusal_budget (
    source text not null,
    day date not null,
    bytes bigint not null default 0,
    primary key (source, day)
);
comment on table refusal_budget is 'What was written of the refusals of a source on a day, in bytes: see refuse().';
comment on column refusal_budget.source is 'The source; empty for paths that belong to none.';
comment on column refusal_budget.day is 'The day, in UTC.';
comment on column refusal_budget.bytes is 'About how many bytes its rows take, bodies included.';
comment on column refusals.body is 'The first 4 KiB of the body, credentials masked; empty for rows that stand for many, and when the source''s share of the day is used up.';
