import Crypto
import JSON
import Jobs
import Outbound
import Rules
import Testing
import Webhooks

@testable import Actions

@Suite struct PrintifyTests {
    @Test(arguments: [
        ("John Doe", "John", "Doe"), ("  John   Ronald  Doe ", "John Ronald", "Doe"),
        ("Doe, John R.", "John R.", "Doe"),
        ("Jane van der Berg", "Jane", "van der Berg"), ("Ludwig von Beethoven", "Ludwig", "von Beethoven"),
        ("Martin Luther King Jr.", "Martin Luther", "King Jr."), ("John Doe, Jr.", "John", "Doe, Jr."),
        ("María de la Cruz", "María", "de la Cruz"), ("Van Morrison", "Van", "Morrison"), ("Madonna", "Madonna", "-"),
        ("王小明", "小明", "王"), ("欧阳修", "修", "欧阳"), ("김민수", "민수", "김"), ("Nguyễn Văn An", "Nguyễn Văn", "An"),
        ("O'Brien", "O'Brien", "-"), ("Jr.", "Jr.", "-"),
    ])
    func splitsNamesAsPeopleWriteThem(full: String, first: String, last: String) throws {
        let name = try #require(PersonName(full))
        #expect(name.first == first && name.last == last, "\(name)")
    }

    @Test(arguments: ["", "   ", "-", "***"]) func aNameWithoutALetterIsNone(full: String) {
        #expect(PersonName(full) == nil)
    }

    private static var order: StoredRecord {
        var fields = JSONObject()
        fields["items"] = [["line_id": "1", "sku": "A-1", "variant_id": "2729", "quantity": 2]]
        fields["shipping_address"] = [
            "name": "Jane Doe", "full_address": "1 Main St", "city": "X", "zip": "1", "country": "us",
        ]
        fields["email"] = "j@example.com"
        return Subjects.order(fields)
    }

    private func body(_ order: StoredRecord = order, lines: PrintifyBody.Lines = .sku) throws -> JSONValue {
        var options = PrintifyBody.Options()
        options.lines = lines
        return try PrintifyBody.json(order, externalID: "x", options)
    }

