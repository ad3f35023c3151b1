import Crypto
import Glibc
public import Verification
import Webhooks

/// The cost of a refusal: processor time of the worst body that a stranger can send, relative to the HMAC of the same
/// number of bytes.
public struct CostCheck: Sendable {
    private let genuine: GenuineDelivery

    /// A check of that scheme.
    public init(_ scheme: Scheme) throws { genuine = try GenuineDelivery(scheme) }

    /// The limits, as multiples of the plain HMAC: for schemes that sign the raw bytes, and for those that must parse
    /// the body to find the signed parts.
    public var limit: Double {
        readsBody ? 10 : 4
    }

    /// Whether the scheme parses the body to find the signed parts.
    public var readsBody: Bool { genuine.scheme.readsBody }

    /// The most expensive of all hostile bodies of that length, with its name.
    public func worst(_ bytes: Int) -> (name: String, time: Duration) {
        HostileBodies.all(bytes, scheme: genuine.scheme, genuine: genuine.delivery.body)
            .map { (name: $0.name, time: refusing($0.body)) }.max { $0.time < $1.time } ?? ("none", .zero)
    }

    /// The refusal of a body that need not be parsed.
    public func plain(_ bytes: Int) -> Duration { refusing([UInt8](repeating: UInt8(ascii: "a"), count: bytes)) }

    /// The time of the scheme's own digest for the same number of bytes, without a signature: SHA-512, without
    /// processor instructions, is three times as expensive as SHA-256 with them.
    public func primitive(_ bytes: Int) -> Duration {
        let body = [UInt8](repeating: 0x61, count: bytes)
        let digest: Digest =
            switch genuine.scheme.algorithm {
            case .hmac(let digest): digest
            case .publicKey(.ed25519): .sha512
            case .publicKey(.ecdsaSHA1), .publicKey(.rsaSHA1): .sha1
            case .publicKey, .sharedSecret: .sha256
            }
        return Self.best { _ = digest.hash(body) }
    }

    /// The HMAC-SHA256 of the same number of bytes.
    public static func hmac(_ bytes: Int) -> Duration {
        let (key, body) = (SecretBytes(utf8: "key"), [UInt8](repeating: 0x61, count: bytes))
        return best { _ = HMAC.authenticationCode(.sha256, key: key, body) }
    }

    private func refusing(_ body: [UInt8]) -> Duration {
        var hostile = genuine.delivery
        hostile.body = body
        return Self.best { _ = try? genuine.scheme.verify(hostile, keyring: genuine.keyring, now: GenuineDelivery.now) }
    }

    /// The best of nine, in the thread's own processor time, so that other load matters little.
    private static func best(_ work: () -> Void) -> Duration {
        (0..<9).map { _ in
            let start = processorTime()
            work()
            return processorTime() - start
        }.min() ?? .zero
    }

    private static func processorTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}

/// Bodies that cost as much as a stranger can make them.
enum HostileBodies {
    static func all(_ bytes: Int, scheme: Scheme, genuine: [UInt8]) -> [(name: String, body: [UInt8])] {
        var bodies = units.map { ("repeated \($0)", filled($0, bytes)) }
        bodies += [
            ("fields with one beginning", sameBeginning(bytes)), ("values with one beginning", sameValues(bytes)),
            ("fields of two beginnings", twoBeginnings(bytes)),
            ("many members", members(bytes)),
            ("escaped text of an object", object(escapes: "\\u00e9", bytes)),
            ("pairs of escapes", object(escapes: "\\ud83d\\ude00", bytes)),
            ("escaped quotes", object(escapes: "\\\"", bytes)),
            ("escaped quotes between text", object(escapes: "xxxxx\\\"xxxxx", bytes)),
            ("members and escapes", membersAndEscapes(bytes)),
            ("escaped text", "\"" + String(repeating: "\\u00e9", count: bytes / 6) + "\""),
            ("deep", String(repeating: "[", count: 64) + String(repeating: "0,", count: 14_000) + "0"),
        ].map { ($0.0, Array($0.1.utf8)) }
        // The genuine body with an appendix, so that it is well-formed until its end.
        let room = max(0, bytes - genuine.count)
        if genuine.first == UInt8(ascii: "{") {
            let padding = Array(#"{"padding":["#.utf8) + filled("\"\(String(repeating: "x", count: 50))\",", room)
            bodies.append(("padded", padding + Array("0],".utf8) + genuine.dropFirst()))
        } else {
            bodies.append(("padded", genuine + filled("&\(String(repeating: "x", count: 1100))=1", room)))
        }
        return bodies
    }

    private static let units = ["a=1&", "%41", "&", "+", "{\"a\":", "[", "0,", "\"\",", " ", "\"\\u00e9\","]

    private static func filled(_ unit: String, _ bytes: Int) -> [UInt8] {
        Array(String(repeating: unit, count: max(0, bytes) / unit.utf8.count).utf8)
    }

    /// A message of nearly as many escapes as are read, and plain text.
    private static func object(escapes: String, _ bytes: Int) -> String {
        let count = min(59_000 / max(1, escapes.filter { $0 == "\\" }.count), (bytes - 20) / escapes.utf8.count)
        let message = String(repeating: escapes, count: count)
        let room = max(0, bytes - 20 - message.utf8.count)
        return "{\"Message\":\"" + message + String(repeating: "x", count: room) + "\"}"
    }

    /// Half of the members and half of the escapes that are read.
    private static func membersAndEscapes(_ bytes: Int) -> String {
        let (count, escapes) = (3_700, String(repeating: "\\n", count: 7))
        let value = escapes + String(repeating: "v", count: max(1, bytes / count - 28))
        return "{" + (0..<count).map { "\"k\($0)\":\"\(value)\"" }.joined(separator: ",") + "}"
    }

    /// As many fields as are read, which differ at their end alone.
    private static func sameBeginning(_ bytes: Int) -> String {
        let name = String(repeating: "n", count: bytes / 1_000 - 6)
        return (0..<999).map { "\(name)\(999 - $0)" }.joined(separator: "&")
    }

    private static func sameValues(_ bytes: Int) -> String {
        let value = String(repeating: "v", count: bytes / 1_000 - 8)
        return (0..<999).map { "a=\(value)\(999 - $0)" }.joined(separator: "&")
    }

    /// Halves, quarters and so on have a beginning in common.
    private static func twoBeginnings(_ bytes: Int) -> String {
        let length = bytes / 1_000 - 6
        return (0..<999).map { number in
            let bits = (0..<10).map { String(repeating: number >> $0 & 1 == 1 ? "m" : "n", count: length / 10) }
            return bits.joined()
        }.joined(separator: "&")
    }

    /// An object of nearly as many members as are read.
    private static func members(_ bytes: Int) -> String {
        let value = String(repeating: "v", count: max(1, bytes / 7_400 - 14))
        return "{" + (0..<7_400).map { "\"k\($0)\":\"\(value)\"" }.joined(separator: ",") + "}"
    }
}
