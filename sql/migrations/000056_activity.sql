-- What happened when: counts of each minute, ten minutes and hour, which the batch processor keeps beside the rows that it counts
-- (docs/database.md, "Activity"). Whoever asks for a month reads these, and the rows of the last minutes.

create table activity_counts (
    step int not null,
    at timestamptz not null,
    source text not null,
    deliveries bigint not null default 0,
    refusals bigint not null default 0,
    jobs_done bigint not null default 0,
    jobs_dead bigint not null default 0,
    attempts_failed bigint not null default 0,
    latency_steps int[] not null default '{}',
    latency_counts bigint[] not null default '{}',
    primary key (step, at, source)
);
comment on table activity_counts is 'Deliveries, refusals and attempts by source and time, as counted by the batch processor.';
comment on column activity_counts.step is 'The length of the time, in seconds: 60, 600 or 3600.';
comment on column activity_counts.at is 'The start of the time.';
comment on column activity_counts.source is 'The source; empty if it is not known.';
comment on column activity_counts.deliveries is 'Deliveries that were stored, by the time of their receipt.';
comment on column activity_counts.refusals is 'Refusals, with those that were only counted.';
comment on column activity_counts.jobs_done is 'Jobs that were done, by the end of the attempt.';
comment on column activity_counts.jobs_dead is 'Jobs that became dead letters.';
comment on column activity_counts.attempts_failed is 'Attempts that failed.';
comment on column activity_counts.latency_steps is 'The times from webhook to done that occurred: latency_step().';
comment on column activity_counts.latency_counts is 'How often each of them occurred.';

create table job_life_counts (
    step int not null,
    ended_at timestamptz not null,
    opened_at timestamptz not null,
    source text not null,
    jobs bigint not null,
    primary key (step, ended_at, opened_at, source)
);
comment on table job_life_counts is 'Jobs that ended, by when they ended and when they were opened; without those that lie within one step.';
comment on column job_life_counts.step is 'The length of the two times, in seconds: 60, 600 or 3600.';
comment on column job_life_counts.ended_at is 'The start of the time in which they ended.';
comment on column job_life_counts.opened_at is 'The start of the time in which they were opened.';
comment on column job_life_counts.source is 'The source; empty if it is not known.';
comment on column job_life_counts.jobs is 'How many.';

create table activity_progress (
    is_only boolean primary key default true,
    counted_from timestamptz not null,
    counted_to timestamptz not null,
    seen pg_snapshot not null,
    constraint one_row check (is_only)
);
comment on table activity_progress is 'The time whose counts are kept; no row before the first turn of the batch processor.';
comment on column activity_progress.is_only is 'Always true: there is one row.';
comment on column activity_progress.counted_from is 'The start of that time: a full hour, or -infinity once all older rows are counted.';
comment on column activity_progress.counted_to is 'The end of that time: a full minute.';
comment on column activity_progress.seen is 'What transactions of this snapshot wrote is counted, if it is of that time.';

create table activity_late (
    since timestamptz not null,
    until timestamptz not null
);
comment on table activity_late is 'Times that are to be counted again: rows of them were written late, changed or deleted.';
comment on column activity_late.since is 'The start.';
comment on column activity_late.until is 'The end.';

-- No key, so that nobody waits for another one here.
create function note_late_activity() returns trigger
language plpgsql security definer set search_path = hookledger, pg_temp as $$
declare
    v_at timestamptz := case tg_table_name when 'refusals' then to_jsonb(new) ->> 'refused_at' else to_jsonb(new) ->> 'finished_at' end;
begin
    -- Where slots arrive, everything is counted again.
    if current_setting('hookledger.counts_again', true) is distinct from 'on' then
        insert into activity_late (since, until) values (v_at, v_at + interval '1 us');
    end if;
    return null;
end
$$;
comment on function note_late_activity is 'Trigger of job_attempts and refusals: notes a time whose counts are no longer right.';

-- Attempts of the last ten minutes are counted again anyway.
create trigger late_activity after insert on job_attempts for each row
when (new.finished_at < clock_timestamp() - interval '10 minutes') execute function note_late_activity();

create trigger late_activity after update of unrecorded on refusals for each row
when (new.refused_at < clock_timestamp() - interval '1 minute' and new.unrecorded <> old.unrecorded)
execute function note_late_activity();
