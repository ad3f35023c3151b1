internal import Platform

/// A cluster that could not be created or started; the text has advice.
public struct ClusterError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The error, with the last lines of the log if they help.
    public let description: String

    init(_ description: String) { self.description = description }

    /// Runs file and process calls and passes their errors on as this one.
    static func wrap<T>(_ body: () throws -> T) throws(ClusterError) -> T {
        do { return try body() } catch let error as ClusterError { throw error } catch {
            throw ClusterError("\(error)")
        }
    }
}

/// Where the distribution keeps the server's programs.
enum PostgresBinaries {
    /// The newest `/usr/lib/postgresql/<version>/bin` (Debian's postgresql-common layout) that holds a server.
    static func newest(atLeast oldest: Int) throws(ClusterError) -> String {
        let root = "/usr/lib/postgresql"
        let versions = ((try? Files.list(root)) ?? []).compactMap { Int($0) }.filter { version in
            version >= oldest && Files.exists("\(root)/\(version)/bin/postgres")
        }
        guard let newest = versions.max() else {
            throw ClusterError("no Postgres \(oldest) or later under \(root): apt install postgresql")
        }
        return "\(root)/\(newest)/bin"
    }
}
