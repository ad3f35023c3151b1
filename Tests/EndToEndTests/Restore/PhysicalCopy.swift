import LocalStack
import Platform
import Postgres
import Testing

/// Copies of a server's data folder: standbys, and base backups for a recovery to a point in time.
enum PhysicalCopy {
    /// A server in a folder of its own, which is not started.
    static func cluster(_ folder: String, _ options: PostgresCluster.Options) throws -> PostgresCluster {
        try Files.makeFolder(folder)
        try Files.setMode(folder, 0o711)
        return try PostgresCluster(folder: folder, options: options)
    }

    /// Runs a program of Postgres as the user of the server.
    @discardableResult
    static func run(_ cluster: PostgresCluster, _ arguments: [String]) throws -> String {
        let command = ChildCommand(arguments, folder: "/")
        let output = try ChildProcess.run(
            cluster.layout.user.map { command.asUser($0) } ?? command, timeout: .seconds(120))
        try #require(output.succeeded, "\(arguments): \(output.text) \(output.errorText)")
        return output.text
    }

    /// A folder of the server's user.
    static func folder(_ path: String, of cluster: PostgresCluster) throws {
        try Files.makeFolder(path, mode: 0o700)
        if let user = cluster.layout.user { try Files.setOwner(path, user: user) }
    }

    /// Replaces the data of `copy` by that of `primary`.
    /// - Parameter options: further ones of pg_basebackup(1).
    static func take(_ primary: PostgresCluster, to copy: PostgresCluster, _ options: [String] = []) throws {
        try Files.remove(copy.layout.data)
        try folder(copy.layout.data, of: copy)
        try run(
            copy,
            [
                copy.binaries + "/pg_basebackup", "--host", primary.layout.sockets, "--username", "postgres",
                "--checkpoint=fast", "--pgdata", copy.layout.data,
            ] + options)
    }

    /// Replaces the data of `standby` by that of `primary`, so that it follows that one when it is started.
    static func follow(_ primary: PostgresCluster, in standby: PostgresCluster) throws {
        try take(primary, to: standby, ["--write-recovery-conf"])
    }

    /// Prepares a copy for a recovery from an archive.
    /// - Parameters:
    ///   - restore: the restore_command.
    ///   - time: until when.
    static func recover(_ copy: PostgresCluster, by restore: String, until time: String) throws {
        let settings = """
            restore_command = '\(restore)'
            recovery_target_time = '\(time)'
            recovery_target_action = 'promote'

            """
        let file = copy.layout.data + "/postgresql.auto.conf"
        try Files.write(file, text: settings, mode: 0o600)
        try Files.write(copy.layout.data + "/recovery.signal", text: "", mode: 0o600)
        if let user = copy.layout.user {
            try Files.setOwner(file, user: user)
            try Files.setOwner(copy.layout.data + "/recovery.signal", user: user)
        }
    }
}
