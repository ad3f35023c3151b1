import JSON
import Providers
import Testing
import Webhooks

@Suite("TikTok Shop: packages, refunds, returns, products")
struct TikTokShopPartsTests {
    private func orders(_ event: Event) -> [Order] {
        ([event.record] + event.furtherRecords).compactMap { if case .order(let order) = $0 { order } else { nil } }
    }

    @Test(
        "An event is about every order that its body names",
        arguments: [
            (4, #"{"package_list":[{"package_id":"p","order_id_list":["1","2"]},{"order_id_list":["2","3"]}]}"#),
            (36, #"{"order_ids":["1","2","3"],"invoice_status":"INVOICE_UPLOADED"}"#),
            (67, #"{"line_items":[{"main_order_id":"1"},{"main_order_id":"2"},{"main_order_id":3},{}]}"#),
        ])
    func several(type: Int, data: String) throws {
        let event = try real(#"{"type":\#(type),"shop_id":"s","timestamp":5,"data":\#(data)}"#)
        #expect(orders(event).map(\.id) == ["1", "2", "3"])
        #expect(event.subject == "order:1" && event.unreadFields.isEmpty)
        #expect(orders(event).allSatisfy { $0.fields == [.shopID: "s"] })
    }

    @Test(
        "A refund has the amount that its body tells of the order",
        arguments: [
            (
                #""line_items":[{"main_order_id":"1","refund_amount":{"currency":"USD","refund_total":"5.10"}},{"main_order_id":"1","refund_amount":{"currency":"USD","refund_total":"4.9"}},{"main_order_id":"2","refund_amount":{"currency":"USD","refund_total":"7"}}]"#,
                "10.00"
            ),
            (#""line_items":[{"main_order_id":"1"}],"refund_amount":{"currency":"USD","refund_total":"3.00"}"#, "3.00"),
            (#""line_items":[{"main_order_id":"1"}],"refund_total":"3","currency":"USD""#, "3"),
            // Of two orders nobody can tell whose it is.
            (#""line_items":[{"main_order_id":"1"},{"main_order_id":"2"}],"refund_total":"3","currency":"USD""#, nil),
            (#""line_items":[{"main_order_id":"1","refund_amount":null}]"#, nil),
            (#""line_items":[{"main_order_id":"1","refund_amount":"a lot"}]"#, nil),
        ] as [(String, JSONValue?)])
    func refund(members: String, amount: JSONValue?) throws {
        let event = try real(#"{"type":67,"timestamp":5,"data":{"refund_id":"r","status":"x",\#(members)}}"#)
        let order = try #require(event.order)
        #expect(event.type == "refund.completed" && order.id == "1")
        #expect(order.fields == (amount.map { [.refundedAmount: $0, .currency: "USD"] } ?? [:]))
        #expect(order.extra["refunds/r"] == amount && order.extra["refund_id"] == "r")
    }

    @Test("Each order keeps what is its own of a list")
    func own() throws {
        let event = try real(
            #"""
            {"type":4,"data":{"sc_type":1,"package_list":[{"package_id":"p","order_id_list":["1","2"]},
            {"package_id":"q","order_id_list":["2"]}]}}
            """#)
        let packages = orders(event).map {
            ($0.extra["package_list"]?.array ?? []).compactMap { $0["package_id"]?.string }
        }
        #expect(packages == [["p"], ["p", "q"]])
    }

    @Test("Of more than 100 orders the rest is counted")
    func most() throws {
        let ids = (1...130).map { #""\#($0)""# }.joined(separator: ",")
        let event = try real(#"{"type":36,"data":{"order_ids":[\#(ids)]}}"#)
        #expect(orders(event).count == 100 && event.furtherRecords.count == 99)
        #expect(event.unreadFields == ["data: 30 orders after the first 100"])
    }

    @Test(
        "A request to cancel is open until it is decided",
        arguments: [
            ("CANCELLATION_REQUEST_PENDING", true), ("CANCELLATION_REQUEST_SUCCESS", false),
            ("CANCELLATION_REQUEST_CANCEL", false), ("CANCELLATION_REQUEST_COMPLETE", false),
        ])
    func cancellation(word: String, isOpen: Bool) throws {
        let event = try real(
            #"{"type":11,"timestamp":9,"data":{"order_id":"1","cancel_status":"\#(word)","cancel_id":"c","create_time":5}}"#
        )
        let order = try #require(event.order)
        #expect(order.fields == [.cancelRequested: .bool(isOpen)])
        #expect(order.extra["cancel_status"]?.string == word && order.extra["cancel_id"] == "c")
        // One request is decided later than it is made, also within a second.
        #expect(event.occurredAt?.seconds == 9 && order.statusRank == (isOpen ? 1 : 2))
    }

    @Test("A return's word, and its place among those of one second")
    func returns() throws {
        let life = [
            "RETURN_OR_REFUND_REQUEST_PENDING", "AWAITING_BUYER_SHIP", "BUYER_SHIPPED_ITEM",
            "RETURN_OR_REFUND_REQUEST_SUCCESS", "RETURN_OR_REFUND_REQUEST_COMPLETE",
        ]
        let orders = try life.map {
            try #require(real(#"{"type":12,"data":{"order_id":"1","return_status":"\#($0)","return_id":"r"}}"#).order)
        }
        #expect(orders.map { $0.fields[.returnStatus]?.string } == life)
        let ranks = orders.map(\.statusRank)
        #expect(ranks == ranks.sorted() && Set(ranks).count == ranks.count)
    }

    @Test("What names a return or a request only is about that", arguments: [64, 65])
    func unnamed(type: Int) throws {
        #expect(try real(#"{"type":\#(type),"data":{"return_id":"r","status":"X"}}"#).subject == "return:r")
        #expect(try real(#"{"type":\#(type),"data":{"cancel_id":"c"}}"#).subject == "cancellation:c")
        let nothing = try real(#"{"type":\#(type),"data":{"rma":"x"}}"#)
        #expect(nothing.subject == nil && nothing.record == .none && nothing.type == "return.updated")
    }

    @Test(
        "Products",
        arguments: [
            (5, #""status":"PRODUCT_AUDIT_FAILURE","#, [.status: "PRODUCT_AUDIT_FAILURE", .deleted: false]),
            (37, #""status":"DELETED","#, [.status: "DELETED", .deleted: true]),
            (15, #""changed_fields":["name"],"#, [:]), (16, "", [:]),
        ] as [(Int, String, Fields<ProductField>)])
    func products(type: Int, members: String, fields: Fields<ProductField>) throws {
        let event = try real(
            #"{"type":\#(type),"data":{\#(members)"product_id":576486316948490001,"update_time":1718305585}}"#)
        #expect(event.subject == "product:576486316948490001")
        var expected = fields
        expected[.changedAt] = "2024-06-13T19:06:25.000Z"
        #expect(event.product?.fields == expected)
    }

    @Test("The sample of type 68 has no type and an envelope of its own")
    func untyped() throws {
        let body =
            #"{"event_id":"e","occurred_at":1718305585,"seller_id":"s","product_id":7,"change_detail":[{"sku_id":"k"}]}"#
        let event = try real(body)
        #expect(event.providerType == "68" && event.type == "inventory.updated" && event.subject == "product:7")
        #expect(event.shopID == "s" && event.occurredAt?.seconds == 1_718_305_585)
        #expect(try event.product?.extra == ["change_detail": json(#"[{"sku_id":"k"}]"#)])
        #expect(try event.dedupeKey == real(body.replacing("\"k\"", with: "\"l\"")).dedupeKey)
        // It is no type for whatever has such a member.
        #expect(try real(#"{"product_id":7}"#).type == Event.unrecognized)
    }

    @Test("Deauthorization and expiry", arguments: [(6, "authorization.removed"), (7, "authorization.expiring")])
    func authorization(type: Int, name: String) throws {
        let event = try real(#"{"type":\#(type),"shop_id":"s","data":{"message":"m","expiration_time":"1767225600"}}"#)
        #expect(event.type == name && event.record == .none && event.shopID == "s")
    }

    @Test("The details rank above the pointer of the same time, and say the same of a cancelled order")
    func details() throws {
        let pointer = try real(#"{"type":1,"data":{"order_id":"1","order_status":"CANCEL","update_time":9}}"#)
        let fetched = try read(
            #"{"id":"1","status":"CANCELLED","update_time":9,"is_buyer_request_cancel":false,"line_items":[{"id":"l","tracking_number":"T1"},{"id":"m","tracking_number":"T2"},{"id":"n","tracking_number":"T1"},{"id":"o","tracking_number":""}]}"#,
            by: "tiktok_shop_detail")
        #expect(pointer.occurredAt == fetched.occurredAt && pointer.sequence < fetched.sequence)
        #expect(pointer.order?.fields[.needsDetail] == true && fetched.order?.fields[.needsDetail] == false)
        #expect(pointer.order?.fields[.status] == fetched.order?.fields[.status])
        #expect(pointer.order?.fields[.stage] == "cancelled" && fetched.order?.fields[.stage] == "cancelled")
        #expect(fetched.order?.fields[.trackingNumbers] == ["T1", "T2"])
        #expect(fetched.order?.fields[.cancelRequested] == false)
    }

    @Test(
        "Stages",
        arguments: [
            ("UNPAID", "unpaid"), ("ON_HOLD", "on_hold"), ("AWAITING_SHIPMENT", "to_ship"),
            ("PARTIALLY_SHIPPING", "to_ship"), ("AWAITING_COLLECTION", "to_ship"), ("IN_TRANSIT", "shipped"),
            ("DELIVERED", "delivered"), ("COMPLETED", "delivered"), ("CANCEL", "cancelled"),
            ("CANCELLED", "cancelled"), ("NEVER_HEARD_OF", nil),
        ] as [(String, String?)])
    func stages(status: String, stage: String?) throws {
        let expected = stage.map(JSONValue.string) ?? .null
        #expect(
            try real(#"{"type":1,"data":{"order_id":"1","order_status":"\#(status)"}}"#).order?.fields[.stage]
                == expected)
        #expect(
            try guide(#"{"type":"order_created","data":{"order_id":"1","order_status":"\#(status)"}}"#).order?
                .fields[.stage] == expected)
        #expect(
            try read(#"{"id":"1","status":"\#(status)"}"#, by: "tiktok_shop_detail").order?.fields[.stage] == expected)
        // Without a status nothing is said of the stage.
        #expect(try real(#"{"type":3,"data":{"order_id":"1"}}"#).order?.fields[.stage] == nil)
    }
}
