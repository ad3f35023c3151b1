public import Postgres

/// Encrypts stored tokens with another key, each authorization with its shops in a transaction of its own. So an interrupted
/// run continues with those that are left.
public enum TokenRekey {
    /// The result.
    public struct Report: Sendable, Equatable {
        /// The authorizations that were encrypted again.
        public var changed = 0
        /// Those that have the new key already.
        public var current = 0
        /// Those that the old key does not open: `source/account`.
        public var unreadable: [String] = []
        /// Those that are being refreshed at this moment, by a process with the old key.
        public var busy: [String] = []
    }

    /// - Parameters:
    ///   - old: opens what is stored.
    ///   - new: seals it.
    ///   - isDryRun: count, and change nothing.
    public static func run(
        from old: TokenVault, to new: TokenVault, isDryRun: Bool, on connection: Connection
    ) throws(PostgresError) -> Report {
        var report = Report()
        for row in try connection.query(TokenSQL.keyed) {
            let (source, account) = (try row.text("source"), try row.text("account"))
            try connection.transaction { () throws(PostgresError) in
                try one(source, account, from: old, to: new, isDryRun, &report, connection)
            }
        }
        return report
    }

    private static func one(
        _ source: String, _ account: String, from old: TokenVault, to new: TokenVault, _ isDryRun: Bool,
        _ report: inout Report, _ connection: Connection
    ) throws(PostgresError) {
        guard let row = try connection.query(TokenSQL.lockKeyed, [.text(source), .text(account)]).first else { return }
        if try row.text("key_id") == new.keyID {
            report.current += 1
            return
        }
        if try row.bool("is_busy") {
            report.busy.append("\(source)/\(account)")
            return
        }
        func resealed(_ box: [UInt8]?, _ place: String, _ column: TokenVault.Column) -> (box: [UInt8]?, isOpen: Bool) {
            guard let box else { return (nil, true) }
            guard let secret = old.open(box, source: source, place: place, column) else { return (nil, false) }
            return (new.seal(secret, source: source, place: place, column), true)
        }
        let access = resealed(try row.optionalBytes("access_token"), account, .accessToken)
        let refresh = resealed(try row.optionalBytes("refresh_token"), account, .refreshToken)
        var shops: [(name: String, box: [UInt8]?, isOpen: Bool)] = []
        for shop in try connection.query(TokenSQL.ciphers, [.text(source), .text(account)]) {
            let name = try shop.text("shop")
            let cipher = resealed(try shop.optionalBytes("cipher"), name, .cipher)
            shops.append((name, cipher.box, cipher.isOpen))
        }
        guard access.isOpen, refresh.isOpen, shops.allSatisfy(\.isOpen) else {
            report.unreadable.append("\(source)/\(account)")
            return
        }
        report.changed += 1
        if isDryRun { return }
        _ = try connection.query(
            TokenSQL.rekey,
            [.text(source), .text(account), .text(new.keyID), .bytes(access.box), .bytes(refresh.box)])
        _ = try connection.query(
            TokenSQL.rekeyShops, [.text(source), .texts(shops.map(\.name)), .bytesArray(shops.map(\.box))])
    }
}
