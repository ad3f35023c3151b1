internal import HTTPReceiver
internal import JSON

/// Where a stand's jobs send to: an ERP that takes every event, and Slack, which takes the same message twice as two.
public final class Destinations: Sendable {
    /// The host by which the stand reaches them.
    public let host: String
    private let erp: Receiver
    private let slack: Receiver

    /// Starts both on 127.0.0.1.
    ///
    /// - Parameter host: the address that stands for 127.0.0.1 where the jobs run.
    public init(host: String = "127.0.0.1") throws {
        self.host = host
        erp = try Receiver { _, _ in .answer(200, after: 5) }
        slack = try Receiver { _, _ in .say(200, "ok") }
    }

    /// Their ports on 127.0.0.1.
    public var ports: [Int] { [erp.port, slack.port] }

    var erpURL: String { "http://\(host):\(erp.port)/hook" }
    var slackURL: String { "http://\(host):\(slack.port)/services/T0/B0/stand" }

    /// How often Slack got the message about each order.
    var messages: [String: Int] {
        slack.taken.reduce(into: [:]) { counts, body in
            let text = (try? JSONValue(parsing: Array(body.utf8)))?["text"]?.string ?? ""
            if let order = text.split(separator: " ").last { counts[String(order), default: 0] += 1 }
        }
    }
}
