import JSON
import Jobs
import Outbound
import Providers
import Webhooks

/// The package of an order that the seller ships, with the tracking number of its first parcel: TikTok Shop has one for
/// a package.
/// Source: https://partner.tiktokshop.com/docv2/page/mark-package-as-shipped-202309
extension TikTokOrderAPI: FulfillmentAPI {
    func fulfill(_ fulfillment: Fulfillment, now: Timestamp, timeout: Duration) -> Step {
        .send(.request(request(for: fulfillment.orderID, now: now, timeout: timeout))) { reply, now in
            AnswerJudgement.step(reply) { answer throws(Judged) in
                try Self.demandSuccess(answer)
                guard case .found(let order) = order(in: answer) else {
                    throw Judged(.retry(counted: true, reason: "answered without the order"))
                }
                if let end = Self.end(of: order, fulfillment) { return .ended(end) }
                let lines = (order["line_items"]?.array ?? []).filter {
                    !Self.isCancelled($0["display_status"]) && ($0["tracking_number"]?.string ?? "").isEmpty
                }
                let ids = lines.compactMap { $0["id"] }
                if ids.isEmpty { throw Judged(.skipped("nothing of the order is left to be shipped")) }
                return ship(fulfillment, ids, now, timeout)
            }
        }
    }

    /// How it ends where nothing is to be done.
    private static func end(of order: JSONValue, _ fulfillment: Fulfillment) -> Outcome? {
        if isCancelled(order["status"]) { return .skipped("the order is cancelled at TikTok Shop") }
        let holders = [order] + (order["line_items"]?.array ?? []) + (order["packages"]?.array ?? [])
        let numbers = holders.compactMap { $0["tracking_number"]?.string }
        guard numbers.contains(fulfillment.first.number) else { return nil }
        let package = (order["line_items"]?.array ?? []).first {
            $0["tracking_number"]?.string == fulfillment.first.number
        }?["package_id"]
        return .done(externalID: package?.identifier, answer: "TikTok Shop had it already")
    }

    private static func isCancelled(_ status: JSONValue?) -> Bool { status?.string?.hasPrefix("CANCEL") == true }

    private func ship(_ fulfillment: Fulfillment, _ lines: [JSONValue], _ now: Timestamp, _ timeout: Duration) -> Step {
        let carrier = fulfillment.first.carrier ?? "without a name"
        guard let provider = fulfillment.options.carriers[carrier.lowercased()] else {
            return .ended(
                .bury("carriers does not name the shipping provider of TikTok Shop for the carrier \(carrier)"))
        }
        let body: JSONValue = [
            "order_line_item_ids": .array(lines), "tracking_number": .string(fulfillment.first.number),
            "shipping_provider_id": .string(provider),
        ]
        let path = "/fulfillment/202309/orders/\(PercentText.encode(fulfillment.orderID))/packages"
        var request = post(
            signed(path, [], body: body.serialized(), now: now), [("x-tts-access-token", accessToken.text)], body,
            timeout)
        request.repeatable = false
        return .send(.request(request)) { reply, _ in
            AnswerJudgement.step(reply) { answer throws(Judged) in
                try Self.demandSuccess(answer)
                return .ended(
                    .done(externalID: answer["data"]?["package_id"]?.identifier, answer: "fulfilled"))
            }
        }
    }

    private static func demandSuccess(_ answer: JSONValue) throws(Judged) {
        do throws(ListingFault) {
            try check(answer)
        } catch {
            throw Judged(error.outcome)
        }
    }
}
