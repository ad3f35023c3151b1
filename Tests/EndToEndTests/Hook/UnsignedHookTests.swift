import Crypto
import JSON
import LocalStack
import Platform
import StackSuite
import StandIns
import Testing

/// What is not signed, in production: taken only where the configuration says so, within limits, and believed by no
/// rule.
@Suite(.place) struct UnsignedHookTests {
    private static let secret = "your-webhook-secret"

    private static func configuration(_ standIns: StandIns) -> String {
        """
        environment: production
        address_guard: { allow_private_hosts: [127.0.0.1] }
        sources:
          shop: { providers: roms, paths: [/webhook/open], secrets: { env: SECRET }, verification: optional }
          closed: { providers: roms, paths: [/webhook/closed], secrets: { env: SECRET } }
        actions:
          ops: { kind: slack, url: { env: SLACK_URL }, text: "{order.id} {order.email}" }
          odd: { kind: slack, url: { env: SLACK_URL }, text: "odd {order.id} {order.email}" }
        rules:
          - { name: told, when: { order.status: paid }, do: [ops], once: status }
          - { name: odd, when: { order.status: paid, event.verified: false }, do: [odd], once: status }
        """
    }

    private func withStack(_ body: (Curl, String, StackBooks, StandIns) async throws -> Void) async throws {
        let standIns = try StandIns()
        let variables = "SECRET=\(Self.secret)\nSLACK_URL=\(standIns.url)/slack/x\n"
        try await StackSuite.run(variables: variables, configuration: { _ in Self.configuration(standIns) }) { stack in
            try await body(Curl(stack), stack.state.url, StackBooks(stack), standIns)
        }
    }

    private func post(_ curl: Curl, _ url: String, _ body: String, isSigned: Bool = false) throws -> Answer {
        let code = HMAC.authenticationCode(.sha256, key: SecretBytes(utf8: Self.secret), Array(body.utf8))
        return try curl.get(
            url,
            ["-H", "Content-Type: application/json"]
                + (isSigned ? ["-H", "X-Webhook-Signature: \(Hex.encode(code))"] : []) + ["--data-binary", body])
    }

    @Test func onlyWhatIsSignedCounts() async throws {
        try await withStack { curl, url, books, standIns in
            let unsigned = #"{"order_number":"1","status":"paid","email":"stranger@example.com"}"#
            #expect(try post(curl, url + "/webhook/closed", unsigned).status == 401)
            let taken = try post(curl, url + "/webhook/open", unsigned)
            #expect(taken.status == 200)
            let answer = try JSONValue(parsing: Array(taken.body.utf8))
            #expect(answer["success"] == true && answer["unsigned"] != nil)
            let signed = try post(
                curl, url + "/webhook/open", #"{"order_number":"2","status":"paid","email":"a@b.c"}"#, isSigned: true)
            #expect(try signed.status == 200 && JSONValue(parsing: Array(signed.body.utf8))["unsigned"] == nil)
            let starts = try books.logs().flatMap { $0.text.split(separator: "\n") }
                .filter { $0.contains("Sources accept unsigned deliveries") }
                .compactMap { try? JSONValue(parsing: Array($0.utf8))["sources"]?.string }
            #expect(!starts.isEmpty && starts.allSatisfy { $0 == "shop" }, "\(starts)")
            #expect(try await books.eventually("select count(*) from jobs", are: ["0"]))
            #expect(try standIns.effects("slack") == ["2 a@b.c": 1, "odd 1 stranger@example.com": 1])
            #expect(
                try books.lines("select subject, verified from event_list order by 1") == ["order:1|f", "order:2|t"])
        }
    }

    @Test func whatIsNotSignedHasLimitsInTheGuidesShape() async throws {
        try await withStack { curl, url, books, _ in
            let open = url + "/webhook/open"
            let large = #"{"order_number":"1","note":"\#(String(repeating: "x", count: 70_000))"}"#
            let refused = try post(curl, open, large)
            #expect(refused.status == 413 && refused.body == #"{"success":false,"error":"Payload too large"}"#)
            #expect(try post(curl, open, large, isSigned: true).status == 200)
            var answers: [Int] = []
            for number in 0..<130 {
                let answer = try post(curl, open, #"{"order_number":"n\#(number)"}"#)
                answers.append(answer.status)
                guard answer.status == 429 else { continue }
                #expect(answer.body == #"{"success":false,"error":"Too many requests"}"#)
                #expect(answer.header("retry-after") == "60")
                break
            }
            // A minute may end on the way.
            #expect(answers.last == 429 && answers.dropLast().allSatisfy { $0 == 200 } && answers.count > 60)
            #expect(try post(curl, open, #"{"order_number":"signed"}"#, isSigned: true).status == 200)
            #expect(try books.count("select count(*) from orders where order_id = 'signed'") == 1)
        }
    }
}
