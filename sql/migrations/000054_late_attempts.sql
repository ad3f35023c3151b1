-- Attempts long after their event: the state of an event is found in the weeks of its receipt, and in later ones only where this
-- says so. Without it a list of old events would look for each of them into every week since.

create table late_attempts (
    event_id bigint primary key,
    last_at timestamptz not null
);
comment on table late_attempts is 'The last attempt at the jobs of an event, where it ended more than two days after the event was received.';
comment on column late_attempts.event_id is 'The event.';
comment on column late_attempts.last_at is 'The end of the attempt.';

create function note_late_attempt() returns trigger
language plpgsql security definer set search_path = hookledger, pg_temp as $$
begin
    insert into late_attempts as l (event_id, last_at) values (new.event_id, new.finished_at)
    on conflict (event_id) do update set last_at = excluded.last_at where l.last_at < excluded.last_at;
    return null;
end
$$;
comment on function note_late_attempt is 'Trigger of job_attempts: notes an attempt that ended long after its event was received.';

create trigger late_attempt after insert on job_attempts for each row
when (new.finished_at - new.event_received_at > interval '2 days') execute function note_late_attempt();

-- Last, so that no attempt ends unseen between the two.
insert into late_attempts (event_id, last_at)
select t.event_id, max(t.finished_at) from job_attempts as t
where t.finished_at - t.event_received_at > interval '2 days'
group by t.event_id;
