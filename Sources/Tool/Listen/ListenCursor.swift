import JSON
import Platform

/// The position of a listener, kept in a file: the feed's cursor, and the items after it that are already delivered.
struct ListenCursor {
    let path: String
    private(set) var cursor: String?
    /// By ``FeedItem/key``.
    private(set) var delivered: Set<String> = []

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
    }

    /// All before that cursor was delivered.
    mutating func advance(to cursor: String) throws(FileError) {
        self.cursor = cursor
        delivered = []
        try write()
    }

    /// One of those behind the cursor was delivered.
    mutating func deliver(_ item: FeedItem) throws(FileError) {
        delivered.insert(item.key)
        try write()
    }

    /// A rename: the file is the old one or the new one. Not synced to disk: after a power cut the last few are sent
    /// again.
    private func write() throws(FileError) {
        let value: JSONValue = [
            "cursor": cursor.map(JSONValue.string) ?? .null,
            "delivered": .array(delivered.sorted().map(JSONValue.string)),
        ]
        try Files.write(path, text: value.text + "\n", mode: 0o600, durable: false)
    }
}
