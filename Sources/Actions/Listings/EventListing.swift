import JSON
import Outbound
import Providers

/// A provider's own API that lists the events that its webhooks tell, whole and with their own ids.
protocol EventListing: PageListing {
    /// The contract of its webhooks, by which an event is read.
    var provider: any Provider { get }
}

/// A provider's own API that lists its attempts at deliveries, and delivers again when asked.
protocol RedeliveryListing: PageListing {
    /// The request to deliver again.
    /// - Parameter redelivery: ``ListedDelivery/redelivery``
    func redeliver(_ redelivery: String, timeout: Duration) -> HTTPRequest
}

/// An attempt at a delivery, as its provider lists it.
struct ListedDelivery: Sendable {
    /// The type of its event.
    let type: String
    /// The status that the provider got; nil for no answer.
    let status: Int?
    /// The provider's words about it.
    let words: String
    /// What it takes to deliver it again.
    let redelivery: String

    /// The same as the body of an entry of a page.
    var body: JSONValue {
        [
            "type": .string(type), "status": status.map { .number(JSONNumber(Int64($0))) } ?? .null,
            "words": .string(words), "redelivery": .string(redelivery),
        ]
    }

    init(type: String, status: Int?, words: String, redelivery: String) {
        self.type = type
        self.status = status
        self.words = words
        self.redelivery = redelivery
    }

    init(_ body: JSONValue?) {
        self.init(
            type: body?["type"]?.string ?? "", status: body?["status"]?.integer.map { Int($0) },
            words: body?["words"]?.string ?? "", redelivery: body?["redelivery"]?.string ?? "")
    }

    /// Whether the receiver itself refused it: delivered again, it would be refused again.
    var isRefused: Bool { status.map { (400..<500).contains($0) && ![408, 425, 429].contains($0) } ?? false }
    /// Its end, for people.
    var end: String { status.map { "answered \($0)" } ?? (words.isEmpty ? "not answered" : words) }
}
