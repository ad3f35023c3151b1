-- Revisions of the configuration.

-- A program has read its configuration, or still uses it (p_content is null). Returns the revision; null if it has no number yet.
--
-- The newest configuration keeps its number. A program that reads what it had before keeps its own (the first time: what
-- another program of its host has), so a host that has not got the newest files stays behind; only what another program of this host read earlier than p_age_ms ago counts for it,
-- too, because that was there when it read. Anything else is a change, and gets the next number, even if a configuration
-- of long ago had the same text.
--
-- The API pool sees less than the others and makes no numbers: it has the newest one of its file.
create or replace function note_configuration(
    p_host text, p_program text, p_pid int, p_hash bytea, p_file_hash bytea, p_content jsonb, p_age_ms int
) returns int
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
declare
    v_newest configurations;
    v_known configuration_hosts;
    v_revision int;
begin
    if p_content is null then
        update configuration_uses as u set seen_at = now(),
            revision = case when p_program <> 'api' then u.revision else (
                select max(c.revision) from configurations as c where c.file_hash = p_file_hash) end
        where u.host = p_host and u.program = p_program and u.pid = p_pid
        returning u.revision into v_revision;
        return v_revision;
    end if;
    if octet_length(p_content::text) > 2097152 or octet_length(p_host) > 255 or p_program not in ('ingest', 'api', 'batch') then
        raise exception 'not a configuration' using errcode = 'invalid_parameter_value';
    end if;
    if p_program = 'api' then
        v_revision := (select max(c.revision) from configurations as c where c.file_hash = p_file_hash);
    else
        select c.* into v_newest from configurations as c order by c.revision desc limit 1;
        if v_newest.hash is distinct from p_hash then
            -- Two programs that read the same change at the same time get one number.
            lock table configurations in share row exclusive mode;
            select c.* into v_newest from configurations as c order by c.revision desc limit 1;
        end if;
        select h.* into v_known from configuration_hosts as h
        where h.host = p_host and h.hash = p_hash and (h.program = p_program or not exists (
            select from configuration_hosts as o where o.host = p_host and o.program = p_program))
        order by h.revision desc limit 1;
        if v_newest.hash = p_hash then
            v_revision := v_newest.revision;
        elsif v_known.revision is not null then
            v_revision := greatest(v_known.revision, (
                select max(h.revision) from configuration_hosts as h
                where h.host = p_host and h.noted_at < now() - p_age_ms * interval '1 ms'));
        else
            insert into configurations (hash, file_hash, content, host) values (p_hash, p_file_hash, p_content, p_host)
            returning configurations.revision into v_revision;
            delete from configurations as c where c.revision <= v_revision - 10000;
        end if;
        insert into configuration_hosts as h (host, program, hash, revision) values (p_host, p_program, p_hash, v_revision)
        on conflict (host, program) do update
            set hash = excluded.hash, revision = excluded.revision, noted_at = now();
    end if;
    delete from configuration_uses as u where u.seen_at < now() - interval '5 minutes';
    insert into configuration_uses as u (host, program, pid, revision, loaded_at, seen_at)
    values (p_host, p_program, p_pid, v_revision, now(), now())
    on conflict (host, program, pid) do update
        set revision = excluded.revision, loaded_at = now(), seen_at = now(), refused_at = null, refusal = null;
    return v_revision;
end
$$;
comment on function note_configuration is 'Records that a program uses a configuration; returns its revision.';

create or replace function refuse_configuration(p_host text, p_program text, p_pid int, p_refusal text) returns void
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    update configuration_uses as u set seen_at = now(), refused_at = now(), refusal = left(p_refusal, 20000)
    where u.host = p_host and u.program = p_program and u.pid = p_pid
$$;
comment on function refuse_configuration is 'Records that a program has refused a new configuration, and why.';

create or replace function leave_configuration(p_host text, p_program text, p_pid int) returns void
language sql volatile security definer set search_path = hookledger, pg_temp as $$
    delete from configuration_uses as u where u.host = p_host and u.program = p_program and u.pid = p_pid
$$;
comment on function leave_configuration is 'Records that a program has ended.';
