import FaultSupport
import NetworkHosts
import Platform

/// A fault of the cell that is on two hosts under Patroni.
struct HostBlow: Sendable {
    /// Its name in the figures.
    let kind: String
    /// Whether packets are dropped, so that no connection ends by itself.
    let isSilent: Bool
    /// Whether the standby takes over; otherwise the cell is back when the fault ends.
    let hasFailover: Bool
    /// Does it.
    /// - Returns: what ends it.
    let strike: @Sendable (_ primary: DatabaseHost, _ hosts: DatabaseHosts) throws -> @Sendable () throws -> Void

    static let all = [
        HostBlow(kind: "kill -9 of the primary's Postgres", isSilent: false, hasFailover: true) { primary, _ in
            guard let pid = primary.postmaster else { throw RunFailure("the primary has no process") }
            ChildProcess.Signal.kill.send(to: pid)
            return {}
        },
        HostBlow(kind: "kill -9 of the primary's host", isSilent: false, hasFailover: true) { primary, _ in
            try primary.host.kill()
            return { try primary.start() }
        },
        HostBlow(kind: "the primary's host vanishes", isSilent: true, hasFailover: true) { primary, _ in
            try primary.host.vanish()
            return { try primary.host.heal() }
        },
        HostBlow(kind: "no packets between the router and both hosts", isSilent: true, hasFailover: false) { _, hosts in
            for database in hosts.all { try database.host.cutFromRun() }
            return { for database in hosts.all { try database.host.heal() } }
        },
    ]
}
