import Crypto
import JSON
import Jobs
import Outbound
import Rules
import Settings
import Testing
import Webhooks

@testable import Actions

/// The body of `http` in a configured shape.
@Suite struct MappedBodyTests {
    private static let now = Timestamp(microseconds: 1_800_000_123_000_000)

    private func action(_ body: String) throws -> any Action {
        let lines = body.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
        let settings = try Configured.settings(
            """
            actions:
              erp:
                kind: http
                url: https://erp.example/in
                body:
            \(lines)
            """)
        return try #require(ActionTable.actions(settings).first { $0.name == "erp" })
    }

    private func body(_ mapping: String, _ subject: JobSubject = Subjects.subject()) throws -> String {
        guard case .request(let request) = try action(mapping).prepare(subject, now: Self.now) else { return "none" }
        let bytes = request.body ?? []
        #expect((try? JSONValue(parsing: bytes)) != nil)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func reason(_ mapping: String, _ subject: JobSubject = Subjects.subject()) throws -> String {
        guard case .finished(.bury(let reason)) = try action(mapping).prepare(subject, now: Self.now) else {
            return "not buried"
        }
        return reason
    }

    @Test func anERPGetsItsOwnShape() throws {
        let mapping = """
            /orderNo: /order/id
            /total: /order/total_amount
            /customer/name: /order/customer_name
            /customer/kind: { value: consumer }
            /first~1sku: /order/items/0/sku
            /gift: /order/extra/gift
            /theirs: /payload/data/order_id
            /event: /event/id
            /when: /event/received_at
            """
        #expect(
            try body(mapping)
                == #"{"orderNo":"576486316948490001","total":24.90,"customer":{"name":"<!channel> & Söhne","kind":"consumer"},"first/sku":"A-1","gift":true,"theirs":576486316948490001,"event":"42","when":"2027-01-15T08:00:00.000Z"}"#
        )
    }

    @Test func whatIsMissingIsSaidPerField() throws {
        #expect(try body("/a: /order/none\n/b: /event/id") == #"{"b":"42"}"#)
        #expect(try body("/a: { from: /order/none, missing: omit }\n/b: /event/id") == #"{"b":"42"}"#)
        #expect(try body("/a: { from: /order/none, missing: null }") == #"{"a":null}"#)
        #expect(try body("/a: { from: /order/none, missing: \"null\" }") == #"{"a":null}"#)
        #expect(try body("/a: { from: /order/none }") == "{}")
        #expect(
            try reason("/a: { from: /order/none, missing: bury }")
                == "its body needs /order/none, and the event has none")
        // A null is a value that the shop has said.
        #expect(try body("/a: { from: /order/email, missing: bury }") == #"{"a":null}"#)
    }

    @Test(arguments: ["12345678901234567890.10", "1e400", "-0.0", "0.1000000000000000055511151231257827"])
    func numbersKeepTheirDigits(_ number: String) throws {
        let subject = Subjects.subject(body: "{\"n\": \(number)}")
        #expect(try body("/n: /payload/n", subject) == "{\"n\":\(number)}")
        #expect(try body("/all: /payload", subject) == "{\"all\":{\"n\":\(number)}}")
    }

    /// A body that is no JSON has no members; the result is JSON.
    @Test(arguments: ["not json", "", "a=b", "\u{0}", "{\"a\": \"\\ud800\"}"])
    func theResultIsAlwaysJSON(_ text: String) throws {
        let subject = Subjects.subject(body: text)
        #expect(try body("/a: { from: /payload/none, missing: null }\n/b: /payload", subject).hasPrefix("{\"a\":null"))
    }

    @Test func theResultHasALimit() throws {
        let text = String(repeating: "x", count: 1 << 20)
        let subject = Subjects.subject(body: "{\"a\": \"\(text)\"}")
        #expect(try reason("/a: /payload/a", subject).contains("the most are 1048576"))
        let fits = Subjects.subject(body: "{\"a\": \"\(text.dropLast(8))\"}")
        #expect(try body("/a: /payload/a", fits).utf8.count == 1 << 20)
    }

    @Test func anAlertKeepsItsForm() throws {
        var subject = Subjects.subject()
        subject.job = Job(
            id: 7, action: "erp", kind: "http", purpose: .alert("printify is away"), attempt: 1, maxAttempts: 4,
            orderRow: nil, eventID: 42, eventReceivedAt: 1_800_000_000_000_000, leaseToken: 1)
        #expect(try body("/a: { from: /order/none, missing: bury }", subject).contains("printify is away"))
    }

    /// Only what a pointer asks for is read.
    @Test func itAsksForWhatItNeeds() throws {
        let plain = try action("/a: /event/id\n/b: /order/id")
        #expect(!plain.needsBody && !plain.needsFields)
        #expect(try action("/a: /payload").needsBody)
        #expect(try action("/a: /order/status").needsFields)
        #expect(try action("/a: /order").needsFields)
        #expect(try action("/a: /customer/email").needsFields)
    }

    @Test func aPreviewIsTheBody() throws {
        let settings = try Configured.settings(
            """
            actions:
              erp: { kind: http, url: "https://erp.example/in", body: { /no: /order/id, /x: { from: /payload/x, missing: bury } } }
            """)
        let erp = try #require(settings.action(named: "erp"))
        var event = Subjects.subject().event
        event.body = Array(#"{"x": 1.50}"#.utf8)
        let sent = ActionTable.preview(erp, of: PreviewSubject(event: event, record: Subjects.order()))
        #expect(sent == #"{"no":"576486316948490001","x":1.50}"#)
        event.body = []
        let buried = ActionTable.preview(erp, of: PreviewSubject(event: event, record: nil))
        #expect(buried == "nothing, and be a dead letter: its body needs /payload/x, and the event has none")
    }

    @Test(arguments: [
        ("{}", "must have at least one field"),
        ("{ orderNo: /order/id }", "must be a place in the body such as /customer/name"),
        ("{ \"\": /order }", "must be a place in the body"),
        ("{ /a: /order/id, /a/b: /order/id }", "one is inside the other"),
        ("{ /a: order.id }", "must be a JSON pointer such as /order/total"),
        ("{ /a: /odrer/id }", "must begin with one of /event, /order"),
        ("{ /a: \"\" }", "must not be empty"),
        ("{ /a: /order/~2 }", "must be a JSON pointer"),
        ("{ /a: { missing: omit } }", "must have from or value"),
        ("{ /a: { from: /order/id, value: x } }", "either value, or from and missing"),
        ("{ /a: { from: /order/id, missing: skip } }", "omit, null, bury"),
        ("{ /a: { from: /order/id, lost: omit } }", "unknown key"),
        ("[ /a ]", "must be a section"),
    ])
    func mistakesAreNamed(_ mapping: String, _ message: String) throws {
        let settings = try Configured.settings(
            "actions:\n  erp: { kind: http, url: \"https://erp.example/in\", body: \(mapping) }")
        let fault = try #require(settings.action(named: "erp")?.fault)
        #expect(fault.contains(message), "\(fault)")
    }
}
