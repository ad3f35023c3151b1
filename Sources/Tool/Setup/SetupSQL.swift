/// The statements of `setup`. They are run by psql(1) as `postgres`, because root cannot log in as that role.
enum SetupSQL {
    /// What a server says of itself and of a database, as one JSON object.
    static func server(database: String) -> String {
        """
        select json_build_object('access', current_setting('hba_file'), 'ident', current_setting('ident_file'),
            'data', current_setting('data_directory'), 'loaded', pg_conf_load_time(),
            'has_database', exists (select from pg_database where datname = \(literal(database))),
            'unlimited', (select count(*) from pg_roles
                where rolname like 'hookledger\\_%' and rolcanlogin and rolconnlimit < 0))
        """
    }

    /// The version of the schema and the last report of a batch processor, as one JSON object; fails without a schema.
    static let schema = """
        select json_build_object('version', (\(DoctorSQL.version)), 'batch', (select row_to_json(b) from (\(DoctorSQL.batch)) as b))
        """

    /// What is wrong in the files of access rules as they are now, whether they are in use or not; a line each.
    static let mistakes = """
        select format('pg_hba.conf, line %s: %s', line_number, error) from pg_hba_file_rules where error is not null
        union all
        select format('pg_ident.conf, line %s: %s', line_number, error) from pg_ident_file_mappings where error is not null
        """

    /// The rules in the files that are used for `postgres`, in its own database and in another one; a line each. Where a
    /// map would be used, that is a part of it.
    static func rulesOfPostgres(database: String) -> String {
        """
        select name || ': ' || coalesce((
            select concat_ws(' ', auth_method, options) from pg_hba_file_rules
            where type = 'local' and error is null and database && array['all', name]
                and user_name && array['all', 'postgres']
            order by line_number limit 1), 'none')
        from unnest(array['postgres', \(literal(database))]) as name
        """
    }

    /// When the server has read its configuration last.
    static let loaded = "select pg_conf_load_time()"

    /// Drops the roles, but for those that own something elsewhere.
    static func dropRoles(_ roles: [String]) -> String {
        """
        do $$ declare name text; begin
            foreach name in array array[\(roles.map(literal).joined(separator: ", "))] loop
                begin
                    execute format('drop role if exists %I', name);
                exception when dependent_objects_still_exist then
                    raise notice 'the role % stays: it has rights or objects in another database', name;
                end;
            end loop;
        end $$
        """
    }

    private static func literal(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}
