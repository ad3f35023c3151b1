package import Platform

/// psql(1), as an admin uses it.
package struct Psql {
    package let conninfo: String

    package init(conninfo: String) { self.conninfo = conninfo }

    /// Runs statements; the output is unaligned, columns with `|` between, without headings.
    package func run(_ sql: String) throws -> ChildOutput {
        try ChildProcess.run(
            ChildCommand(["psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-d", conninfo, "-c", sql]),
            limit: 64 << 20)
    }

    /// An error of psql.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// The lines of a query that must succeed.
    package func lines(_ sql: String) throws -> [String] {
        let output = try run(sql)
        guard output.succeeded else { throw Failure(description: "\(sql): \(output.errorText)") }
        return output.text.split(separator: "\n").map(String.init)
    }
}
