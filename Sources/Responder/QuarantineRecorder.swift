import JSON
import Ledger
import Platform
import Postgres
import Providers
import Settings
import Verification
import Webhooks

/// Keeps refused deliveries that look like the source's own in memory, and writes them once a second, away from the way of the
/// webhooks. Those that Postgres does not take are lost: their senders know that they were refused.
final class QuarantineRecorder: Sendable {
    private struct State: Sendable {
        var room = QuarantineRoom()
        var rows: [QuarantinedDelivery] = []
        var isClosed = false
    }

    private let state = Monitor(State())
    private let conninfo: String
    private let key: CredentialKey?
    private let notRecorded: @Sendable (_ count: Int, _ error: PostgresError) -> Void
    private let thread = Monitor<Thread?>(nil)

    /// The refusals that are no longer right with a corrected secret or a corrected clock.
    private static let kinds: Set<Refusal.Kind> = [.noSecretMatched, .outsideTolerance, .noUsableSecret]

    /// - Parameters:
    ///   - conninfo: of a role that may execute `keep_refused`.
    ///   - key: hashes presented credentials; without it deliveries with credentials are not kept.
    ///   - notRecorded: called with how many were lost, and why.
    init(
        conninfo: String, key: CredentialKey?, notRecorded: @escaping @Sendable (Int, PostgresError) -> Void
    ) {
        self.conninfo = conninfo
        self.key = key
        self.notRecorded = notRecorded
    }

    /// A delivery was verified: half of the room is reserved for peers that have sent one.
    func sawVerified(_ verified: VerifiedDelivery, of source: SourceSettings) {
        guard verified.verdict.strength != .unverified else { return }
        let peer = QuarantineRoom.Peer(
            source: source.name, peer: PeerNetwork.of(verified.delivery.remoteAddress))
        state.withLock { $0.room.saw(peer) }
    }

    /// Keeps a refused delivery if it looks like the source's own and there is room. Its body is read only then.
    /// - Parameters:
    ///   - delivery: as received.
    ///   - masked: the same without credentials.
    ///   - status: of the answer.
    func offer(
        _ delivery: Delivery, masked: Delivery, of source: SourceSettings, by contract: SourceSettings.Contract,
        _ refusal: Refusal, status: Int
    ) {
        let scheme = contract.provider.scheme
        let credentials = contract.keyring.credentials
        guard Self.kinds.contains(refusal.kind), contract.provider.recognizes(delivery), !delivery.body.isEmpty,
            scheme.looksSigned(delivery, credentials: credentials)
        else { return }
        let peer = QuarantineRoom.Peer(source: source.name, peer: PeerNetwork.of(delivery.remoteAddress))
        let now = SystemClock.monotonicNanoseconds()
        guard state.withLock({ $0.room.take(peer, bytes: delivery.body.count + 2048, at: now) }),
            Self.isReadable(masked.body)
        else { return }
        var hash: CredentialHash?
        if let presented = scheme.presentedCredential(delivery, credentials: credentials) {
            guard let key else { return }
            hash = CredentialHash(of: presented, by: key)
        }
        let row = QuarantinedDelivery(
            masked, source: source.name, provider: contract.provider.name, credential: hash, refusal: refusal,
            status: status, retried: scheme.headersOfAttempt)
        state.withLock { $0.rows.append(row) }
    }

    /// JSON, or a form; anything else is no body of a webhook.
    private static func isReadable(_ body: [UInt8]) -> Bool {
        switch body.first(where: { $0 > 0x20 }) {
        case UInt8(ascii: "{"), UInt8(ascii: "["): (try? JSONValue.repaired(parsing: body)) != nil
        default: body.contains(UInt8(ascii: "=")) && FormFields(body, limit: 1000) != nil
        }
    }

    /// Starts the thread that writes.
    /// - Throws: `SystemCallError` when no thread can be started.
    func start() throws(SystemCallError) {
        let writing = try Thread(name: "quarantine") { self.writeUntilClosed() }
        thread.withLock { $0 = writing }
    }

    /// Writes what is left, then ends the thread.
    func finish() {
        state.change { $0.isClosed = true }
        thread.withLock { $0 }?.join()
    }

    private func writeUntilClosed() {
        var connection: Connection?
        var knowsPeers = false
        while true {
            let isClosed = state.wait(timeout: .seconds(1)) { $0.isClosed ? true : nil } ?? false
            let (rows, peers) = state.withLock { state in
                defer { state.rows = [] }
                return (state.rows, state.room.begin())
            }
            if !rows.isEmpty || !peers.isEmpty { write(rows, peers, &connection, &knowsPeers) }
            if isClosed { return }
        }
    }

    private func write(
        _ rows: [QuarantinedDelivery], _ peers: [QuarantineRoom.Peer], _ connection: inout Connection?,
        _ knowsPeers: inout Bool
    ) {
        do throws(PostgresError) {
            let used = try usable(&connection)
            if !knowsPeers {
                let noted = try Quarantine.knownPeers(over: used)
                state.withLock { $0.room.knows(noted.map(QuarantineRoom.Peer.init)) }
                knowsPeers = true
            }
            try Quarantine.note(peers.map { ($0.source, $0.peer) }, over: used)
            let full = try QuarantinedDelivery.write(rows, over: used)
            state.withLock { $0.room.isFull(full, at: SystemClock.monotonicNanoseconds()) }
        } catch {
            state.withLock { $0.room.forget(peers) }
            connection = nil
            if !rows.isEmpty { notRecorded(rows.count, error) }
        }
    }

    private func usable(_ connection: inout Connection?) throws(PostgresError) -> Connection {
        if let connection, connection.isUsable { return connection }
        let made = try Connection(
            conninfo: conninfo, applicationName: "hookledger-quarantine",
            settings: [("statement_timeout", "2000ms"), ("search_path", "hookledger")], connectTimeout: .seconds(2),
            queryDeadline: .seconds(3))
        connection = made
        return made
    }
}
