import JSON
import Providers
import Testing
import Webhooks

@Suite("Fields that do not fit")
struct FieldTests {
    static let wrong = ["[]", "{}", "true", "[1]", #""\#(String(repeating: "y", count: 5000))""#]

    func order(_ member: String) throws -> Order {
        try #require(try guide(#"{"type":"order_created","data":{"order_id":"1",\#(member)}}"#).order)
    }

    @Test(
        "Every field of every wrong type goes to extra under its own name",
        arguments: [
            "order_status", "total_amount", "shipping_fee", "currency", "buyer_email", "create_time", "update_time",
            "items",
            "shipping_address", "tracking_number",
        ])
    func wrongTypes(name: String) throws {
        for value in Self.wrong
        where !(name == "items" && value == "[]") && !(name == "shipping_address" && value == "{}") {
            let order = try order("\"\(name)\":\(value)")
            #expect(order.fields.isEmpty, "\(name): \(value)")
            #expect(try order.extra[name] == JSONValue(parsing: Array(value.utf8)), "\(name): \(value)")
        }
    }

    @Test(
        "Money that fits keeps its text",
        arguments: [
            ("0", "0"), ("49.98", "49.98"), ("5.00", "5.00"), (#""19.90""#, "19.90"), ("1e2", "1e2"),
            ("0.0000000001", "0.0000000001"), ("16.528925619834713", "16.528925619834713"),
            ("24.599999999999998", "24.599999999999998"), ("1e-30", "1e-30"),
            ("0.123456789012345678901234567890", "0.123456789012345678901234567890"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
        ])
    func money(sent: String, kept: String) throws {
        #expect(try order("\"total_amount\":\(sent)").fields[.totalAmount]?.string == kept)
    }

    @Test(
        "Money that does not",
        arguments: [
            "-1", "-0.00", "1e400", "1e30", "1e-31", "0.0000000000000000000000000000001",
            "1234567890123456789012345678901", #""NaN""#, #"" 5""#, #""5,00""#,
            #""0x5""#, #""$5""#, "1e99999999999999999999",
        ])
    func badMoney(sent: String) throws {
        let order = try order("\"total_amount\":\(sent)")
        #expect(order.fields[.totalAmount] == nil)
        #expect(order.extra["total_amount"] != nil)
    }

    @Test(
        "Dates outside the years 1970 to 9999",
        arguments: ["-1", "253402300800", "1735380000000000", "1.5", "1e9", #""soon""#])
    func dates(sent: String) throws {
        let order = try order("\"update_time\":\(sent),\"create_time\":\(sent)")
        #expect(order.fields.isEmpty)
        #expect(order.extra.count == 2)
    }

    @Test("U+0000 and numbers beyond `numeric` do not reach Postgres")
    func unstorable() throws {
        let order = try order(#""buyer_email":"a\u0000b","x\u0000":["\u0000",1e200000]"#)
        #expect(order.fields[.email] == "a\u{FFFD}b")
        #expect(order.extra == ["x\u{FFFD}": ["\u{FFFD}", "1e200000"]])
    }

    /// Half a surrogate pair reads as U+FFFD, whichever half it was: two such ids would be one row. A line end would be
    /// the begin of a line of its own wherever ids are printed.
    @Test(
        "An id that would not be kept as sent, or holds control characters, is none",
        arguments: [
            #"\u0000"#, #"a\u0000"#, #"a\ud800"#, #"a\udc00"#, #"\ufffd"#, #"1\r\n2"#, #"1\n"#, #"\t"#, #"\u001b[2J"#,
            #"\u007f"#, #"1\u0085"#, #"1\u2028"#, #"1\u2029"#,
        ])
    func unfitIDs(id: String) throws {
        let event = try guide(#"{"type":"order_created","shop_id":"\#(id)","data":{"order_id":"\#(id)"}}"#)
        #expect(event.record == .none && event.subject == nil && event.shopID == nil)
        #expect(event.providerType == "order_created")
        // Then the body makes the dedupe key.
        let keys = try ["1", "2"].map { order in
            try real(#"{"type":1,"tts_notification_id":"\#(id)","timestamp":5,"data":{"order_id":"\#(order)"}}"#)
                .dedupeKey
        }
        #expect(keys[0] != keys[1])
        #expect(throws: Refusal.self) { try read(#"{"order_number":"\#(id)"}"#, by: "roms") }
    }

    @Test(
        "Ids in any other characters are kept as they are", arguments: ["é", "e\u{301}", "日本-1", "a b", "😀", "\u{A0}"])
    func otherIDs(id: String) throws {
        let order = try real(#"{"type":1,"data":{"order_id":"\#(id)"}}"#).order
        #expect(order.map { Array($0.id.utf8) } == Array(id.utf8))
    }

    @Test("Ids are bounded, so that an index takes them")
    func ids() throws {
        let long = String(repeating: "9", count: 256)
        let event = try guide(#"{"type":"order_created","shop_id":\#(long),"data":{"order_id":"\#(long)"}}"#)
        #expect(event.record == .none)
        #expect(event.shopID == nil)
        #expect(event.subject == nil)
        #expect(try real(#"{"type":1,"data":{"order_id":"\#(long.dropLast())"}}"#).order?.id.count == 255)
    }

    @Test("What nobody asked for is kept up to 10,000 values, the rest in the raw body alone")
    func manyValues() throws {
        func list(_ count: Int, _ element: String = "{}") -> String {
            "[" + Array(repeating: element, count: count).joined(separator: ",") + "]"
        }
        #expect(try order("\"a\":\(list(9_999))").extra["a"] != nil)
        #expect(try order("\"a\":\(list(10_000))").extra.isEmpty)
        #expect(try order("\"a\":\(list(5_000, "[1]"))").extra.isEmpty)
        #expect(try order("\"items\":\(list(300_000)),\"b\":1").extra == ["b": 1])
        let some = try order("\"a\":\(list(6_000)),\"b\":\(list(6_000)),\"c\":\(list(3_000))").extra
        #expect(Set(some.keys) == ["a", "c"])
        let lines = try #require(
            try order("\"items\":\(list(1_000, #"{"a":\#(list(300, "1"))}"#))").fields[.items]?.array)
        #expect(lines.count == 1_000)
        #expect(lines.compactMap { $0["extra"]?["a"]?.array?.count }.reduce(0, +) == 9_900)
    }

    @Test("Line ids are unique, given or not")
    func lineIDs() throws {
        func ids(_ items: String) throws -> [String?]? {
            try order("\"items\":[\(items)]").fields[.items]?.array?.map { $0["line_id"]?.string }
        }
        #expect(try ids("") == [])
        #expect(try ids(#"{"id":"a"},{"id":"b"}"#) == ["a", "b"])
        #expect(
            try ids(#"{"id":"a"},{"id":"a"},{},{"id":null},{"id":576486316948490001}"#) == [
                "a", "#2", "#3", "#4", "576486316948490001",
            ])
        #expect(try ids(##"{},{"id":"#1"},{"id":[]}"##) == ["#1'", "#1", "#3"])
        let repeated = try order(#""items":[{"id":"a"},{"id":"a"}]"#).fields[.items]?.array?.last
        #expect(repeated == ["line_id": "#2", "extra": ["id": "a"]])
    }

    @Test("What does not fit in a line or in an address stays beside it")
    func nested() throws {
        let line = try order(#""items":[{"id":"a","quantity":-1,"sale_price":"x","weight":5}]"#).fields[.items]?.array?
            .first
        #expect(line == ["line_id": "a", "extra": ["quantity": -1, "sale_price": "x", "weight": 5]])
        let address = try order(#""shipping_address":{"name":5,"city":"Rome","door":null}"#).fields[.shippingAddress]
        #expect(address == ["city": "Rome", "extra": ["door": .null, "name": 5]])
        #expect(try order(#""items":[{"quantity":2147483648}]"#).fields[.items]?.array?.first?["quantity"] == nil)
        #expect(try order(#""items":[{"quantity":"3"}]"#).fields[.items]?.array?.first?["quantity"] == 3)
        let many = Array(repeating: "{}", count: 1001).joined(separator: ",")
        #expect(try order("\"items\":[\(many)]").extra["items"] != nil)
        #expect(try order(#""items":[{},7]"#).extra["items"] == [[:], 7])
        // A null among the lines, and a list as PHP writes it that has lost its first element.
        for items in [#"[null,{"id":"a"},null,{"id":"b"}]"#, #"{"1":{"id":"a"},"2":{"id":"b"}}"#] {
            #expect(try order(#""items":\#(items)"#).fields[.items] == [["line_id": "a"], ["line_id": "b"]])
        }
        #expect(try order(#""items":{"a":{"id":"a"}}"#).extra["items"] != nil)
    }

    @Test(
        "Quantities in any spelling",
        arguments: [
            ("2.0", "2"), ("0.5", "0.5"), (#""2.0000""#, "2"), ("2", "2"), ("1.5e1", "15"), ("0", "0"),
            ("2147483647", "2147483647"),
        ])
    func quantities(sent: String, kept: String) throws {
        let line = try order(#""items":[{"quantity":\#(sent)}]"#).fields[.items]?.array?.first
        #expect(line?["quantity"] == JSONNumber(literal: kept).map(JSONValue.number))
    }

    @Test("An empty price takes the price away, as null does", arguments: [#""""#, "null"])
    func emptyPrice(sent: String) throws {
        #expect(try order(#""total_amount":\#(sent)"#).fields == [.totalAmount: .null])
        let line = try order(#""items":[{"id":"a","quantity":\#(sent)}]"#).fields[.items]?.array?.first
        #expect(line == ["line_id": "a", "quantity": .null])
    }

    @Test("An order's id is whole, however it is written")
    func wholeIDs() throws {
        for (sent, kept) in [
            ("727000.0", "727000"), ("7.27e5", "727000"), ("727000.5", "727000.5"), (#""727000.0""#, "727000.0"),
        ] {
            #expect(try real(#"{"type":1,"data":{"order_id":\#(sent)}}"#).order?.id == kept)
        }
    }

    @Test("No more than 256 unknown fields are kept with an order")
    func manyFields() throws {
        let members = (0..<2000).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
        #expect(try order(members).extra.count == 256)
    }
}
