import JSON
import LocalStack
import Platform
import StackSuite
import Testing

/// `hookledger doctor` on a host that is well, and with one thing after another taken away.
@Suite(.serialized, .stack { try TestStack.useRealPrograms(&$0) }) struct DoctorTests: StackUser {
    let stack: LocalStack

    init() throws { stack = try TestStack.ofSuite() }

    private func findings(_ arguments: [String] = [], with more: String = "") throws -> (
        status: Platform.ExitStatus, grades: [String: String], text: String
    ) {
        let output = try tool.run(["doctor", "--json"] + arguments, with: more)
        var grades: [String: String] = [:]
        for line in output.text.split(separator: "\n") {
            let object = try JSONValue(parsing: Array(line.utf8))
            grades[try #require(object["check"]?.string)] = object["grade"]?.string
        }
        return (output.status, grades, output.text + output.errorText)
    }

    @Test func aHostThatIsWellIsWell() throws {
        let sockets = ["--socket", stack.state.sockets + "/ingest.sock", "--socket", stack.state.sockets + "/api.sock"]
        let (status, grades, text) = try findings(sockets)
        #expect(status == .exited(0), "\(text)")
        let host = stack.state.url.replacing("https://", with: "")
        for check in [
            "postgres", "durability", "migrations", "rights", "clock", "partitions", "connection limits",
            "login of ingest", "login of operator", "health",
            "dead letters", "events lost", "certificate of \(host)", "socket \(sockets[1])",
        ] {
            #expect(grades[check] == "ok", "\(check): \(text)")
        }
        #expect(["ok", "skipped"].contains(grades["libfcgi"]))
        #expect(!grades.values.contains("failed") && (grades["libfcgi"] != "ok" || text.contains("version 2.4")))
        // cron mails what is shown.
        let silent = try tool.run(["doctor", "--quiet"] + sockets)
        #expect(silent.succeeded && silent.text.isEmpty, "\(silent.text)")
        let people = try tool.run(["doctor"])
        #expect(people.text.contains("ok       postgres: version") && !people.text.contains("\u{1B}"))
    }

    @Test func aRoleWithoutALimitMayTakeEverySlot() throws {
        let psql = Psql(conninfo: stack.state.database)
        _ = try psql.lines("alter role hookledger_api connection limit -1")
        let open = try findings([])
        #expect(open.grades["connection limits"] == "warning")
        #expect(open.text.contains("hookledger_api may take every slot") && open.text.contains("migrate --hosts"))
        _ = try psql.lines("alter role hookledger_api connection limit 8")
        #expect(try findings([]).text.contains("hookledger_api has 8 and needs 9"))
        let limited = try tool.run(["migrate", "--hosts", "1"])
        #expect(limited.succeeded, "\(limited.errorText)")
        #expect(try findings([]).grades["connection limits"] == "ok")
        let limits = "select rolconnlimit from pg_roles where rolname like 'hookledger%' and rolcanlogin order by 1"
        #expect(try psql.lines(limits) == ["9", "9", "12", "12", "17"])
    }

    @Test func whatIsMissingIsSaidWithWhatToDo() throws {
        let mailed = try tool.run(["doctor", "--quiet", "--socket", "/nowhere.sock"])
        let lines = mailed.text.split(separator: "\n")
        #expect(mailed.status == .exited(1))
        #expect(lines.contains { $0.hasPrefix("FAILED") && $0.contains("/nowhere.sock") })
        #expect(!lines.contains { $0.hasPrefix("ok ") || $0.hasPrefix("warning") || $0.hasPrefix("skipped") })
        let nowhere = try findings(["--url", "https://127.0.0.1:1", "--socket", "/nowhere.sock"])
        #expect(nowhere.status == .exited(1))
        #expect(nowhere.grades["health"] == "failed" && nowhere.grades["socket /nowhere.sock"] == "failed")
        #expect(nowhere.grades["certificate of 127.0.0.1:1"] == "failed")
        #expect(nowhere.text.contains("nginx -t"))
    }

    @Test func aCertificateThatEndsSoonIsAWarningAndOneThatIsOverAFailure() throws {
        try TestStack.inFolder { folder in
            for (days, grade) in [("2", "warning"), ("60", "ok")] {
                let file = "\(folder)/\(days).pem"
                let made = try ChildProcess.run(
                    ChildCommand(
                        [
                            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                            "-nodes", "-days", days, "-subj", "/CN=x", "-keyout", "\(folder)/key.pem", "-out", file,
                        ], errors: .null))
                try #require(made.succeeded)
                try Files.write(folder + "/site.conf", text: "server {\n  ssl_certificate \(file);\n}\n")
                let found = try findings(["--site", folder + "/site.conf", "--url", ""])
                #expect(found.grades["certificate \(file)"] == grade, "\(found.text)")
            }
        }
    }

    @Test func whatNeedsNoConfigurationIsLookedAtWithoutOne() throws {
        try TestStack.inFolder { folder in
            try Files.write(
                folder + "/hookledger.yaml", text: "sources: { shop: { providers: tiktokshop } }\nrulez: blue\n")
            let (status, grades, text) = try findings([
                "--config", folder + "/hookledger.yaml", "--socket", "/nowhere.sock",
            ])
            #expect(status == .exited(78) && grades["configuration"] == "failed", "\(text)")
            #expect(text.contains("tiktokshop") && text.contains("rulez"))
            #expect(grades["postgres"] == "skipped" && grades["socket /nowhere.sock"] == "failed")
            #expect(grades["health"] == "ok")
        }
    }

    @Test func aDatabaseThatIsAwayIsSaid() throws {
        try TestStack.inFolder { folder in
            let config = folder + "/hookledger.yaml"
            try Files.write(
                config,
                text: """
                    database: "host=\(folder) dbname=hookledger"
                    sources:
                      shop: { providers: tiktok_shop_guide, secrets: [ { env: TIKTOK_APP_SECRET } ] }
                      bare: { providers: github, secrets: [ { env: HOOKLEDGER_NOBODY_SETS_THIS } ] }
                      open: { providers: stripe, verification: none }
                    """)
            let (status, grades, text) = try findings(["--config", config])
            #expect(status == .exited(1))
            #expect(grades["login of ingest"] == "failed" && grades["secrets of bare"] == "failed", "\(text)")
            #expect(grades["secrets of open"] == "warning" && grades["secrets of shop"] == nil, "\(text)")
            #expect(text.contains("pg_isready"))
        }
    }
}
