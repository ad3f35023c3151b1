/// What `migrate` does at a router beside its files.
enum RouterSchema {
    /// PL/Proxy with the schema in which it looks for its functions, and what the views over all cells need.
    static let foundation = """
        set local client_min_messages = warning;
        create extension if not exists plproxy with schema public;
        create extension if not exists postgres_fdw with schema public;
        create schema if not exists plproxy authorization hookledger_owner;
        create extension if not exists dblink schema plproxy;
        """

    /// The views over all cells, as a superuser.
    static let arrangeViews = "select arrange_views()"

    /// The settings of its sessions. Postgres passes the end of a statement on to a cell, and waits without limit for a cell that
    /// hangs to take it: so nothing ends statements here but the end of the session, which is looked for (`Connection.endsByClosing`).
    static let settings = """
        do $$
        begin
            execute format('alter database %I set hookledger.end_by = closing', current_database());
            execute format('alter database %I set client_connection_check_interval = 250', current_database());
        end
        $$;
        """

    /// The functions in language plproxy run as their owner, who alone reads the connections of the cells.
    static let giveToOwner = """
        do $$
        declare
            f regprocedure;
        begin
            for f in
                select p.oid from pg_proc as p join pg_language as l on l.oid = p.prolang
                where p.pronamespace in ('hookledger'::regnamespace, 'plproxy'::regnamespace) and l.lanname <> 'c'
                    and p.proowner <> 'hookledger_owner'::regrole
            loop
                execute format('alter routine %s owner to hookledger_owner', f);
            end loop;
        end
        $$;
        """
}
