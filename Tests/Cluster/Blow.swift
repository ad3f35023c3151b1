import FaultSupport
import NetworkHosts
import Platform

/// A kind of fault of a cluster.
struct Blow: Sendable {
    /// Its name in the figures.
    let kind: String
    /// Whether it hits a database host: then a synchronous standby is waited for before.
    var hitsDatabase = true
    /// Does it.
    /// - Returns: what ends it, for after the recovery.
    let strike: @Sendable (Stand) throws -> @Sendable () throws -> Void

    /// The postmaster of the primary dies; Patroni, which lives, gives its place to the standby.
    static let killPostgres = Blow(kind: "kill -9 of the primary's Postgres") { hosts in
        let primary = try hosts.primary()
        guard let pid = primary.postmaster else { throw RunFailure("the primary has no process") }
        ChildProcess.Signal.kill.send(to: pid)
        return {}
    }

    /// The host of the primary dies, and comes back when the standby has taken over.
    static let killPrimaryHost = Blow(kind: "kill -9 of the primary's host") { hosts in
        let primary = try hosts.primary()
        try primary.host.kill()
        return { try primary.start() }
    }

    /// A responder host dies with its nginx and its batch runs; its spool is imported when it is back.
    static let killResponderHost = Blow(kind: "kill -9 of a responder host", hitsDatabase: false) { hosts in
        let responder = hosts.responders[Int(instant() / 1000) % hosts.responders.count]
        try responder.host.kill()
        return { try responder.start() }
    }

    /// etcd dies for longer than a primary may be without it; failsafe_mode lets the primary stay as long as it reaches its standby.
    static let killEtcd = Blow(kind: "kill -9 of etcd, for 12 s") { hosts in
        try hosts.etcd.host.kill()
        SystemClock.sleep(milliseconds: 12_000)
        return { try hosts.etcd.start() }
    }

    /// The two database hosts do not reach each other; both reach etcd.
    static let partNodes = Blow(kind: "partition between the database hosts, for 10 s") { hosts in
        let primary = try hosts.primary().host
        try primary.cut(from: hosts.databases.all.map(\.host).filter { $0.name != primary.name })
        SystemClock.sleep(milliseconds: 10_000)
        return { try primary.heal() }
    }

    /// The primary reaches nobody but the responder hosts, which still reach it: it must stop taking commits by itself.
    static let cutPrimaryOff = Blow(kind: "primary cut off from etcd and standby") { hosts in
        let primary = try hosts.primary().host
        try primary.cut(
            from: [hosts.etcd.host] + hosts.databases.all.map(\.host).filter { $0.name != primary.name })
        return { try primary.heal() }
    }
}
