import Crypto
import LocalStack
import Platform
import StackSuite
import Testing

/// Part 3: what somebody without the key makes of HTTP Message Signatures (RFC 9421), with a genuine delivery before them.
extension Attacks {
    /// The headers of a delivery, signed here and not by the engine.
    private struct Signed {
        var body: String
        var input: String
        var signature = ""
        var digest: String

        static let all = #"("@method" "@authority" "@path" "content-digest")"#

        /// - Parameters:
        ///   - authority: host and port.
        ///   - lines: the covered components, in the order of `components`.
        init(_ body: String, authority: String, path: String, created: Int64, key: String) {
            self.body = body
            digest = "sha-256=:\(Base64.encode(Digest.sha256.hash(Array(body.utf8)))):"
            let parameters = "\(Self.all);created=\(created)"
            input = "sig1=\(parameters)"
            let base = """
                "@method": POST
                "@authority": \(authority)
                "@path": \(path)
                "content-digest": \(digest)
                "@signature-params": \(parameters)
                """
            let code = HMAC.authenticationCode(.sha256, key: SecretBytes(utf8: key), Array(base.utf8))
            signature = "sig1=:\(Base64.encode(code)):"
        }

        var headers: [(name: String, value: String)] {
            [("Content-Digest", digest), ("Signature-Input", input), ("Signature", signature)]
        }
    }

    private func send(_ signed: Signed, to path: String = "/webhook/signed", _ more: [String] = []) throws -> Int {
        try shop.post(
            signed.body, signed.headers, to: stack.state.url + path, ["--interface", "127.0.0.12"] + more
        ).status
    }

    private func genuine(_ body: String, path: String = "/webhook/signed", age: Int64 = 0) -> Signed {
        Signed(
            body, authority: String(stack.state.url.dropFirst("https://".count)), path: path,
            created: SystemClock.wallMicroseconds() / 1_000_000 - age, key: "\(Self.word)-8")
    }

    @Test func nothingUnsignedOfAMessageSignatureDecides() async throws {
        try await attack(3, "deliveries of RFC 9421 that were changed, moved, repeated or forged") { count in
            let events = "select count(*) from events where source = 'signed'"
            #expect(try send(genuine(#"{"type":"order.created","n":1}"#)) == 200)
            #expect(try books.lines(events) == ["1"])
            // Sent again as it was: the same answer, and no second event.
            let captured = genuine(#"{"type":"order.created","n":2}"#)
            for _ in 0..<3 { #expect(try send(captured) == 200) }
            let stored = try books.lines(events)
            count.expect(stored == ["2"], "a delivery that came three times makes \(stored)")

            func expectRefused(
                _ signed: Signed, _ what: String, to path: String = "/webhook/signed", _ more: [String] = []
            ) throws {
                let status = try send(signed, to: path, more)
                count.expect([400, 401, 405].contains(status), "\(what): \(status)")
            }
            func changed(_ change: (inout Signed) -> Void) -> Signed {
                var signed = captured
                change(&signed)
                return signed
            }
            try expectRefused(captured, "on another path", to: "/webhook/other")
            try expectRefused(captured, "under another host", ["-H", "Host: 127.0.0.1"])
            try expectRefused(genuine("{}", age: 301), "too old")
            try expectRefused(genuine("{}", age: -400), "from the future")
            try expectRefused(changed { $0.body = #"{"type":"order.created","n":3}"# }, "another body")
            try expectRefused(
                changed {
                    $0.body = #"{"n":3}"#
                    $0.digest = "sha-256=:\(Base64.encode(Digest.sha256.hash(Array($0.body.utf8)))):"
                }, "another body with its digest")
            try expectRefused(changed { $0.digest += ", sha-512=:AAAA:" }, "a digest beside the signed one")
            try expectRefused(
                changed { $0.input = $0.input.replacing(#" "content-digest""#, with: "") }, "a part uncovered")
            try expectRefused(
                changed { $0.input = $0.input.replacing(#""@method" "@authority""#, with: #""@authority" "@method""#) },
                "another order of the parts")
            try expectRefused(changed { $0.input += ";created=9999999999" }, "a parameter twice")
            try expectRefused(changed { $0.input += #";nonce="x""# }, "a parameter more")
            try expectRefused(
                changed { $0.input = $0.input.replacing("created=", with: "created=0") }, "a number in other digits")
            try expectRefused(changed { $0.input += #";alg="none""# }, "another algorithm")
            try expectRefused(changed { $0.input = "sig1=()" }, "nothing covered")
            try expectRefused(changed { $0.signature = "sig1=::" }, "an empty signature")
            try expectRefused(changed { $0.signature = $0.signature.replacing("sig1", with: "sig2") }, "another label")
            try expectRefused(changed { $0.signature += ", " + $0.signature }, "a label twice")
            try expectRefused(
                changed { $0.input = "sig1=(" + String(repeating: #""a" "#, count: 1500) + ")" }, "very many parts")
            try expectRefused(
                changed { $0.input = (0..<200).map { "s\($0)=()" }.joined(separator: ", ") }, "two hundred signatures")
            for header in ["Signature: sig1=:AAAA:", "Signature-Input: sig1=()", "Content-Digest: sha-256=:AAAA:"] {
                try expectRefused(captured, "a second \(header)", ["-H", header])
            }
            try expectRefused(
                Signed(
                    "{}", authority: String(stack.state.url.dropFirst(8)), path: "/webhook/signed",
                    created: SystemClock.wallMicroseconds() / 1_000_000, key: "another key"), "another key")
            let after = try books.lines(events)
            count.expect(after == ["2"], "events: \(after)")
        }
    }
}
