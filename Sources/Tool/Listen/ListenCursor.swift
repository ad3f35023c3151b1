import Crypto
import JSON
import Platform
import Webhooks

/// The position of a listener, kept in a file: the feed's cursor, and the items after it that are already delivered. For a
/// database that is restored or fails over: when the cursor was of now, and the items that were delivered shortly before.
struct ListenCursor {
    let path: String
    private(set) var cursor: String?
    /// By ``FeedItem/key``.
    private(set) var delivered: Set<String> = []
    /// When everything stored until then had been delivered.
    private var asOf: Timestamp?
    /// The items of the last minutes, by key and time of receipt, each with the time of its delivery.
    private var recent: [String: Timestamp] = [:]

    /// How far before `asOf` events are compared by time: commits may be late by that much.
    private static let overlapSeconds: Int64 = 600

    /// The usual file of a pair of server and target: a second application has a position of its own.
    /// - Parameter server: nil for the database of the configuration.
    static func path(server: String?, target: String) -> String {
        let pair = Digest.sha256.hash(Array("\(server ?? "")\u{0}\(target)".utf8))
        return ".hookledger-listen-" + Hex.encode(Array(pair.prefix(4)))
    }

    /// Reads the file; a new one begins without a cursor.
    /// - Throws: ``FileError``; `UsageError` for a file that is of something else.
    init(path: String) throws {
        self.path = path
        guard Files.exists(path) else { return }
        let json = try? JSONValue(parsing: Files.read(path, limit: 1 << 20))
        guard let cursor = json?["cursor"]?.string, let delivered = json?["delivered"]?.array else {
            throw UsageError("\(path) is not the cursor of a listener; name another file with --cursor")
        }
        self.cursor = cursor
        self.delivered = Set(delivered.compactMap(\.identifier))
        asOf = json?["as_of"]?.string.flatMap { Timestamp(rfc3339: $0) }
        for (key, time) in (json?["recent"]?.object?.members ?? []).map({ ($0.key, $0.value.string) }) {
            recent[key] = time.flatMap { Timestamp(rfc3339: $0) }
        }
    }

    /// All before that cursor was delivered.
    mutating func advance(to cursor: String, at now: Timestamp) throws(FileError) {
        self.cursor = cursor
        (delivered, asOf) = ([], now)
        recent = recent.filter { now.seconds - $0.value.seconds < 2 * Self.overlapSeconds }
        try write()
    }

    /// One of those behind the cursor was delivered.
    mutating func deliver(_ item: FeedItem, at now: Timestamp) throws(FileError) {
        delivered.insert(item.key)
        recent[Self.name(item)] = now
        try write()
    }

    /// From when on events are compared by time where the cursor is stale; nil if nothing is known.
    var comparedSince: Timestamp? { asOf?.advanced(bySeconds: -Self.overlapSeconds) }

    /// Whether an item from before the restore was delivered.
    func knows(_ item: FeedItem) -> Bool { recent[Self.name(item)] != nil }

    /// Everything before that cursor was compared by time; what was delivered meanwhile stays known.
    mutating func resume(at cursor: String, at now: Timestamp) throws(FileError) {
        (self.cursor, asOf) = (cursor, now)
        try write()
    }

    private static func name(_ item: FeedItem) -> String { "\(item.key)@\(item.receivedAt)" }

    /// A rename: the file is the old one or the new one. Not synced to disk: after a power cut the last few are sent
    /// again.
    private func write() throws(FileError) {
        let value: JSONValue = [
            "cursor": cursor.map(JSONValue.string) ?? .null,
            "delivered": .array(delivered.sorted().map(JSONValue.string)),
            "as_of": asOf.map { .string($0.rfc3339) } ?? .null,
            "recent": .object(
                recent.sorted { $0.key < $1.key }.reduce(into: JSONObject()) { $0[$1.key] = .string($1.value.rfc3339) }),
        ]
        try Files.write(path, text: value.text + "\n", mode: 0o600, durable: false)
    }
}
