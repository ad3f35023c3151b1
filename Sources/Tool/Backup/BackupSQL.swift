/// The statements of `backup` and `restore`.
enum BackupSQL {
    /// A snapshot that pg_dump shares, so that the counts are those of the dump.
    static let begin = "begin isolation level repeatable read read only"
    static let snapshot = """
        select pg_export_snapshot() as snapshot, now() as taken_at,
            (select coalesce(max(version), 0) from hookledger.schema_migrations) as schema,
            (select generation from hookledger.cluster_identity) as generation
        """

    /// The tables of the schema; a partitioned one stands for its partitions.
    static let tables = """
        select c.relname, format('select count(*) from hookledger.%I', c.relname) as count from pg_class as c
        where c.relnamespace = 'hookledger'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        order by c.relname
        """

    /// The tables with rows of their own, as pg_dump counts them.
    static let dumped = """
        select count(*) from pg_class where relnamespace = 'hookledger'::regnamespace and relkind = 'r'
        """

    /// Whether the database is free for a restore.
    static let isEmpty = "select to_regnamespace('hookledger') is null"

    /// The statements that make the roles again which own the schema, have rights in it, or are members of such roles: without
    /// passwords, and none that is a superuser.
    static let roles = """
        with recursive used (role) as (
            select oid from pg_roles where rolname like 'hookledger\\_%'
            union
            select r.role from (
                select (aclexplode(c.relacl)).grantee as role from pg_class as c
                where c.relnamespace = 'hookledger'::regnamespace
                union
                select (aclexplode(n.nspacl)).grantee from pg_namespace as n where n.nspname = 'hookledger'
                union
                select (aclexplode(p.proacl)).grantee from pg_proc as p where p.pronamespace = 'hookledger'::regnamespace
                union
                select c.relowner from pg_class as c where c.relnamespace = 'hookledger'::regnamespace
            ) as r where r.role <> 0
            union
            select m.member from pg_auth_members as m join used as u on u.role = m.roleid
        ), roles as (
            select r.* from pg_roles as r join used as u on u.role = r.oid
            where not r.rolsuper and r.rolname not like 'pg\\_%'
        )
        select format('do $hookledger$ begin if to_regrole(%L) is null then create role %I %s; end if; end $hookledger$;',
                quote_ident(rolname), rolname, case when rolcanlogin then 'login' else 'nologin' end) as line, 1 as part
        from roles
        union all
        select format('alter role %I connection limit %s;', rolname, rolconnlimit), 2 from roles where rolconnlimit >= 0
        union all
        select format('grant %I to %I;', g.rolname, r.rolname), 3
        from pg_auth_members as m join roles as g on g.oid = m.roleid join roles as r on r.oid = m.member
        order by part, line
        """
}
