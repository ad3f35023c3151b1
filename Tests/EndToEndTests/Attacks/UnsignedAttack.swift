import LocalStack
import StackSuite
import StandIns
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
            let signed = #"{"order_number":"signed","status":"paid","email":"a@mail.example"}"#
            #expect(try open(signed, isSigned: true) == 200)
            let before = try books.lines("select status, email from orders where order_id = 'signed'")
            #expect(before == ["paid|a@mail.example"])
            for change in [
                #""status":"cancelled""#, #""email":"stranger@mail.example""#, #""status":null"#, #""email":"""#,
                #""status":"paid","email":"stranger@mail.example","updated_at":"2099-01-01T00:00:00Z""#,
            ] {
                _ = try open(#"{"order_number":"signed",\#(change)}"#, isSigned: false)
                let after = try books.lines("select status, email from orders where order_id = 'signed'")
                count.expect(after == before, "\(change) made \(after)")
            }
            // Unsigned first: a copy that a stranger sends makes the sender's delivery no duplicate.
            let copy = #"{"order_number":"copied","status":"paid","email":"b@mail.example"}"#
            _ = try open(copy, isSigned: false)
            #expect(try open(copy, isSigned: true) == 200)
            let verified = try books.count(
                "select count(*) from events where subject = 'order:copied' and verification = 'signature'")
            count.expect(verified == 1, "the signed delivery is a duplicate of the stranger's")
            let large = #"{"order_number":"large","note":"\#(String(repeating: "x", count: 70_000))"}"#
            let status = try open(large, isSigned: false)
            count.expect(status == 413, "70,000 unsigned bytes were answered \(status)")
            var answers: [Int] = []
            for number in 0..<130 where answers.last != 429 {
                answers.append(try open(#"{"order_number":"flood-\#(number)"}"#, isSigned: false))
            }
            count.expect(answers.last == 429, "130 unsigned bodies in a row were taken")
        }
    }
    /// A stranger writes an address before the shop's own order comes; what is then sent must not use it.
    @Test func whatAStrangerSeededIsNotUsed() async throws {
        try await attack(3, "addresses and names that are seeded before a signed event") { count in
            for number in 0..<4 {
                let id = "seeded-\(number)"
                let bait =
                    #"{"order_number":"\#(id)","status":"pending","email":"stranger@mail.example","customer_name":"M"}"#
                #expect(try open(bait, isSigned: false, from: "127.0.0.7") == 200)
                #expect(try open(#"{"order_number":"\#(id)","status":"paid"}"#, isSigned: true) == 200)
                let unverified = try books.lines(
                    "select unverified_fields::text from order_states where order_id = '\(id)'")
                count.expect(
                    unverified.first?.contains("email") == true, "the seeded address is not marked: \(unverified)")
            }
            try await settle()
            #expect(
                try open(
                    #"{"order_number":"seeded-0","status":"paid","email":"own@mail.example"}"#, isSigned: true) == 200)
            #expect(
                try await books.eventually(
                    "select count(*) > 0 from job_log where order_id = 'seeded-0' and outcome = 'done'", are: ["t"]))
            let messages = try standIns.effects("slack").keys
            #expect(messages.contains { $0.hasPrefix("seeded-0 ") && $0.hasSuffix(" at own@mail.example") })
            for message in messages {
                count.expect(!message.contains("stranger@"), "a message used a stranger's address: \(message)")
            }
        }
    }
}
