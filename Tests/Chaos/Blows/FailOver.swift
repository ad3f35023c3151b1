import FaultSupport
import Platform

extension Blow {
    /// The primary's host dies while commits wait for the standby, which takes over.
    static let failOverSynchronous = Blow("failover, synchronous", weight: 2) { stand, _ in
        try failOver(stand, isSynchronous: true)
    }

    /// The same while commits do not wait: what the standby had not yet is lost by nature.
    static let failOverAsynchronous = Blow("failover, asynchronous", weight: 1) { stand, _ in
        guard try stand.pair.ensureStandby() else { return false }
        return try failOver(stand, isSynchronous: false)
    }

    private static func failOver(_ stand: Stand, isSynchronous: Bool) throws -> Bool {
        let begin = instant()
        guard try stand.pair.failOver(isSynchronous: isSynchronous) else { return false }
        if !isSynchronous { stand.asynchronousFailovers.withLock { $0.append(begin...instant()) } }
        stand.pair.rebuildStandby()
        return true
    }
}
