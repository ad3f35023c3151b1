import JSON
public import Verification
public import Webhooks

/// The contract of the ROMS guide: an order as a flat object, whose members may have several names.
///
/// It has neither id nor clock: an equal body within the source's window is the same event, and the last arrival wins.
/// The guide makes the signature optional, but a delivery with another provider's headers is never accepted unsigned.
public struct ROMSProvider: Provider {
    /// `roms`
    public var name: String { scheme.name }
    /// `X-Webhook-Signature` over the body.
    public var scheme: Scheme { .roms }

    /// The provider.
    public init() {}

    /// The event. Only the ledger knows whether the order is new, so every event is an update.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event {
        let delivery = verified.delivery
        if verified.verdict.strength == .unverified, let owner = Self.owner(delivery) {
            throw Refusal(
                .noUsableSecret,
                "the headers are those of \(owner), for which the source has no provider and secret")
        }
        let read = ReadBody(delivery.body)
        guard let object = read.json?.object, !read.isWrapped else {
            throw Refusal(.invalidPayload, "the body is not a JSON object")
        }
        guard let id = object["order_number"]?.identifierText else {
            throw Refusal(
                .invalidPayload,
                "order_number is required: a text of 1 to 255 bytes without control characters, or a number")
        }
        var event = Event(
            provider: name, providerType: "order", type: "order.updated",
            dedupeKey: .body(delivery.body, of: name, window: window))
        var unread = read.repaired
        event.carry(.order, id, .order(ROMSOrder.order(id, object, unread: &unread)))
        event.note(unread: unread)
        event.timing = .arrival
        return event
    }

    private static func owner(_ delivery: Delivery) -> String? {
        let others: [any Provider] = [ShopifyProvider(scheme: .shopify), WooCommerceProvider()]
        return others.first { $0.recognizes(delivery) }?.name
    }

    /// The guide's answer, with the row id of the order.
    public func answer(_ event: Event, _ receipt: Receipt, _ delivery: Delivery) -> Answer {
        .json(
            200,
            [
                "success": true, "message": "Order received and processed successfully",
                "order_id": receipt.orderRow.map { .number(JSONNumber($0)) } ?? .null,
                "order_number": event.orderID.map(JSONValue.string) ?? .null,
            ])
    }

    /// As the guide's troubleshooting section suggests, the answer says what is wrong with an order.
    public func answer(_ refusal: Refusal) -> Answer {
        let answer = Answer.refusing(refusal)
        switch refusal.kind {
        case .invalidPayload:
            return .json(400, ["success": false, "error": "Invalid payload", "detail": .string(refusal.reason)])
        case .missingSignature: return .json(401, ["success": false, "error": "Missing signature"])
        case .bodyTooLarge: return .json(413, ["success": false, "error": "Payload too large"])
        case .tooManyRefusals:
            return .json(429, ["success": false, "error": "Too many requests"], retryAfter: 60)
        default: return answer.status == 401 ? .json(401, ["success": false, "error": "Invalid signature"]) : answer
        }
    }
}
