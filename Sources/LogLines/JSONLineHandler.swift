import JSON
public import Logging
public import Webhooks

/// Writes each message as one line of JSON: `time` (RFC 3339), `level`, `message`, then the metadata by name.
///
/// Control characters are escaped, so that no message can make a second line.
public struct JSONLineHandler: LogHandler {
    private let now: @Sendable () -> Timestamp
    private let write: @Sendable (String) -> Void

    /// See `Logger.logLevel`.
    public var logLevel: Logger.Level
    /// Metadata of every message of the logger.
    public var metadata: Logger.Metadata = [:]
    /// A provider of metadata, called for every message.
    public var metadataProvider: Logger.MetadataProvider?

    /// A handler for messages from `level` on.
    /// - Parameters:
    ///   - now: the clock.
    ///   - write: takes one line, without its end; called on the thread that logs.
    public init(
        level: Logger.Level, now: @escaping @Sendable () -> Timestamp, write: @escaping @Sendable (String) -> Void
    ) {
        logLevel = level
        self.now = now
        self.write = write
    }

    /// One entry of the logger's own metadata.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes the line. A message's own metadata overrides the provider's, and that the logger's.
    public func log(event: LogEvent) {
        var members = LineBatch.head(event.message.description, event.level, at: now())
        if let error = event.error { members.append(JSONObject.Member(key: "error", value: .string("\(error)"))) }
        var all = metadata
        all.merge(metadataProvider?.get() ?? [:]) { $1 }
        all.merge(event.metadata ?? [:]) { $1 }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            // Metadata cannot hide the line's own members.
            let isTaken = members.contains { $0.key == key }
            members.append(JSONObject.Member(key: isTaken ? "\(key)_" : key, value: value.json))
        }
        write(JSONValue.object(JSONObject(distinct: members)).text)
    }
}
