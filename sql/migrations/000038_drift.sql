-- Drift: which members the bodies of each source and type have, and what changed in that (docs/drift.md).

-- One row: how far the events were read, by the transactions that wrote them.
create table shape_progress (
    is_only boolean primary key default true,
    seen pg_snapshot not null,
    target pg_snapshot,
    after_transaction xid8 not null default '0',
    after_id bigint not null default 0,
    constraint one_row check (is_only)
);

comment on table shape_progress is 'The position up to which events were read for their shapes; no row before the first turn.';
comment on column shape_progress.is_only is 'Always true: there is one row.';
comment on column shape_progress.seen is 'Events that transactions of this snapshot wrote were read.';
comment on column shape_progress.target is 'The snapshot that is being worked up to; null between two rounds.';
comment on column shape_progress.after_transaction is 'The position of the round: the transaction of its last event.';
comment on column shape_progress.after_id is 'The position of the round: the id of its last event.';

create table event_shapes (
    id bigint generated always as identity primary key,
    source text not null,
    provider text not null,
    type text not null,
    events bigint not null default 0,
    first_at timestamptz not null,
    last_at timestamptz not null,
    is_full boolean not null default false,
    unique (source, provider, type)
) with (fillfactor = 70);

comment on table event_shapes is 'Each type of verified events, by source.';
comment on column event_shapes.id is 'The row''s id.';
comment on column event_shapes.source is 'The source.';
comment on column event_shapes.provider is 'The contract.';
comment on column event_shapes.type is 'The type in the provider''s words.';
comment on column event_shapes.events is 'The number of events that were read.';
comment on column event_shapes.first_at is 'When the first of them was received.';
comment on column event_shapes.last_at is 'When the last of them was received.';
comment on column event_shapes.is_full is 'Whether it has 2,000 paths; further ones are not learned.';

create table shape_members (
    shape_id bigint not null,
    path text not null,
    present bigint not null,
    first_at bigint not null,
    last_at bigint not null,
    objects bigint not null,
    lists bigint not null,
    texts bigint not null,
    numbers bigint not null,
    booleans bigint not null,
    nulls bigint not null,
    is_map boolean not null default false,
    is_gone boolean not null default false,
    primary key (shape_id, path)
) with (fillfactor = 70);

comment on table shape_members is 'The members of the bodies of a type. Names that are data, such as ids and e-mail addresses, are folded to *.';
comment on column shape_members.shape_id is 'The type: event_shapes.id.';
comment on column shape_members.path is 'The path, such as order.items[].price; empty for the body itself.';
comment on column shape_members.present is 'The number of events that had it, since it was first seen or came back.';
comment on column shape_members.first_at is 'The number of events that had the object above it before this one was first seen.';
comment on column shape_members.last_at is 'The same number at its last sight.';
comment on column shape_members.objects is 'The number of events in which it was an object.';
comment on column shape_members.lists is 'The number of events in which it was a list.';
comment on column shape_members.texts is 'The number of events in which it was a text.';
comment on column shape_members.numbers is 'The number of events in which it was a number.';
comment on column shape_members.booleans is 'The number of events in which it was true or false.';
comment on column shape_members.nulls is 'The number of events in which it was null.';
comment on column shape_members.is_map is 'Whether the names of its members are data.';
comment on column shape_members.is_gone is 'Whether it was reported as gone.';

create table shape_changes (
    id bigint generated always as identity primary key,
    source text not null,
    provider text not null,
    type text not null,
    shape_id bigint not null,
    path text not null,
    change text not null,
    before text,
    after text,
    event_id bigint not null,
    event_received_at timestamptz not null,
    seen_at timestamptz not null default clock_timestamp(),
    alarm boolean not null default false,
    constraint change_known check (change in ('new_type', 'new_member', 'gone_member', 'changed_type'))
);
create index shape_changes_by_time on shape_changes (seen_at);

comment on table shape_changes is 'What changed in the shapes of bodies.';
comment on column shape_changes.id is 'The change.';
comment on column shape_changes.source is 'The source.';
comment on column shape_changes.provider is 'The contract.';
comment on column shape_changes.type is 'The type in the provider''s words.';
comment on column shape_changes.shape_id is 'The same type: event_shapes.id.';
comment on column shape_changes.path is 'The member; empty for a new type.';
comment on column shape_changes.change is 'new_type, new_member, gone_member or changed_type.';
comment on column shape_changes.before is 'The types of its values before; null for none.';
comment on column shape_changes.after is 'The types of its values in the example; null for none.';
comment on column shape_changes.event_id is 'An example: the first event that shows the change.';
comment on column shape_changes.event_received_at is 'When that event was received.';
comment on column shape_changes.seen_at is 'When the change was noticed.';
comment on column shape_changes.alarm is 'Whether people are alerted.';
