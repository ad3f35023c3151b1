-- A database as one cell of several. Ids of rows that belong to a source carry its slot in their low 10 bits: the sequences go
-- by 1,024, events, orders and most jobs get the slot from record_2(), all other rows from a trigger that only cells have. So an id is
-- unique over all cells, and names the slot, and with it the cell, also after a move.

-- Rows with a source.
create or replace function slot_of_source() returns trigger language plpgsql as $$
begin
    new.id := (new.id & -1024) | source_slot(new.source);
    return new;
end
$$;
comment on function slot_of_source is 'Trigger of cells: the id carries the slot of the source.';

create or replace function slot_of_job() returns trigger language plpgsql as $$
begin
    new.job_id := (new.job_id & -1024) | (new.event_id & 1023);
    return new;
end
$$;
comment on function slot_of_job is 'Trigger of cells: the id carries the slot of the event.';

-- While its slot is about to move, no job of it begins. Once a statement, as a row has little time.
create or replace function hold_moving_jobs() returns trigger language plpgsql security definer
set search_path = hookledger, pg_temp as $$
begin
    if exists (select from cell_slots as s where s.state <> 'open') then
        update jobs as j set state = 3, hold_reason = 'move', held_at = now()
        from added as a
        where j.job_id = a.job_id and j.state = 0
            and exists (select from cell_slots as s where s.slot = a.event_id & 1023 and s.state <> 'open');
    end if;
    return null;
end
$$;
comment on function hold_moving_jobs is 'Trigger of cells: jobs of a slot that is about to move are held.';

create or replace function slot_of_message() returns trigger language plpgsql as $$
begin
    new.id := (new.id & -1024) | (new.conversation_id & 1023);
    return new;
end
$$;
comment on function slot_of_message is 'Trigger of cells: the id carries the slot of the conversation.';

create or replace function slot_of_reading() returns trigger language plpgsql as $$
begin
    new.id := (new.id & -1024) | (new.order_row & 1023);
    return new;
end
$$;
comment on function slot_of_reading is 'Trigger of cells: the id carries the slot of the order.';

-- Gives the tables and sequences of a cell what distinguishes them; does nothing where one database has everything. `migrate` calls
-- it each time, for tables of later versions.
create or replace function arrange_cell() returns boolean language plpgsql volatile as $$
declare
    v record;
    v_when text;
begin
    if not exists (select from cell_identity) then
        return false;
    end if;
    for v in
        select c.oid::regclass as name, s.oid::regclass as sequence, q.seqincrement as step,
            case c.relname when 'jobs' then 'slot_of_job' when 'messages' then 'slot_of_message'
                when 'order_readings' then 'slot_of_reading'
                else case when exists (
                    select from pg_attribute as f where f.attrelid = c.oid and f.attname = 'source' and not f.attisdropped)
                    and c.relname <> 'orders' then 'slot_of_source' end end as giver
        from pg_sequence as q
        join pg_class as s on s.oid = q.seqrelid and s.relnamespace = 'hookledger'::regnamespace
        left join pg_depend as d on d.objid = s.oid and d.classid = 'pg_class'::regclass and d.deptype = 'i'
        left join pg_class as c on c.oid = d.refobjid
        where s.relname <> 'lease_tokens' and q.seqtypid = 'bigint'::regtype
        order by s.relname
    loop
        if v.step <> 1024 then
            execute format('alter sequence %s minvalue 0 increment by 1024 restart with 1024', v.sequence);
        end if;
        -- A call of the trigger costs a tenth of a delivery: jobs that have their slot from make_jobs() need none.
        v_when := case v.giver when 'slot_of_job' then 'when ((new.job_id # new.event_id) & 1023 <> 0)' else '' end;
        if v.giver is not null and not exists (
            select from pg_trigger as t
            where t.tgrelid = v.name and t.tgname = 'give_slot' and (t.tgqual is null) = (v_when = ''))
        then
            execute format('create or replace trigger give_slot before insert on %s for each row %s execute function %I()',
                v.name, v_when, v.giver);
        end if;
    end loop;
    if not exists (select from pg_trigger as t where t.tgrelid = 'jobs'::regclass and t.tgname = 'hold_moving') then
        create trigger hold_moving after insert on jobs referencing new table as added
            for each statement execute function hold_moving_jobs();
    end if;
    return true;
end
$$;
comment on function arrange_cell is 'Arranges the sequences and triggers of a cell; returns whether this database is one.';

-- Makes an empty database a cell, without slots. Safe to run again.
create or replace function become_cell(p_name text) returns void language plpgsql volatile as $$
begin
    if exists (select from cell_identity as i where i.name = p_name) then
        return;
    end if;
    if exists (select from receipts limit 1) or exists (select from orders limit 1) or exists (select from jobs limit 1) then
        raise exception 'the database % has deliveries already, and their ids have no slot', p_name
            using errcode = 'object_not_in_prerequisite_state',
                hint = 'Begin with an empty database, and bring the events over with `hookledger events export` and `import`.';
    end if;
    insert into cell_identity (name) values (p_name);
    perform arrange_cell();
end
$$;
comment on function become_cell is 'Makes an empty database a cell that holds no slot yet.';

-- The places of a batch whose slots this cell holds; null if it holds all of them. A batch has many deliveries of few slots: each
-- slot is looked up once.
create or replace function open_places(p_slot int[]) returns int[] language plpgsql stable as $$
declare
    v_missing int[];
begin
    v_missing := array(
        select u.slot from (select distinct u.slot from unnest(p_slot) as u (slot)) as u
        where not exists (select from cell_slots as s where s.slot = u.slot and s.state <> 'closed'));
    if v_missing = '{}' then
        return null;
    end if;
    return array(
        select u.place from unnest(p_slot) with ordinality as u (slot, place)
        where u.slot <> all (v_missing) order by u.place);
end
$$;
comment on function open_places is 'The places of a batch whose slots this cell holds; null for all.';

-- An id for a row that gets none from a trigger: in a cell with the slot of its event.
create or replace function with_slot(p_id bigint, p_event_id bigint) returns bigint language sql stable as $$
    select case when exists (select from cell_identity) then (p_id & -1024) | (p_event_id & 1023) else p_id end
$$;
comment on function with_slot is 'An id that, in a cell, carries the slot of an event.';

-- What a cell has reported as stored must survive a crash, also where `synchronous_commit` is off for the server, the database or the role.
-- The programs see to it in their own sessions (`Connection`); a session of PL/Proxy is nobody's.
create or replace function keep_commit() returns boolean language plpgsql volatile as $$
begin
    if current_setting('synchronous_commit') = 'off' then
        perform set_config('synchronous_commit', 'on', true);
    end if;
    return true;
end
$$;
comment on function keep_commit is 'Has this transaction wait for its commit to be on disk.';
