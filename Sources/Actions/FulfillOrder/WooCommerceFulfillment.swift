import JSON
import Jobs
import Outbound
import Providers
import Webhooks

/// A note with the tracking numbers, then the status of a shipped order.
/// Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#order-notes, #update-an-order
extension WooCommerceOrderAPI: FulfillmentAPI {
    /// The status of a shipped order, where the action names no other.
    static let shippedStatus = "completed"
    /// The statuses of orders that are not shipped.
    private static let off: Set<String> = ["cancelled", "refunded", "failed", "trash"]

    func fulfill(_ fulfillment: Fulfillment, now: Timestamp, timeout: Duration) -> Step {
        .send(.request(request(for: fulfillment.orderID, now: now, timeout: timeout))) { reply, _ in
            AnswerJudgement.step(reply) { answer throws(Judged) in
                guard let status = answer["status"]?.string else {
                    throw Judged(.retry(counted: true, reason: "answered without the order"))
                }
                if Self.off.contains(status) { throw Judged(.skipped("the order is \(status) at WooCommerce")) }
                return readNotes(fulfillment, status, timeout)
            }
        }
    }

    private func readNotes(_ fulfillment: Fulfillment, _ status: String, _ timeout: Duration) -> Step {
        .send(.request(get(url(fulfillment, "/notes"), [authorization], timeout))) { reply, _ in
            AnswerJudgement.step(reply) { answer throws(Judged) in
                guard let notes = answer.array else {
                    throw Judged(.retry(counted: true, reason: "answered without the order's notes"))
                }
                let words = Set(notes.compactMap { $0["note"]?.string }.flatMap(Self.words))
                let missing = fulfillment.parcels.filter { !words.isSuperset(of: Self.words($0.number)) }
                if missing.isEmpty { return setStatus(fulfillment, status, nil, timeout) }
                let lines = missing.map { parcel in
                    ["Shipped", fulfillment.carrier(of: parcel).map { "with \($0)" }, parcel.number, parcel.url]
                        .compactMap(\.self).joined(separator: " ")
                }
                let note: JSONValue = [
                    "note": .string(lines.joined(separator: "\n")),
                    "customer_note": .bool(fulfillment.options.notifiesBuyer),
                ]
                return .send(.request(change("POST", url(fulfillment, "/notes"), note, timeout))) { reply, _ in
                    AnswerJudgement.step(reply) { answer throws(Judged) in
                        guard let id = answer["id"]?.identifier else {
                            throw Judged(.unanswered("answered without a note"))
                        }
                        return setStatus(fulfillment, status, id, timeout)
                    }
                }
            }
        }
    }

    /// - Parameters:
    ///   - status: the one that it has.
    ///   - note: the note that was written; nil if it was there.
    private func setStatus(_ fulfillment: Fulfillment, _ status: String, _ note: String?, _ timeout: Duration) -> Step {
        let wanted = fulfillment.options.status ?? Self.shippedStatus
        let done = Outcome.done(
            externalID: note.map { "note \($0)" }, answer: note == nil ? "WooCommerce had it already" : "fulfilled")
        if status == wanted { return .ended(done) }
        let body: JSONValue = ["status": .string(wanted)]
        return .send(.request(change("PUT", url(fulfillment, ""), body, timeout))) { reply, _ in
            AnswerJudgement.step(reply) { answer throws(Judged) in
                guard answer["status"]?.string == wanted else {
                    throw Judged(.retry(counted: true, reason: "answered without the status \(wanted)"))
                }
                return .ended(done)
            }
        }
    }

    /// The words of a text, without HTML and punctuation: a number is not found in a longer one.
    private static func words(_ text: String) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private func url(_ fulfillment: Fulfillment, _ path: String) -> String {
        "\(base.withoutTrailingSlash)/wp-json/wc/v3/orders/\(PercentText.encode(fulfillment.orderID))\(path)"
    }

    private func change(_ method: String, _ url: String, _ body: JSONValue, _ timeout: Duration) -> HTTPRequest {
        var request = post(url, [authorization], body, timeout)
        request.method = method
        request.repeatable = false
        return request
    }
}
