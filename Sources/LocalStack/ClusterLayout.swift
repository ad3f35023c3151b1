internal import Glibc
internal import Platform

/// The places and owners of a cluster's files.
public struct ClusterLayout: Sendable, Hashable {
    /// The folder asked for.
    public let folder: String
    /// The cluster's data (PGDATA).
    public let data: String
    /// The folder of the socket.
    public let sockets: String
    /// The server's log.
    public let log: String
    /// The user that the server runs as; nil is the user of this process.
    public let user: String?

    /// Chooses the paths and makes the folders.
    ///
    /// The given folder is used if the server's user can enter it, unlike root's home. Otherwise
    /// `/var/lib/hookledger-local/` holds the data, and `pgdata` in the folder is a link to it.
    init(folder: String, openToAllUsers: Bool) throws(ClusterError) {
        self.folder = folder
        user = geteuid() == 0 ? PostgresCluster.superuser : nil
        let user = user
        (data, sockets, log) = try ClusterError.wrap {
            try Files.makeFolder(folder)
            var base = folder
            if let user, try !Self.canEnter(folder, user) {
                base = Self.elsewhere + Self.shortName(folder)
                try Files.makeFolder(base)
                try Files.link(folder + "/pgdata", to: base + "/pgdata")
            }
            var sockets = base + "/pg"
            // unix(7): 107 bytes; the file is called .s.PGSQL.5432 and its lock file .s.PGSQL.5432.lock.
            if sockets.utf8.count > 80 { sockets = "/tmp/hl-pg-\(Self.shortName(folder))" }
            try Files.makeFolder(sockets, mode: 0o700)
            guard let status = try Files.status(sockets), status.isFolder else {
                throw ClusterError("\(sockets) is in the way")
            }
            if let user {
                try Files.setOwner(sockets, user: user)
            } else if status.userID != geteuid() {
                throw ClusterError("\(sockets) belongs to another user")
            }
            try Files.setMode(sockets, openToAllUsers ? 0o755 : 0o700)
            return (base + "/pgdata", sockets, base + "/postgres.log")
        }
    }

    /// Everything that the cluster writes, including a separate folder and the link to it.
    var all: [String] {
        let elsewhere = Files.parent(data)
        return [data, sockets, log] + (elsewhere.hasPrefix(Self.elsewhere) ? [elsewhere, folder + "/pgdata"] : [])
    }

    /// Removes everything that the cluster wrote.
    func remove() throws(FileError) {
        for path in all { try Files.remove(path) }
    }

    private static let elsewhere = "/var/lib/hookledger-local/"

    private static func canEnter(_ folder: String, _ user: String) throws -> Bool {
        try ChildProcess.run(ChildCommand(["test", "-x", folder], errors: .null).asUser(user)).succeeded
    }

    /// A short, stable name of a folder (FNV-1a, 64 bits).
    private static func shortName(_ folder: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in folder.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 36)
    }
}
