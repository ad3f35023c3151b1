import FaultSupport
import Patience
import Platform
import Postgres

/// Two Postgres servers, of which one is the primary.
final class Pair: Sendable {
    private let nodes: [Node]
    private let primaryIndex = Locked(0)
    private let tender = Locked<Thread?>(nil)
    private let builder = Locked<Thread?>(nil)
    private let isEnding = Locked(false)

    init(in folder: String, _ disks: Disks, _ shims: Shims) throws {
        nodes = try ["a", "b"].map { try Node($0, in: folder, disks, shims) }
        try nodes[0].initialize()
        nodes[0].start()
        let thread = try Thread(name: "postgres") { [self] in
            while !isEnding.withLock({ $0 }) {
                for node in nodes { node.tend() }
                SystemClock.sleep(milliseconds: 20)
            }
        }
        tender.withLock { $0 = thread }
        guard eventually(withinSeconds: 30, { (try? connect(database: "postgres")) != nil }) else {
            throw RunFailure("Postgres does not start: \(nodes[0].log)")
        }
    }

    var primary: Node { nodes[primaryIndex.withLock { $0 }] }
    var standby: Node { nodes[1 - primaryIndex.withLock { $0 }] }

    /// For libpq, over both.
    func conninfo(user: String, database: String = "hookledger") -> String {
        "host=\(nodes.map(\.sockets).joined(separator: ",")) user=\(user) dbname=\(database) connect_timeout=2"
            + " target_session_attrs=read-write"
    }

    /// A session of the superuser at the primary.
    func connect(database: String = "hookledger") throws -> Connection { try connect(to: primary, database) }

    private func connect(to node: Node, _ database: String = "hookledger") throws -> Connection {
        try Connection(
            conninfo: "host=\(node.sockets) user=postgres dbname=\(database)", applicationName: "chaos",
            queryDeadline: .seconds(20))
    }

    /// Copies the primary again in the background, as its standby.
    func rebuildStandby() {
        guard let thread = try? Thread(name: "standby", { [self] in try? buildStandby() }) else { return }
        builder.withLock { $0 = thread }
    }

    private func buildStandby() throws {
        try standby.copy(primary)
        standby.start()
    }

    /// - Returns: whether a standby follows the primary; it is copied again if need be.
    func ensureStandby() throws -> Bool {
        builder.withLock { $0 }?.join()
        if eventually(withinSeconds: 3, { isFollowed("state = 'streaming'") }) { return true }
        try buildStandby()
        return eventually(withinSeconds: 20) { isFollowed("state = 'streaming'") }
    }

    private func isFollowed(_ condition: String) -> Bool {
        (try? connect().query("select from pg_stat_replication where \(condition)"))?.isEmpty == false
    }

    /// The primary's host dies, and the standby takes over.
    ///
    /// - Parameter isSynchronous: whether commits wait for the standby before.
    /// - Returns: false when there is no standby that could take over.
    func failOver(isSynchronous: Bool) throws -> Bool {
        guard try ensureStandby() else { return false }
        if isSynchronous {
            let session = try connect()
            try session.execute("alter system set synchronous_standby_names = '*'")
            try session.execute("select pg_reload_conf()")
            guard eventually(withinSeconds: 10, { isFollowed("sync_state = 'sync'") }) else {
                try session.execute("alter system reset synchronous_standby_names")
                try session.execute("select pg_reload_conf()")
                return false
            }
            SystemClock.sleep(milliseconds: 300)
        }
        let next = standby
        primary.end()
        guard eventually(withinSeconds: 20, { (try? connect(to: next).execute("select pg_promote(true, 10)")) != nil })
        else { throw RunFailure("the standby cannot be promoted: \(next.log)") }
        primaryIndex.withLock { $0 = 1 - $0 }
        return true
    }

    func end() {
        isEnding.withLock { $0 = true }
        tender.withLock { $0 }?.join()
        builder.withLock { $0 }?.join()
        for node in nodes { node.end() }
    }
}
