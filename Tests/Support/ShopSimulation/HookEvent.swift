internal import Crypto
package import JSON
internal import Verification
package import Webhooks

/// An event of Stripe or GitHub, with its entry in the provider's list and with its webhook.
package enum HookEvent {
    /// A paid invoice of Stripe.
    case invoice(id: String, createdAt: Timestamp)
    /// An issue of GitHub.
    /// - Parameter guid: the id of the delivery.
    case issue(number: Int64, guid: String, changedAt: Timestamp)

    /// The body of its webhook.
    package var body: JSONValue {
        switch self {
        case .invoice(let id, let time):
            [
                "id": .string(id), "object": "event", "api_version": "2025-04-30.basil",
                "created": .number(JSONNumber(time.seconds)), "type": "invoice.paid", "livemode": false,
                "data": ["object": ["id": .string("in_" + id), "object": "invoice", "amount_paid": 1250]],
            ]
        case .issue(let number, _, let time):
            [
                "action": "opened",
                "issue": [
                    "number": .number(JSONNumber(number)), "title": "Broken", "updated_at": .string(time.rfc3339),
                ],
                "repository": ["full_name": "acme/shop", "id": 1], "sender": ["login": "jane"],
            ]
        }
    }

    /// GitHub's attempt to deliver it, as the list has it.
    /// - Parameters:
    ///   - id: unique for each attempt.
    ///   - status: the status of the answer; 0 for none.
    package func attempt(_ id: Int64, at time: Timestamp, status: Int64, isRedelivery: Bool = false) -> JSONValue {
        guard case .issue(_, let guid, _) = self else { return .null }
        return [
            "id": .number(JSONNumber(id)), "guid": .string(guid), "delivered_at": .string(time.rfc3339),
            "redelivery": .bool(isRedelivery), "status": status == 0 ? "failed to connect" : "x",
            "status_code": .number(JSONNumber(status)), "event": "issues", "action": "opened",
        ]
    }

    /// Its webhook.
    package func webhook(secret: String, now: Timestamp) throws -> Delivery {
        let (scheme, headers, path): (Scheme, [(name: String, value: String)], String) =
            switch self {
            case .invoice: (.stripe, [], "/webhook/stripe")
            case .issue(_, let guid, _):
                (.gitHub, [("x-github-event", "issues"), ("x-github-delivery", guid)], "/webhook/github")
            }
        let draft = Draft(
            url: "https://hooks.example.com\(path)", headers: HeaderFields(headers), body: body.serialized())
        let signature = try scheme.sign(
            draft, secret: SigningSecret(keyID: "s", secret: SecretBytes(utf8: secret)), credentials: [:], now: now)
        return Delivery(
            requestID: "hook-\(now.microseconds)", receivedAt: now, host: "hooks.example.com", path: path,
            headers: HeaderFields(headers + signature.map { ($0.name, $0.value) }), body: draft.body)
    }
}
