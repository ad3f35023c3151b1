-- The roles, made once per cluster and safe to run again. Each login role has one task and no other rights. None has a
-- password here: on one host they log in by peer or ident map; otherwise set one with \password.
do $$
declare
    role record;
    setting record;
begin
    for role in
        select * from (values
            ('hookledger_owner', 'nologin', 'Owns the schema hookledger; migrations run as it.'),
            ('hookledger_ingest', 'login', 'The responder''s ingest pool: may call record(), refuse(), note_handshakes() and add_metrics(), nothing else.'),
            ('hookledger_api', 'login', 'The responder''s API pool: reads.'),
            ('hookledger_batch', 'login', 'The batch processor: claims and completes jobs.'),
            ('hookledger_operator', 'login', 'The command line tool: reads all, retries and discards dead letters.'),
            ('hookledger_reader', 'login', 'People in psql: views only.')
        ) as wanted (name, kind, purpose)
    loop
        if not exists (select from pg_roles where rolname = role.name) then
            begin
                execute format('create role %I %s', role.name, role.kind);
            exception when duplicate_object or unique_violation then
                null; -- another host was quicker
            end;
        end if;
        if shobj_description(to_regrole(role.name), 'pg_authid') is distinct from role.purpose then
            execute format('comment on role %I is %L', role.name, role.purpose);
        end if;
        if role.kind = 'login' and not exists (
            select from pg_db_role_setting
            where setrole = to_regrole(role.name) and setdatabase = 0 and 'search_path=hookledger' = any (setconfig)
        ) then
            execute format('alter role %I set search_path = hookledger', role.name);
        end if;
    end loop;
    -- A forgotten report must not block vacuum and with it the job queue.
    if not exists (
        select from pg_db_role_setting
        where setrole = to_regrole('hookledger_reader') and setconfig::text like '%statement_timeout%'
    ) then
        alter role hookledger_reader set statement_timeout = '60s';
        alter role hookledger_reader set idle_in_transaction_session_timeout = '30s';
        alter role hookledger_operator set idle_in_transaction_session_timeout = '30s';
    end if;
    -- Other logins, such as a superuser in psql, find the views by their plain names, too. And no query on them is
    -- worth compiling: over that many partitions it takes longer than the answer. An administrator's setting for this
    -- database stays.
    for setting in
        select * from (values ('search_path', '"$user", public, hookledger'), ('jit', 'off')) as wanted (name, value)
    loop
        if not exists (
            select from pg_db_role_setting as s join pg_database as d on d.oid = s.setdatabase
            where d.datname = current_database() and s.setrole = 0 and s.setconfig::text like '%' || setting.name || '=%'
        ) and exists (
            select from pg_database where datname = current_database() and pg_has_role(datdba, 'usage')
        ) then
            execute format('alter database %I set %I = %s', current_database(), setting.name, setting.value);
        end if;
    end loop;
end
$$;
