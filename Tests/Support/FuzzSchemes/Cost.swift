import Forgery
import Glibc
import Verification

/// `FuzzSchemes cost [SCHEME…]`: what refusing the worst body of 1 MiB costs in processor time, for every scheme, as a
/// multiple of the HMAC-SHA256 of as many bytes. Worth something in the release build only.
enum Cost {
    private static let bytes = 1 << 20

    /// - Returns: whether every scheme is within its limit.
    static func run(_ names: Set<String>) throws -> Bool {
        let plain = CostCheck.hmac(bytes)
        print("the HMAC-SHA256 of 1 MiB takes \(microseconds(plain)) us")
        var isWithin = true
        for scheme in Scheme.presets where names.isEmpty || names.contains(scheme.name) {
            let check = try CostCheck(scheme)
            let worst = check.worst(bytes)
            let ratio = worst.time / plain
            let verdict = ratio <= check.limit ? "" : "   TOO DEAR"
            if ratio > check.limit { isWithin = false }
            print(
                "\(scheme.name): \((ratio * 100).rounded() / 100) times (limit \(Int(check.limit))), "
                    + "\(microseconds(worst.time)) us, by \(worst.name)\(verdict)")
        }
        fflush(nil)
        return isWithin
    }

    private static func microseconds(_ time: Duration) -> Int64 { time.components.attoseconds / 1_000_000_000_000 }
}
