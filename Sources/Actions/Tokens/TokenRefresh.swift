import Crypto
import Jobs
public import Ledger
public import Outbound
import Platform
public import Postgres
public import Settings
public import Webhooks

/// Refreshes tokens before they expire, one at a time across all hosts.
public struct TokenRefresh {
    /// One refresh that was tried.
    public struct Report: Sendable {
        /// The source.
        public let source: String
        /// The account that gave the permission.
        public let account: String
        /// How it ended.
        public let end: End
    }

    /// How a refresh ended.
    public enum End: Sendable, Hashable {
        /// The new tokens are stored.
        case done
        /// Others stored newer ones meanwhile.
        case overtaken
        /// The server refused: a person must authorize again.
        case refused(String)
        /// The server did not answer; the refresh is tried again.
        case failed(String)
    }

    private let sources: [(source: SourceSettings, kind: TokenKind, issuer: TokenIssuer)]
    private let vault: TokenVault
    private let send: (HTTPRequest) -> Result<HTTPResponse, OutboundFailure>
    private let now: () -> Timestamp
    private let holder: String

    /// - Parameters:
    ///   - send: sends a request and waits for its end.
    ///   - holder: host and process, for people.
    public init(
        _ settings: Settings, vault: TokenVault, holder: String, now: @escaping () -> Timestamp,
        send: @escaping (HTTPRequest) -> Result<HTTPResponse, OutboundFailure>
    ) {
        sources = settings.sources.compactMap { source in
            guard let kind = TokenKind(of: source), let issuer = source.app.flatMap({ TokenIssuer(kind, app: $0) })
            else {
                return nil
            }
            return (source, kind, issuer)
        }
        self.vault = vault
        self.send = send
        self.now = now
        self.holder = holder
    }

    /// Refreshes one token that is due.
    /// - Parameter connect: opens a connection of the batch processor's role, when the given one is lost after the answer came:
    ///   the new refresh token exists nowhere else.
    /// - Returns: nil if nothing is due.
    public func one(
        on connection: Connection, connect: () throws(PostgresError) -> Connection
    ) throws(PostgresError) -> Report? {
        let lease = try TokenRefreshLease.take(
            sources: sources.map(\.source.name), holder: holder, vault: vault, on: connection)
        guard let lease, let issuer = sources.first(where: { $0.source.name == lease.source })?.issuer else {
            return nil
        }
        func report(_ end: End) -> Report { Report(source: lease.source, account: lease.account, end: end) }
        guard issuer.kind == lease.kind else {
            let reason = "the source has another provider now"
            try lease.refused(reason, on: connection)
            return report(.refused(reason))
        }
        let reply = send(issuer.refresh(lease.refreshToken, account: lease.account))
        let time = now()
        let grant = Result { () throws(TokenFault) in
            try issuer.grant(in: reply, shown: lease.refreshToken, now: time)
        }
        return report(
            try committing(on: connection, connect) { (connection) throws(PostgresError) in
                switch grant {
                case .success(let grant):
                    return try lease.commit(grant, vault: vault, now: time, on: connection) ? .done : .overtaken
                case .failure(.refused(let reason)):
                    try lease.refused(reason, on: connection)
                    return .refused(reason)
                case .failure(.unavailable(let reason)):
                    try lease.failed(reason, on: connection)
                    return .failed(reason)
                }
            })
    }

    /// The tries to store an answer, a second apart.
    private static let tries = 20

    /// Stores an answer, over a new connection where the old one is lost.
    private func committing(
        on connection: Connection, _ connect: () throws(PostgresError) -> Connection,
        _ body: (Connection) throws(PostgresError) -> End
    ) throws(PostgresError) -> End {
        var connection = connection
        var last: PostgresError?
        for attempt in 0..<Self.tries {
            if attempt > 0 { SystemClock.sleep(milliseconds: 1000) }
            do throws(PostgresError) {
                if !connection.isUsable { connection = try connect() }
                return try body(connection)
            } catch {
                last = error
                guard error.connectionLost || error.state?.isTransient == true || error.state?.isResource == true else {
                    throw error
                }
            }
        }
        throw last ?? PostgresError(message: "the new token was not stored")
    }
}
