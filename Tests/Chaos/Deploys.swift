import FaultSupport
import Platform

/// The programs in two folders, of which one is current, and the schema with migrations that the run adds.
final class Deploys: Sendable {
    private let folder: String
    private let tool: String
    private let current = Locked(0)

    /// What the stack starts: scripts that load the shim and become the current program.
    var responder: String { folder + "/hookledger-responder" }
    var batch: String { folder + "/hookledger-batch" }

    init(_ folder: String, built: String, share: String, shims: Shims) throws {
        self.folder = folder
        tool = built + "/hookledger"
        try Files.makeFolder(folder)
        for number in 0...1 {
            try Files.makeFolder("\(folder)/\(number)")
            for name in ["hookledger-responder", "hookledger-batch"] {
                try Self.shell(#"cp --reflink=auto "$1" "$2""#, "\(built)/\(name)", "\(folder)/\(number)/\(name)")
            }
            try Self.shell(#"ln -s "$1" "$2""#, share + "/nginx", "\(folder)/\(number)/nginx")
        }
        try Self.shell(#"cp -r "$1" "$2""#, share + "/sql", folder + "/sql")
        try Self.shell(#"ln -s 0 "$1""#, folder + "/current")
        for (name, shim) in [("hookledger-responder", shims.responder), ("hookledger-batch", shims.batch)] {
            let script = """
                #!/bin/sh
                export LD_PRELOAD='\(shims.library)' CHAOS_FILE='\(shim.path)'
                exec '\(folder)/current/\(name)' "$@"

                """
            try Files.write("\(folder)/\(name)", text: script, mode: 0o755)
        }
    }

    private static func shell(_ script: String, _ arguments: String...) throws {
        let output = try ChildProcess.run(ChildCommand(["sh", "-c", script, "sh"] + arguments))
        guard output.succeeded else { throw RunFailure("\(script): \(output.errorText)") }
    }

    /// Makes the other copy of the programs the current one.
    func change() throws {
        let next = current.withLock { number in
            number = 1 - number
            return number
        }
        try Self.shell(#"ln -sfn "$1" "$2""#, "\(next)", folder + "/current")
    }

    /// Brings the database to the schema of the run.
    func migrate(_ conninfo: String) throws {
        let migrate = ChildCommand(
            [tool, "migrate", "--database", conninfo, "--sql", folder + "/sql", "--hosts", "1"])
        let output = try ChildProcess.run(migrate, timeout: .seconds(60))
        guard output.succeeded else { throw RunFailure("migrate: \(output.errorText)") }
    }

    /// Adds a migration: it puts a column onto the orders.
    /// - Parameter applied: the number of the last one in the database.
    func addMigration(after applied: Int) throws {
        let number = String(1_000_001 + applied).dropFirst()
        let path = "\(folder)/sql/migrations/\(number)_chaos.sql"
        let last = try Files.list(folder + "/sql/migrations").sorted().last ?? ""
        if last.prefix(6) >= number { return }
        try Files.write(path, text: "alter table orders add column chaos_\(number) int;\n")
    }
}
