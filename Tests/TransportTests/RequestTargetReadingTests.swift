import Outbound
import TestThreads
import Testing

@testable import Transport

/// What is named and what libcurl connects to are one place.
@Suite(.blocking) struct RequestTargetReadingTests {
    /// Pieces that readers of URLs are known to disagree about.
    private static let pieces = [
        "http", "https", "smtp", "HTTP", "file", "://", ":/", ":///", ":", "//", "/", "\\", "@", "?", "#", "%", "%2e",
        "%40",
        "[", "]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[fe80::1%25lo]", "::", "a", "A", "b.example",
        ".", "..",
        "-", "_", "127.0.0.1", "127.1", "0x7f", "017", "1", "0", "256", "443", "65535", "65536", "00080", " ", "\t",
        "\n", "ü",
        "é", "１", "。", "x@y", "user:pw@", "&", ";", "'", "*", "~", "+",
    ]

    @Test func agreesWithLibcurlOnRandomURLs() {
        var chance = SystemRandomNumberGenerator()
        var (both, wrong) = (0, [String]())
        for round in 0..<200_000 {
            let begin =
                round % 4 == 0
                ? "" : ["http://", "https://", "smtp://", "https://user@"].randomElement(using: &chance)!
            let url = (0..<Int.random(in: 1...6, using: &chance)).reduce(into: begin) { url, _ in
                url += Self.pieces.randomElement(using: &chance)!
            }
            guard let read = RequestTarget(url: url), let connected = RequestTarget(connecting: url) else { continue }
            both += 1
            if !read.isSame(as: connected) { wrong.append(url) }
        }
        #expect(both > 1000)
        #expect(wrong == [])
    }

    @Test func whatIsReadInTwoWaysIsNotSent() throws {
        let client = try HTTPClient(
            HTTPClient.Configuration(addressGuard: AddressGuard(allowing: ["127.0.0.1"])))
        for url in ["http://127.1:9/", "http://2130706433:9/", "http:/127.0.0.1:9/", "http://%3127.0.0.1:9/"] {
            do throws(OutboundFailure) {
                _ = try client.perform(HTTPRequest(method: "GET", url: url))
                Issue.record("\(url) was sent")
            } catch {
                #expect(error.kind == .invalidRequest && error.reach == .notSent, "\(url)")
            }
        }
    }
}
