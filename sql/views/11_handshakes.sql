create view handshake_list as
select id, received_at, source, provider, is_signed, key_id, status, request_id, remote_addr, method, path, headers, body,
    body_length, unrecorded, written_by
from handshakes;

comment on view handshake_list is 'Pings, challenges and tests of portals that were answered: a sample, at most 60 rows per source and minute.';
comment on column handshake_list.id is 'The handshake''s id.';
comment on column handshake_list.received_at is 'When the whole request had been read.';
comment on column handshake_list.source is 'The source of the requested path.';
comment on column handshake_list.provider is 'The contract that it follows.';
comment on column handshake_list.is_signed is 'Whether a signature or a credential was right.';
comment on column handshake_list.key_id is 'The source''s secret that matched.';
comment on column handshake_list.status is 'The answered HTTP status.';
comment on column handshake_list.request_id is 'nginx''s request id.';
comment on column handshake_list.remote_addr is 'The peer''s address.';
comment on column handshake_list.method is 'The request method.';
comment on column handshake_list.path is 'The path of the request.';
comment on column handshake_list.headers is 'The header fields as [name, value].';
comment on column handshake_list.body is 'The first 4 KiB of the body.';
comment on column handshake_list.body_length is 'The length of the full body.';
comment on column handshake_list.unrecorded is 'How many more of that source this row stands for: they were only counted.';
comment on column handshake_list.written_by is 'The transaction that wrote it.';

-- The unchanged ones only: a replay with changes is an event of its own.
create view live_replays as
select r.run, r.event_id, r.replayed_at, r.written_by, e.source, e.provider, e.type, e.provider_type, e.subject, e.shop_id,
    e.verification, e.key_id, e.method, e.path, octet_length(e.body)::bigint as body_length, e.remote_addr, e.request_id
from replays as r
cross join lateral (select * from events as e where e.id = r.event_id limit 1) as e
where r.new_event_id is null;

comment on view live_replays is 'Events that were run again unchanged, for live views.';
comment on column live_replays.run is 'The replay''s name.';
comment on column live_replays.event_id is 'The event that was run again.';
comment on column live_replays.replayed_at is 'When.';
comment on column live_replays.written_by is 'The transaction that wrote it.';
comment on column live_replays.source is 'The configured sender.';
comment on column live_replays.provider is 'The contract that the event came by.';
comment on column live_replays.type is 'The normalized type.';
comment on column live_replays.provider_type is 'The type in the provider''s words.';
comment on column live_replays.subject is 'Its subject.';
comment on column live_replays.shop_id is 'The sender''s shop.';
comment on column live_replays.verification is 'What was proven when it came.';
comment on column live_replays.key_id is 'The source''s secret that matched.';
comment on column live_replays.method is 'The request method.';
comment on column live_replays.path is 'The path of the request.';
comment on column live_replays.body_length is 'How long the body is.';
comment on column live_replays.remote_addr is 'The peer''s address.';
comment on column live_replays.request_id is 'nginx''s request id.';
