-- What changed in the bodies of events, the newest first. The events since are counted where the shape is learned.
create view schema_changes as
select c.id, c.source, c.provider, c.type, c.path, c.change, c.before, c.after, c.event_id, c.event_received_at, c.seen_at,
    case c.change
        when 'new_type' then s.events
        when 'new_member' then m.present
        when 'gone_member' then case when m.is_gone then coalesce(
            case when m.path like '%[]' then a.lists else a.objects end, 0) - m.last_at end
        else case c.after when 'object' then m.objects when 'list' then m.lists when 'text' then m.texts
            when 'number' then m.numbers when 'boolean' then m.booleans end
    end as events
from shape_changes as c
left join event_shapes as s on s.id = c.shape_id
left join shape_members as m on m.shape_id = c.shape_id and m.path = c.path
left join shape_members as a on a.shape_id = c.shape_id and a.path = path_above(c.path)
order by c.id desc;

comment on view schema_changes is 'Changes in the shape of bodies, by source and type: new types, new and vanished members, changed types of values.';
comment on column schema_changes.id is 'The change.';
comment on column schema_changes.source is 'The source.';
comment on column schema_changes.provider is 'The contract.';
comment on column schema_changes.type is 'The type in the provider''s words.';
comment on column schema_changes.path is 'The member, such as order.items[].price; empty for a new type.';
comment on column schema_changes.change is 'new_type; new_member; gone_member: nearly every event had it, and the last 200 did not; changed_type: its values have another type.';
comment on column schema_changes.before is 'The types of its values before; null for none.';
comment on column schema_changes.after is 'The types of its values in the example; null for none.';
comment on column schema_changes.event_id is 'An example: the first event that shows the change.';
comment on column schema_changes.event_received_at is 'When that event was received; after the retention of events it is deleted.';
comment on column schema_changes.seen_at is 'When the change was noticed.';
comment on column schema_changes.events is 'The number of events that show it, up to now; null if the member came back or is no longer learned.';