    @Test func namesLinesByArticleOrByProductAndVariant() throws {
        #expect(try body()["line_items"] == [["sku": "A-1", "quantity": 2]])
        #expect(
            try body(lines: .product)["line_items"] == [["product_id": "A-1", "variant_id": 2729, "quantity": 2]])
        let to = try body()["address_to"]
        #expect(to?["first_name"] == "Jane" && to?["country"] == "US" && to?["address1"] == "1 Main St")
        #expect(to?["region"] == "" && to?["phone"] == nil)
    }

    @Test(arguments: ["name", "city", "zip", "country", "full_address"]) func saysWhatTheAddressLacks(key: String) {
        var order = Self.order
        var address = order.fields["shipping_address"]?.object ?? JSONObject()
        address[key] = nil
        order.fields["shipping_address"] = .object(address)
        #expect(throws: PrintifyBody.Objection.self) { try body(order) }
    }

    @Test func aLineWithoutAnArticleNumberIsNotLeftOut() {
        var order = Self.order
        order.fields["items"] = [["sku": "A-1"], ["line_id": "2", "quantity": 1]]
        #expect(throws: PrintifyBody.Objection(reason: "the line 2 has no sku")) { try body(order) }
    }

    @Test func halfOfAThingIsNotPrinted() throws {
        var order = Self.order
        order.fields["items"] = [["sku": "A-1", "quantity": .number(try #require(JSONNumber(literal: "0.5")))]]
        #expect(throws: PrintifyBody.Objection(reason: "the line #1 has a quantity that is not a whole number")) {
            try body(order)
        }
        order.fields["items"] = [["sku": "A-1", "quantity": .null], ["sku": "A-2"]]
        #expect(try body(order)["line_items"] == [["sku": "A-1", "quantity": 1], ["sku": "A-2", "quantity": 1]])
    }

    @Test(arguments: ["CANCEL", "cancelled", "Canceled"]) func anOrderIsOffByItsWordOrItsStage(status: String) {
        var fields = JSONObject()
        fields["status"] = .string(status)
        #expect(Subjects.order(fields).isCancelled)
        fields["status"] = "trash"
        #expect(!Subjects.order(fields).isCancelled)
        fields["stage"] = "cancelled"
        #expect(Subjects.order(fields).isCancelled)
        fields["stage"] = "to_ship"
        #expect(!Subjects.order(fields).isCancelled)
    }

    @Test(arguments: [
        (#"{"id":"5a"}"#, "5a"), (#"{"code":8503,"errors":{"reason":"{\"id\":77}","code":8503}}"#, "77"),
        (#"{"errors":{"id":"9"}}"#, "9"), (#"{"data":{"id":"8"}}"#, "8"), ("[]", nil), ("<html>", nil),
    ])
    func findsTheIDWhereverItStands(body: String, id: String?) {
        #expect(PrintifyAnswer(Array(body.utf8)).id == id)
    }

    private let action = PrintifyOrder(name: "print", api: PrintifyAPI(shop: "7", token: SecretBytes(utf8: "t\n")))

    private func judge(_ status: Int, _ body: String) -> Outcome? {
        action.judge(
            .success(HTTPResponse(status: status, body: Array(body.utf8))), of: Subjects.subject(order: Self.order))
    }

    @Test func tellsSuccessFromRefusalAndDoubt() {
        #expect(judge(200, #"{"id":"5a"}"#) == .done(externalID: "5a", answer: "submitted"))
        #expect(judge(409, "{}") == .done(answer: "it exists already"))
        #expect(judge(400, #"{"code":8503}"#) == .done(answer: "it exists already"))
        #expect(judge(401, #"{"error":"Unauthenticated"}"#) == .bury("answered 401: Unauthenticated"))
        #expect(judge(402, "") == .bury("answered 402"))
        #expect(judge(502, "") == .retry(counted: false, reason: "answered 502"))
        guard case .unanswered = judge(200, "<html>") else {
            Issue.record("a page in between is no success")
            return
        }
    }

    @Test func theRequestHasTokenAgentAndOneKeyForTheOrder() throws {
        guard
            case .request(let request) = action.prepare(
                Subjects.subject(order: Self.order), now: Timestamp(microseconds: 0))
        else {
            Issue.record("an order with everything must be sent")
            return
        }
        #expect(request.url == "https://api.printify.com/v1/shops/7/orders.json")
        #expect(request.headers.contains(.init("Authorization", "Bearer t")))
        #expect(request.headers.contains { $0.name == "User-Agent" })
        let other = Subjects.subject(rule: "other", order: Self.order)
        #expect(action.effectKey(for: other) == action.effectKey(for: Subjects.subject(order: Self.order)))
    }

    private func action(externalID: String, sendsToProduction: Bool = false) -> PrintifyOrder {
        PrintifyOrder(
            name: "print", api: PrintifyAPI(shop: "7", token: SecretBytes(utf8: "t")), externalID: externalID,
            sendsToProduction: sendsToProduction)
    }

    /// Two orders of one `external_id` would be one order to Printify, and only the first would be printed.
    @Test(arguments: ["{payload.nothing}", "X-{order.nothing}", "{order.email}", "{order.customer_name}"])
    func anOrderThatHasNoNameOfItsOwnIsBuried(template: String) {
        var order = Self.order
        order.fields["email"] = .null
        order.fields["customer_name"] = " "
        let action = action(externalID: template)
        let subject = Subjects.subject(order: order)
        guard case .finished(.bury(let reason)) = action.prepare(subject, now: Timestamp(microseconds: 0)) else {
            Issue.record("\(template) must not be sent")
            return
        }
        let placeholder = template.drop { $0 != "{" }
        #expect(reason == "external_id names \(placeholder), which the order does not have")
        #expect(action.effectKey(for: subject) == nil)
    }

    @Test func theExternalIDCanBeAMemberOfTheBody() throws {
        let action = action(externalID: "T-{payload.data.order_id}")
        #expect(action.needsBody && !self.action.needsBody)
        let subject = Subjects.subject(order: Self.order)
        guard case .request(let request) = action.prepare(subject, now: Timestamp(microseconds: 0)) else {
            Issue.record("the field is there")
            return
        }
        #expect(try JSONValue(parsing: request.body ?? [])["external_id"] == "T-576486316948490001")
        #expect(action.effectKey(for: subject) == "printify:7:T-576486316948490001")
    }

    /// The fetch may wait for its API for a day: that is no fault of the order.
    @Test func anOrderWaitsForItsDetailsWithoutBeingCounted() {
        var order = Self.order
        order.fields["shipping_address"] = nil
        order.fields["needs_detail"] = true
        guard
            case .finished(.notYet(let longest, let reason)) = action.prepare(
                Subjects.subject(order: order), now: Timestamp(microseconds: 0))
        else {
            Issue.record("it must wait, uncounted")
            return
        }
        #expect(longest <= 60_000 && reason == "the order's details have not been fetched yet")
    }

    /// Without an id nobody can send it to production, and what is not done must not end as done.
    @Test func anOrderThatExistsUnderNoKnownIDIsNotInProduction() {
        let action = action(externalID: PrintifyOrder.defaultExternalID, sendsToProduction: true)
        func judge(_ status: Int, _ body: String) -> Outcome? {
            action.judge(
                .success(HTTPResponse(status: status, body: Array(body.utf8))), of: Subjects.subject(order: Self.order))
        }
        let byHand = Outcome.bury("it exists, but its id is not known: send it to production by hand")
        #expect(judge(409, "{}") == byHand)
        #expect(judge(400, #"{"code":8503}"#) == byHand)
        let cutOff = OutboundFailure(.tooLarge, .mayHaveBeenSent, "big", status: 409)
        #expect(action.judge(.failure(cutOff), of: Subjects.subject(order: Self.order)) == byHand)
        #expect(
            self.action.judge(.failure(cutOff), of: Subjects.subject(order: Self.order))
                == .done(answer: "it exists already"))
        guard case .bury = judge(200, #"{"id":"../7"}"#) else {
            Issue.record("an id that cannot be in a path leads nowhere")
            return
        }
        let known = Reply.success(HTTPResponse(status: 409, body: Array(#"{"errors":{"id":"77"}}"#.utf8)))
        guard case .send(.request(let second), _, _) = action.next(known, of: Subjects.subject(order: Self.order)),
            second.url.hasSuffix("/orders/77/send_to_production.json")
        else {
            Issue.record("with an id it continues")
            return
        }
    }

    /// libcurl sends again by itself what is repeatable, on a connection that turns out to be closed.
    @Test func onlyTheOrderHasAKeyThatMakesTwoSendingsOne() throws {
        let action = PrintifyOrder(
            name: "print", api: PrintifyAPI(shop: "7", token: SecretBytes(utf8: "t")), sendsToProduction: true)
        let subject = Subjects.subject(order: Self.order)
        guard case .request(let first) = action.prepare(subject, now: Timestamp(microseconds: 0)),
            case .send(.request(let second), _, let end) = action.next(
                .success(HTTPResponse(status: 200, body: Array(#"{"id":"5a"}"#.utf8))), of: subject),
            case .ended(.done(externalID: "5a", _)) = end(
                .success(HTTPResponse(status: 200)), Timestamp(microseconds: 0))
        else {
            Issue.record("an order goes to production after it was submitted")
            return
        }
        #expect(first.repeatable && !second.repeatable)
        let comment = StoredRecord(.comment, id: "7", fields: JSONObject())
        let guide = GuideCommentAPI(base: GuideCommentAPI.defaultBase, token: SecretBytes(utf8: "t"))
        #expect(!guide.deletion(of: comment).repeatable)
    }
}
