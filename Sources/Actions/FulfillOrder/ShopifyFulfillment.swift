import JSON
import Jobs
import Outbound
import Providers
import Webhooks

/// A fulfilment of all that is open of the order, with the tracking numbers.
/// Source: https://shopify.dev/docs/api/admin-graphql/latest/mutations/fulfillmentCreate
extension ShopifyOrderAPI: FulfillmentAPI {
    private static let state = """
        query($id: ID!) { order(id: $id) { cancelledAt fulfillments(first: 100) { id status trackingInfo(first: 100) \
        { number } } fulfillmentOrders(first: 100) { nodes { id supportedActions { action } } } } }
        """
    private static let create = """
        mutation($fulfillment: FulfillmentInput!) { fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } \
        userErrors { message } } }
        """

    func fulfill(_ fulfillment: Fulfillment, now: Timestamp, timeout: Duration) -> Step {
        let id = JSONValue.string("gid://shopify/Order/\(fulfillment.orderID)")
        return .send(.request(ask(Self.state, ["id": id], timeout))) { reply, _ in
            AnswerJudgement.step(reply) { answer throws(Judged) in
                guard let order = try Self.data(answer)["order"], order != .null else {
                    throw Judged(.retry(counted: true, reason: "Shopify has no order \(fulfillment.orderID)"))
                }
                if let end = Self.end(of: order, fulfillment) { return .ended(end) }
                let open = (order["fulfillmentOrders"]?["nodes"]?.array ?? []).filter { node in
                    (node["supportedActions"]?.array ?? []).contains { $0["action"]?.string == "CREATE_FULFILLMENT" }
                }
                if open.isEmpty { throw Judged(.skipped("nothing of the order is left to be fulfilled")) }
                return create(fulfillment, open.compactMap { $0["id"] }, timeout)
            }
        }
    }

    /// How it ends where nothing is to be done.
    private static func end(of order: JSONValue, _ fulfillment: Fulfillment) -> Outcome? {
        if order["cancelledAt"]?.string != nil { return .skipped("the order is cancelled at Shopify") }
        let valid = (order["fulfillments"]?.array ?? []).filter { $0["status"]?.string != "CANCELLED" }
        let numbers = Set(valid.flatMap { $0["trackingInfo"]?.array ?? [] }.compactMap { $0["number"]?.string })
        guard numbers.isSuperset(of: fulfillment.numbers) else { return nil }
        return .done(externalID: valid.last?["id"]?.string, answer: "Shopify had it already")
    }

    private func create(_ fulfillment: Fulfillment, _ open: [JSONValue], _ timeout: Duration) -> Step {
        var tracking = JSONObject()
        tracking["company"] = fulfillment.carrier(of: fulfillment.first).map(JSONValue.string)
        tracking["numbers"] = .array(fulfillment.numbers.map(JSONValue.string))
        let urls = fulfillment.parcels.compactMap(\.url)
        // One belongs to each number, or there is none.
        if urls.count == fulfillment.parcels.count { tracking["urls"] = .array(urls.map(JSONValue.string)) }
        let input: JSONValue = [
            "lineItemsByFulfillmentOrder": .array(open.map { ["fulfillmentOrderId": $0] }),
            "trackingInfo": .object(tracking), "notifyCustomer": .bool(fulfillment.options.notifiesBuyer),
        ]
        var request = ask(Self.create, ["fulfillment": input], timeout)
        request.repeatable = false
        return .send(.request(request)) { reply, _ in
            AnswerJudgement.step(reply) { answer throws(Judged) in
                let created = try Self.data(answer)["fulfillmentCreate"]
                let errors = (created?["userErrors"]?.array ?? []).compactMap { $0["message"]?.string }
                if !errors.isEmpty {
                    // The next attempt sees what has become of the order meanwhile.
                    throw Judged(.retry(counted: true, reason: "Shopify: " + errors.joined(separator: "; ")))
                }
                guard let id = created?["fulfillment"]?["id"]?.string else {
                    throw Judged(.unanswered("answered without a fulfillment"))
                }
                return .ended(.done(externalID: id, answer: "fulfilled"))
            }
        }
    }

    private static func data(_ answer: JSONValue) throws(Judged) -> JSONValue {
        do throws(ListingFault) {
            try check(answer)
        } catch {
            throw Judged(error.outcome)
        }
        guard let data = answer["data"], data != .null else {
            throw Judged(.retry(counted: true, reason: "the answer has no data"))
        }
        return data
    }
}
