import JSON
import Outbound

/// A provider's API for registering webhooks.
///
/// Source of the five contracts: the providers' own pages, named in their files, and the comment moderation guide.
protocol WebhookAPI {
    /// The sender of its requests.
    var caller: APICaller { get }
    /// The default events of `register`.
    var standardEvents: [String] { get }
    /// Whether webhooks are deleted by the events they are for, or by their ids.
    var deletesByEvent: Bool { get }
    /// Registers these events for a URL; existing registrations stay unchanged.
    func register(_ events: [String], at url: String) throws -> WebhookResults
    /// What is registered.
    /// - Parameter events: only those for these; none is all.
    func list(_ events: [String]) throws -> [WebhookEntry]
    /// Deletes registrations.
    /// - Parameter names: ids, or events.
    func delete(_ names: [String]) throws -> WebhookResults
}

/// A webhook that is registered, or was.
struct WebhookEntry {
    var id: String?
    var events: [String]
    var url: String?
    var status: String?

    var object: JSONObject {
        var object = JSONObject()
        object["id"] = id.map(JSONValue.string) ?? .null
        object["events"] = .array(events.map(JSONValue.string))
        object["url"] = url.map(JSONValue.string) ?? .null
        object["status"] = status.map(JSONValue.string) ?? .null
        return object
    }
}

/// An API error for a person, without any secret.
struct WebhookAPIFailure: Error, CustomStringConvertible {
    let description: String
    /// Whether the API could not be reached, as against refused.
    var isUnreachable = false

    /// An answer of status 2xx that is not about the webhook that was asked for.
    static let otherWebhook = WebhookAPIFailure("the answer does not describe the new webhook")

    init(_ description: String, isUnreachable: Bool = false) {
        self.description = description
        self.isUnreachable = isUnreachable
    }
}
