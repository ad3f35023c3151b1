import Platform

/// psql(1), as an admin uses it.
struct Psql {
    let conninfo: String

    /// Runs statements; the output is unaligned, columns with `|` between, without headings.
    func run(_ sql: String) throws -> ChildOutput {
        try ChildProcess.run(
            ChildCommand(["psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-d", conninfo, "-c", sql]),
            limit: 64 << 20)
    }

    /// What psql said.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The lines of a query that must succeed.
    func lines(_ sql: String) throws -> [String] {
        let output = try run(sql)
        guard output.succeeded else { throw Failure(description: "\(sql): \(output.errorText)") }
        return output.text.split(separator: "\n").map(String.init)
    }
}
