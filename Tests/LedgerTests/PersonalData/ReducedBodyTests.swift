import JSON
import LedgerSupport
import Providers
import TestThreads
import Testing
import Verification
import Webhooks

@testable import Ledger

/// A reduced body says of its order what it said before, as far as that is no personal data: the orders are folded again from
/// such bodies.
@Suite(.blocking) struct ReducedBodyTests {
    private static let bodies: [(provider: String, headers: [(name: String, value: String)], body: String)] = [
        (
            "tiktok_shop", [],
            #"{"type":12,"tts_notification_id":"1","timestamp":5,"data":{"order_id":"1","return_id":"r","return_status":"RETURN_OR_REFUND_REQUEST_PENDING","return_role":"BUYER","buyer":"Ann","update_time":5}}"#
        ),
        (
            "tiktok_shop", [],
            #"{"type":11,"tts_notification_id":"2","timestamp":5,"data":{"order_id":"1","cancel_id":"c","cancel_status":"CANCELLATION_REQUEST_PENDING","note":"Ann","create_time":5}}"#
        ),
        (
            "tiktok_shop", [],
            #"{"type":4,"tts_notification_id":"3","timestamp":5,"data":{"recipient":{"name":"Ann"},"package_list":[{"package_id":"p","order_id_list":["1","2"]}]}}"#
        ),
        (
            "tiktok_shop", [],
            #"{"type":67,"tts_notification_id":"4","timestamp":5,"data":{"refund_id":"r","buyer_email":"ann@mail.example","line_items":[{"main_order_id":"1","refund_amount":{"currency":"USD","refund_total":"5.00"}}]}}"#
        ),
        (
            "evershop_webhooks", [],
            #"{"id":"d","topic":"shipment_status_changed","created_at":"2026-01-01T00:00:00Z","data":{"orderId":9,"shipmentId":1,"before":"a","after":"b","phase":"delivered","signedBy":"Ann"}}"#
        ),
        (
            "evershop_webhooks", [],
            #"{"id":"e","topic":"order_refunded","created_at":"2026-01-01T00:00:00Z","data":{"orderId":9,"amount":"5.00","currency":"USD","full":false,"transaction":"t","method":"ann@mail.example"}}"#
        ),
        (
            "shopify", [("x-shopify-topic", "orders/updated")],
            #"{"id":1,"admin_graphql_api_id":"gid://shopify/Order/1","email":"ann@mail.example","updated_at":"2022-01-01T00:00:00Z","financial_status":"partially_refunded","fulfillment_status":"fulfilled","total_price":"10.00","refunds":[{"id":7,"note":"Ann was sad","transactions":[{"kind":"refund","status":"success","amount":"5.00","receipt":{"name":"Ann"}}]}]}"#
        ),
        (
            "shopify", [("x-shopify-topic", "returns/request")],
            #"{"id":1,"admin_graphql_api_id":"gid://shopify/Return/1","order_id":1,"status":"requested","name":"Ann"}"#
        ),
    ]

    private static let kept: [OrderField] = [
        .status, .stage, .returnStatus, .cancelRequested, .refundedAmount, .currency, .totalAmount,
    ]

    private func orders(_ body: JSONValue, _ number: Int) throws -> [JSONObject] {
        let (name, headers, _) = Self.bodies[number]
        let provider = try #require(ProviderRegistry.named(name))
        let delivery = Delivery(
            requestID: "r", receivedAt: Guide.now, path: "/", headers: HeaderFields(headers), body: body.serialized())
        let verified = try provider.scheme.verify(
            delivery, keyring: Keyring(secrets: []), policy: .none, now: Guide.now)
        let event = try normalize(verified, by: provider).event
        return ([event.record] + event.furtherRecords).compactMap { record in
            guard case .order(let order) = record else { return nil }
            var said = JSONObject()
            said["id"] = .string(order.id)
            for field in Self.kept { said[field.rawValue] = order.fields[field] }
            for (name, amount) in order.extra.sorted(by: { $0.key < $1.key }) where name.hasPrefix("refunds/") {
                said[name] = amount
            }
            return said
        }
    }

    @Test(arguments: bodies.indices) func theOrderIsTheSame(_ number: Int) throws {
        var ann = Person(source: nil)
        ann.emails = ["ann@mail.example"]
        let body = Array(Self.bodies[number].body.utf8)
        let reduced = BodyReduction.reduce(body, of: PersonMatcher(ann))
        let before = try orders(JSONValue(parsing: body), number)
        #expect(!before.isEmpty && before.allSatisfy { $0.members.count > 1 || number == 2 })
        #expect(try orders(JSONValue(parsing: reduced), number) == before)
        #expect(!String(decoding: reduced, as: UTF8.self).lowercased().contains("ann"))
    }
}
