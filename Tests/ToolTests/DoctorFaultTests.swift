import JSON
import JobsSupport
import LocalStack
import Patience
import Platform
import Postgres
import TestThreads
import Testing

/// `hookledger doctor` on hosts that have one thing wrong each: it is found, graded, and it is said what to do.
@Suite(.blocking) struct DoctorFaultTests {
    private let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    /// What is found of a check, with that wrong.
    /// - Parameters:
    ///   - more: further lines of the configuration.
    ///   - prepare: gets the folder of the configuration.
    private func finding(
        _ check: String, more: String = "", arguments: [String] = [], path: String? = nil,
        _ prepare: (String) throws -> Void = { _ in }
    ) throws -> (grade: String, advice: String, status: Platform.ExitStatus) {
        let program = try BatchProgram(fixture, url: "http://127.0.0.1:1", more: more)
        defer { program.remove() }
        try Files.write(
            program.config, text: Files.readText(program.config).replacing("FOLDER", with: program.folder))
        try prepare(program.folder)
        var command = program.tool(
            ["doctor", "--json", "--socket", "/nowhere.sock"]
                + arguments.map { $0.replacing("FOLDER", with: program.folder) })
        if let path { command.environment?["PATH"] = path.replacing("FOLDER", with: program.folder) }
        let output = try ChildProcess.run(command, limit: 1 << 20)
        let found = try output.text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
            .filter { $0["check"]?.string?.replacing(program.folder, with: "FOLDER") == check }
        let one = try #require(found.first, "\(check): \(output.text)\(output.errorText)")
        return (try #require(one["grade"]?.string), one["advice"]?.string ?? "", output.status)
    }

    private func expect(
        _ check: String, _ grade: String, _ advice: String, _ sql: String, location: SourceLocation = #_sourceLocation
    ) throws {
        try fixture.superuser.execute(sql)
        let found = try finding(check)
        #expect(found.grade == grade && found.advice.contains(advice), "\(found)", sourceLocation: location)
    }

    @Test(arguments: [
        (
            "migrations", "failed", "hookledger migrate",
            "delete from schema_migrations where version = (select max(version) from schema_migrations)"
        ),
        (
            "migrations", "failed", "newer program",
            "insert into schema_migrations (version, name, checksum) values (999999, 'x', 'x')"
        ),
        ("restore", "failed", "restore --release", "insert into restores (reason) values ('It was restored.')"),
        ("rights", "failed", "revoke", "grant select on orders to hookledger_ingest"),
        (
            "partitions", "failed", "hookledger migrate",
            "do $$ declare t text; begin for t in select inhrelid::regclass::text from pg_inherits where inhparent = 'events'::regclass and inhrelid::regclass::text >= to_char(now(), '\"events_\"IYYY\"w\"IW') loop execute 'drop table ' || t; end loop; end $$"
        ),
        ("batch processor", "warning", "cron", "delete from upkeep"),
        (
            "batch processor", "failed", "cron",
            "insert into upkeep (task, begun_at) values ('retention', now() - interval '1 day')"
        ),
    ]) func ofTheDatabase(_ check: String, _ grade: String, _ advice: String, _ sql: String) throws {
        try expect(check, grade, advice, sql)
    }

    /// The tests' own cluster gives durability up for speed.
    @Test func ofAServerThatForgets() throws {
        let found = try finding("durability")
        #expect(found.grade == "failed" && found.advice.contains("alter system set fsync = on"))
        #expect(found.advice.contains("full_page_writes"))
    }

    @Test func ofTheGenerationFile() throws {
        #expect(try finding("restore").grade == "ok")
        let missing = try finding("restore") { try Files.remove($0 + "/generation") }
        #expect(missing.grade == "failed" && missing.advice.contains("setup-users"))
        let damaged = try finding("restore") { try Files.write($0 + "/generation", text: "x") }
        #expect(damaged.grade == "failed")
    }

    @Test func ofTheQueue() throws {
        #expect(try finding("dead letters").grade == "ok")
        try fixture.enqueue(120)
        #expect(try finding("events in queue").grade == "warning")
        #expect(try finding("rules").grade == "ok")
        try expect("rules", "warning", "old name", "update jobs set rule = 'rule-0b7d4c' where job_id % 2 = 0")
        try expect(
            "batch processor", "failed", "hookledger-batch --once", "update jobs set run_at = now() - interval '1 hour'"
        )
        try expect(
            "dead letters", "warning", "dead retry",
            "update jobs set state = 2, last_error = 'x', first_failed_at = now()")
        try expect(
            "destination erp.test:443", "warning", "once it answers again",
            "insert into destinations (destination, open_until, reason) values ('erp.test:443', now() + interval '1 h', 'x')"
        )
        try expect(
            "events lost", "warning", "select",
            "insert into receipts (source, dedupe_key, event_id, received_at) values ('shop', 'x', 999, now())")
    }

    @Test func ofTheConfigurationAndTheSpool() throws {
        let login = try finding("login of api") { folder in
            let text = try Files.readText(folder + "/hookledger.yaml")
            try Files.write(
                folder + "/hookledger.yaml",
                text: text.replacing("roles: {", with: "roles: { api: \"host=\(folder) dbname=x\","))
        }
        #expect(login.grade == "failed" && login.advice.contains("pg_hba.conf") && login.status == .exited(1))
        for (check, grade, advice) in [
            ("configuration", "warning", "config check"), ("secrets of shop", "failed", "hookledger.env"),
        ] {
            let found = try finding(check) { folder in
                let text = try Files.readText(folder + "/hookledger.yaml")
                try Files.write(
                    folder + "/hookledger.yaml", text: text.replacing("env: SECRET", with: "env: NOBODY_SETS_THIS"))
            }
            #expect(found.grade == grade && found.advice.contains(advice), "\(check) \(found)")
        }
        let spool = "spool: FOLDER/spool"
        let keyless = try finding("spool", more: spool)
        #expect(keyless.grade == "failed" && keyless.advice.contains("hookledger keys create"))
        /// A key of 32 bytes beside the configuration.
        func makeKey(_ folder: String) throws {
            try Files.makeFolder(folder + "/keys")
            let text = String(repeating: "A", count: 43) + "="
            try Files.write(folder + "/keys/credentials.key", text: text, mode: 0o640)
        }
        let unmade = try finding("spool", more: spool) { folder in
            try makeKey(folder)
            try Files.makeFolder(folder + "/spool")
        }
        #expect(unmade.grade == "ok")
        let missing = try finding("spool", more: spool, makeKey)
        #expect(missing.grade == "warning", "it is not made")
        let aside = try finding("spool", more: spool) { folder in
            try makeKey(folder)
            try Files.makeFolder(folder + "/spool")
            try Files.makeFolder(folder + "/spool/aside")
            try Files.write(folder + "/spool/aside/1.hooks", text: "x")
        }
        #expect(aside.grade == "warning" && aside.advice.contains("fix the cause"))
        let waiting = try finding("spool", more: spool) { folder in
            try makeKey(folder)
            try Files.makeFolder(folder + "/spool")
            try Files.write(folder + "/spool/1.hooks", text: "x")
        }
        #expect(waiting.grade == "warning" && waiting.advice.contains("cron"))
        let file = try finding("spool", more: spool) { folder in
            try makeKey(folder)
            try Files.write(folder + "/spool", text: "in the way")
        }
        #expect(file.grade == "failed" && file.status == .exited(1))
    }

    /// A certificate whose time is over; openssl(1) makes one only as an authority.
    @Test func aCertificateThatIsOver() throws {
        let site = ["--site", "FOLDER/site.conf", "--url", ""]
        let found = try finding("certificate FOLDER/over.pem", arguments: site) { folder in
            try Files.write(
                folder + "/ca.conf",
                text: """
                    [ca]
                    default_ca = own
                    [own]
                    database = \(folder)/index
                    rand_serial = yes
                    new_certs_dir = \(folder)
                    default_md = sha256
                    policy = any
                    [any]
                    commonName = supplied
                    """)
            try Files.write(folder + "/index", text: "")
            for command in [
                "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=x -keyout key -out csr",
                "openssl ca -batch -notext -config ca.conf -selfsign -keyfile key -in csr -out over.pem "
                    + "-startdate 20200101000000Z -enddate 20200201000000Z",
            ] {
                let made = try ChildProcess.run(
                    ChildCommand(command.split(separator: " ").map(String.init), folder: folder, errors: .null))
                try #require(made.succeeded)
            }
            try Files.write(folder + "/site.conf", text: "  ssl_certificate \"\(folder)/over.pem\";\n")
        }
        #expect(found.grade == "failed" && found.advice.contains("certbot renew") && found.status == .exited(1))
    }

    @Test func ofTheHost() throws {
        // dpkg's own comparison of versions, with what this host could have installed.
        let old = try finding("libfcgi", path: "FOLDER:/usr/bin:/bin") { folder in
            try Files.write(
                folder + "/dpkg-query", text: "#!/bin/sh\nprintf '\\n\\n2.4.2-2\\n'\n", mode: 0o755)
        }
        #expect(old.grade == "failed" && old.advice.contains("--only-upgrade"))
        var server: ChildProcess?
        defer { _ = server?.terminate() }
        let open = try finding("socket FOLDER/open.sock", arguments: ["--socket", "FOLDER/open.sock"]) { folder in
            let script = """
                from os import chmod
                from signal import pause
                from socket import AF_UNIX, socket
                s = socket(AF_UNIX); s.bind("open.sock"); chmod("open.sock", 0o666); s.listen(8)
                open("ready", "w")
                pause()
                """
            server = try ChildProcess.spawn(ChildCommand(["python3", "-c", script], folder: folder))
            #expect(eventually { Files.exists(folder + "/ready") })
        }
        #expect(open.grade == "warning" && open.advice.contains("0600"))
    }
}
