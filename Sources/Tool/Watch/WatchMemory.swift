import JSON
import Settings
import Webhooks

/// Something that `hookledger watch` found wrong.
struct WatchProblem: Sendable, Hashable {
    /// What is wrong, as a word: the same problem keeps it from look to look.
    let topic: String
    /// The same for people.
    let text: String
}

/// What earlier looks of `hookledger watch` have seen and sent. A value; time comes in as a parameter.
struct WatchMemory: Sendable, Hashable {
    /// Since when each present problem is seen, and when it was last sent, in microseconds since 1970.
    struct Seen: Sendable, Hashable {
        var since: Int64
        var sentAt: Int64?
    }

    private(set) var seen: [String: Seen] = [:]

    init() {}

    /// Takes the problems of a look in.
    /// - Parameters:
    ///   - unseen: the topics that the look could not see: they stay as they are.
    ///   - after: how long one must last until it is sent.
    ///   - again: after which time it is sent again.
    /// - Returns: the lines to tell; empty for none.
    mutating func look(
        _ problems: [WatchProblem], unseen: Set<String> = [], at now: Timestamp, after: Duration, again: Duration
    ) -> [String] {
        let now = now.microseconds
        var lines: [String] = []
        let topics = unseen.union(problems.map(\.topic))
        for (topic, one) in seen.sorted(by: { $0.key < $1.key }) where !topics.contains(topic) {
            // What is of one cell is seen no more than what is of all.
            if unseen.contains(where: { topic.hasPrefix($0 + " of ") }) { continue }
            if one.sentAt != nil { lines.append("Over: \(topic).") }
            seen[topic] = nil
        }
        for problem in problems {
            // A clock that was set back makes nothing wait.
            var one = seen[problem.topic] ?? Seen(since: now)
            if one.since > now { one.since = now }
            let isNew = one.sentAt.map { $0 > now || now - $0 >= again.wholeMilliseconds * 1000 } ?? true
            if isNew, now - one.since >= after.wholeMilliseconds * 1000 {
                lines.append(problem.text)
                one.sentAt = now
            }
            seen[problem.topic] = one
        }
        return lines
    }

    /// The text of a file.
    var json: JSONValue {
        var object = JSONObject()
        for (topic, one) in seen.sorted(by: { $0.key < $1.key }) {
            object[topic] = [
                "since": .number(JSONNumber(one.since)), "sent_at": one.sentAt.map { .number(JSONNumber($0)) } ?? .null,
            ]
        }
        return .object(object)
    }

    /// - Parameter json: what ``json`` gave; anything else is no memory.
    init(_ json: JSONValue) {
        for member in json.object?.members ?? [] {
            guard let since = member.value["since"].flatMap({ Int64($0.text) }) else { continue }
            seen[member.key] = Seen(since: since, sentAt: member.value["sent_at"].flatMap { Int64($0.text) })
        }
    }
}
