public import JSON
public import Webhooks

/// A parcel of an order, as `order.extra.parcels` has it: `{number, carrier, url, delivered_at}`.
public struct Parcel: Sendable, Hashable {
    /// The carrier's tracking number.
    public let number: String
    /// The carrier in the sender's own word, such as `usps`.
    public var carrier: String?
    /// The page of its tracking, an http or https URL.
    public var url: String?
    /// When it was delivered; nil if it was not.
    public var deliveredAt: Timestamp?

    /// The longest list of one order.
    public static let most = 100

    /// A parcel.
    /// - Parameter json: with the members of that form, each text; a URL of another scheme is left out.
    /// - Returns: nil without a number.
    public init?(_ json: JSONValue) {
        guard let number = json["number"]?.identifierText, !number.isEmpty else { return nil }
        self.number = number
        carrier = json["carrier"]?.asText?.string.flatMap { $0.isEmpty ? nil : $0 }
        url = json["url"]?.asText?.string.flatMap { url in
            ["https://", "http://"].contains(where: url.lowercased().hasPrefix) ? url : nil
        }
        deliveredAt = json["delivered_at"]?.string.flatMap { Timestamp(rfc3339: $0) }
    }

    /// The same form.
    public var json: JSONValue {
        var json = JSONObject()
        json["number"] = .string(number)
        json["carrier"] = carrier.map(JSONValue.string)
        json["url"] = url.map(JSONValue.string)
        json["delivered_at"] = deliveredAt.map { .string($0.rfc3339) }
        return .object(json)
    }
}
