import Crypto
import JSON
import LocalStack
import StackSuite
import Testing

/// Part 3: unverified is not trusted.
extension Attacks {
    /// What a stranger writes in place of a signature.
    private static let signatures: [(name: String, value: String)] = [
        ("X-None", "1"), ("X-Webhook-Signature", ""), ("X-Webhook-Signature", "null"),
        ("X-Webhook-Signature", "sha256="),
        ("X-Webhook-Signature", String(repeating: "0", count: 64)), ("x_webhook_signature", "1"),
        ("X-Shopify-Hmac-Sha256", "AAAA"), ("X-Hub-Signature-256", "sha256=" + String(repeating: "0", count: 64)),
        ("X-WC-Webhook-Signature", "AAAA"), ("X-Api-Key", ""), ("Authorization", "Basic Og=="),
        ("X-Shop-Token", ""),
    ]

    @Test func whatNobodySignedIsTakenNowhere() async throws {
        try await attack(3, "unsigned and wrongly signed bodies at every source that demands a signature") { count in
            let before = try books.count("select count(*) from receipts")
            for path in [
                "/webhook/tiktok", "/webhook/by-header", "/webhook/by-query?token=", "/webhook/by-field",
                "/webhook/api_key", "/webhook/basic_auth", "/webhook/twilio", "/webhook/adyen", "/webhook/github",
                "/webhook/shopify", "/webhook/woocommerce", "/webhook/closed",
            ] {
                for header in Self.signatures {
                    let status = try shop.post(
                        #"{"order_number":"stranger","auth":{"token":""}}"#, [header], to: stack.state.url + path
                    ).status
                    count.expect(
                        [400, 401, 429].contains(status), "\(path) with \(header.name) \(header.value): \(status)")
                }
            }
            count.expect(try books.count("select count(*) from receipts") == before, "something was stored")
        }
    }

    @Test func anUnsignedBodyChangesNothingThatWasSigned() async throws {
        try await attack(3, "unsigned bodies over a signed order, where unsigned ones are taken") { count in
            func post(_ body: String, isSigned: Bool) throws -> Int {
                let code = HMAC.authenticationCode(
                    .sha256, key: SecretBytes(utf8: "\(Self.word)-5"), Array(body.utf8))
                return try shop.post(
                    body, isSigned ? [("X-Webhook-Signature", Hex.encode(code))] : [],
                    to: stack.state.url + "/webhook/open"
                ).status
            }
            let signed = #"{"order_number":"signed","status":"paid","email":"a@mail.example"}"#
            #expect(try post(signed, isSigned: true) == 200)
            let before = try books.lines("select status, email from orders where order_id = 'signed'")
            #expect(before == ["paid|a@mail.example"])
            for change in [
                #""status":"cancelled""#, #""email":"stranger@mail.example""#, #""status":null"#, #""email":"""#,
                #""status":"paid","email":"stranger@mail.example","updated_at":"2099-01-01T00:00:00Z""#,
            ] {
                _ = try post(#"{"order_number":"signed",\#(change)}"#, isSigned: false)
                let after = try books.lines("select status, email from orders where order_id = 'signed'")
                count.expect(after == before, "\(change) made \(after)")
            }
            // Unsigned first: a copy that a stranger sends makes the sender's delivery no duplicate.
            let copy = #"{"order_number":"copied","status":"paid","email":"b@mail.example"}"#
            _ = try post(copy, isSigned: false)
            #expect(try post(copy, isSigned: true) == 200)
            let verified = try books.count(
                "select count(*) from events where subject = 'order:copied' and verification = 'signature'")
            count.expect(verified == 1, "the signed delivery is a duplicate of the stranger's")
            let large = #"{"order_number":"large","note":"\#(String(repeating: "x", count: 70_000))"}"#
            let status = try post(large, isSigned: false)
            count.expect(status == 413, "70,000 unsigned bytes were answered \(status)")
            var answers: [Int] = []
            for number in 0..<130 where answers.last != 429 {
                answers.append(try post(#"{"order_number":"flood-\#(number)"}"#, isSigned: false))
            }
            count.expect(answers.last == 429, "130 unsigned bodies in a row were taken")
        }
    }
}
