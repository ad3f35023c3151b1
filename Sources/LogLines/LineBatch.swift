import JSON
import Logging
import Platform
public import Webhooks

/// Many lines of one message, each like those of `JSONLineHandler`, with few writes: for the message of every webhook,
/// whose line would otherwise cost as much as storing it.
public struct LineBatch {
    private let head: [JSONObject.Member]
    private var text: [UInt8] = []

    /// A pipe takes up to 4,096 bytes without mixing them with those of others (pipe(7)).
    private static let most = 4096

    /// No lines yet.
    /// - Parameter now: the time of each line.
    public init(_ event: LoggedEvent, at now: Timestamp) {
        head = Self.head(event.rawValue, event.facts.level, at: now)
    }

    /// Adds a line, and writes those before it if there is no room.
    /// - Parameter members: each name once, in the order of the names.
    public mutating func add(_ members: [(name: String, value: String)]) {
        var line = head
        for (name, value) in members { line.append(JSONObject.Member(key: name, value: .string(value))) }
        let bytes = JSONValue.object(JSONObject(distinct: line)).serialized()
        if text.count + bytes.count + 2 > Self.most { write() }
        if !text.isEmpty { text.append(UInt8(ascii: "\n")) }
        text += bytes
    }

    /// Writes what is left. To be called at the end.
    public mutating func write() {
        if !text.isEmpty { StandardError.write(String(decoding: text, as: UTF8.self)) }
        text.removeAll(keepingCapacity: true)
    }

    /// The members that every line begins with.
    static func head(_ message: String, _ level: Logger.Level, at now: Timestamp) -> [JSONObject.Member] {
        var head: [JSONObject.Member] = []
        head.reserveCapacity(12)
        head.append(JSONObject.Member(key: "time", value: .string(now.rfc3339)))
        head.append(JSONObject.Member(key: "level", value: .string(level.rawValue)))
        head.append(JSONObject.Member(key: "message", value: .string(message)))
        return head
    }
}
