-- What requests about a person ask of the files in aside/ of the spool, which the API cannot reach: the batch processor of
-- each host looks through its own. A row stays for a day, as nobody knows how many hosts there are.
create table aside_requests (
    id bigint generated always as identity primary key,
    kind text not null,
    person jsonb not null,
    requested_at timestamptz not null default now(),
    requested_by text not null,
    hosts text[] not null default '{}',
    constraint kind_known check (kind in ('forget', 'copy'))
);
comment on table aside_requests is 'Requests about a person that the files in aside/ of the spool are still to be looked through for; kept for a day.';
comment on column aside_requests.id is 'The row''s id.';
comment on column aside_requests.kind is 'forget: take the person''s deliveries out of the files; copy: write them to the folder of copies.';
comment on column aside_requests.person is 'Whom it is about; goes with the row.';
comment on column aside_requests.requested_at is 'When it was asked for.';
comment on column aside_requests.requested_by is 'Who asked, as in operator_log.';
comment on column aside_requests.hosts is 'The hosts whose files were looked through.';
