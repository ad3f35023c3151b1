import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings

/// `hookledger person export`
struct PersonExport: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print all stored data of a person.",
        discussion: """
            Orders with their addresses, customers, comments, messages and events; deliveries in aside/ of the spool on \
            this host too. Uncertain matches are never included.

            Exit codes: 0 done; 1 no valid value, or nothing is stored of this person; 64 wrong usage.
            """)

    @OptionGroup var whom: PersonArguments

    @Option(help: "Write to this file (readable only by its owner) instead of standard output.")
    var out: String?

    @Option(help: "Why, for the operator log.")
    var reason = "a copy for the person"

    var database: OperatorArguments { whom.database }
    var cellScope: CellScope {
        out?.contains(CellRun.placeholder) == false
            ? .refused(CellRun.oneFile("--out")) : .anyCell(of: whom.source)
    }

    func run() throws {
        try reportingErrors {
            guard let asked = try whom.begin(reason) else { return }
            let connection = asked.connection
            var export = DataExport(of: asked.person, for: asked.request, key: asked.key)
            while !export.isReady {
                export = try connection.transaction { [export] () throws(PostgresError) in
                    var next = export
                    try next.step(on: connection)
                    return next
                }
                if export.isTooLarge { throw NotFound("this person has too much data for one file") }
            }
            let aside = try asked.aside.json()
            let (document, counts) = try connection.transaction { [export] () throws(PostgresError) in
                let made = try export.document(on: connection)
                if export.foundSomething || !aside.isEmpty || made.counts.contains(where: { $0.count > 0 }) {
                    try export.log(made.counts, on: connection)
                }
                return made
            }
            StandardError.write(export.report.text)
            let isEmpty = aside.isEmpty && counts.allSatisfy { $0.count == 0 }
            if isEmpty && !export.foundSomething { throw NotFound("nothing is stored of this person") }
            var whole = document.object ?? JSONObject()
            whole["aside"] = .array(aside)
            try write(.object(whole))
        }
    }

    private func write(_ document: JSONValue) throws {
        let bytes = whom.json ? document.serialized() + [0x0A] : Array(PersonReport.text(of: document).utf8)
        if let out {
            try Files.write(out, bytes, mode: 0o600)
        } else {
            Console.write(bytes)
        }
    }
}
