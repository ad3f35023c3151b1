package import LocalStack
import Patience
import Platform
import Testing

/// The stored rows of a stack, read as the superuser, and its logs.
package struct StackBooks {
    private let psql: Psql
    private let folder: StackFolder

    package init(_ stack: LocalStack) {
        psql = Psql(conninfo: stack.state.database + " options='-c search_path=hookledger'")
        folder = stack.folder
    }

    /// The rows of a query, each as its columns' texts with `|` between.
    package func lines(_ sql: String) throws -> [String] { try psql.lines(sql) }

    /// The one number that a query gives.
    package func count(_ sql: String) throws -> Int {
        let found = try lines("select (\(sql))")
        return try #require(found.first.flatMap { Int($0) }, "\(sql) gave \(found)")
    }

    /// Polls until a query gives the lines. Asynchronous: the test library has only as many threads as the machine has
    /// cores, and other tests need them meanwhile.
    package func eventually(_ sql: String, are expected: [String], withinSeconds limit: Double = patience) async throws
        -> Bool
    {
        let end = ContinuousClock.now + .seconds(limit)
        while ContinuousClock.now < end {
            if try lines(sql) == expected { return true }
            try await Task.sleep(for: .milliseconds(100))
        }
        return try lines(sql) == expected
    }

    /// Every log of the stack, Postgres's included, by its file's path.
    package func logs() throws -> [(path: String, text: String)] {
        let files = try Files.list(folder.logs).map { folder.logs + "/" + $0 }
        let postgres = try PostgresCluster(folder: folder.path).layout.log
        return try (files + [postgres]).map { ($0, try Files.readText($0, limit: 1 << 30)) }
    }

    /// The lines that report an error, in any log: of the programs (JSON), of nginx, of Postgres and of the supervisor.
    package func errorLines() throws -> [String] {
        let marks = [
            #""level":"error""#, #""level":"critical""#, "[error]", "[crit]", "[alert]", "[emerg]", "ERROR:", "FATAL:",
            "PANIC:", "Fatal error", " ended (",
        ]
        // Checks during the start of Postgres get the one; the other is a program that ends before its last answer is there.
        let harmless = ["FATAL:  the database system is starting up", "FATAL:  connection to client lost"]
        return try logs().flatMap { path, text in
            text.split(separator: "\n")
                .filter { line in marks.contains { line.contains($0) } && !harmless.contains(where: line.hasSuffix) }
                .map { "\(path): \($0)" }
        }
    }
}
