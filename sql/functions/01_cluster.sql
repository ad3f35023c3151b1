-- Cursors and transaction numbers are valid in one history of one cluster only.

-- A restore into another cluster changes the first part; a failover, or a recovery to a point in time, the second: a
-- cursor may then have seen transactions that never happened here.
create or replace function cluster_era() returns text
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select s.system_identifier || '.' || case
        when pg_is_in_recovery() then c.timeline_id
        else ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
    end
    from pg_control_system() as s, pg_control_checkpoint() as c
$$;
comment on function cluster_era is 'The cluster and its timeline, which live cursors carry: SYSTEM_IDENTIFIER.TIMELINE.';

-- Whether the transaction numbers of the database belong to another cluster.
create or replace function is_from_other_cluster() returns boolean
language sql stable security definer set search_path = hookledger, pg_temp as $$
    select (select i.system_identifier from cluster_identity as i)
            is distinct from (select s.system_identifier from pg_control_system() as s)
        or exists (select from events where written_by >= pg_snapshot_xmax(pg_current_snapshot()))
$$;
comment on function is_from_other_cluster is 'Whether the database was restored from a dump of another cluster and not migrated since.';

-- Rows without a number count as older than every cursor. The index of persons, the reading of shapes, telemetry and the
-- counts of activity follow the numbers, so they start again.
create or replace function remove_transaction_numbers() returns boolean
language plpgsql volatile security definer set search_path = hookledger, pg_temp as $$
begin
    if not is_from_other_cluster() then
        return false;
    end if;
    perform hold_restored('The database was restored into another cluster.', null, null);
    update events set written_by = null where written_by is not null;
    update refusals set written_by = null where written_by is not null;
    -- This column is never null; 3 is the first number of every cluster.
    update handshakes set written_by = '3' where written_by <> '3';
    update replays set written_by = null where written_by is not null;
    truncate person_keys;
    delete from person_index;
    delete from shape_progress;
    delete from telemetry_progress;
    delete from activity_progress;
    update cluster_identity as i set system_identifier = s.system_identifier, since = now() from pg_control_system() as s;
    return true;
end
$$;
comment on function remove_transaction_numbers is 'Removes the transaction numbers of another cluster; false if there are none.';
