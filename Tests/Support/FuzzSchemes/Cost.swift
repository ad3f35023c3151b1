import Forgery
import Glibc
import Verification

/// `FuzzSchemes cost [SCHEME…]`: the processor time of refusing the worst body of 1 MiB, for every scheme, as a
/// multiple of the HMAC-SHA256 and of the scheme's own digest of the same number of bytes. Meaningful in the release
/// build only.
enum Cost {
    private static let bytes = 1 << 20
    /// How many times its own digest a scheme over raw bytes may cost, where that digest alone is beyond the limit or
    /// near it.
    private static let ownLimit = 2.0

    /// A measurement: both figures, of the dearest body.
    private struct Figure {
        let name: String
        let time: Duration
        let times: Double
        let own: Double
    }

    /// - Returns: whether every scheme is within its limit.
    static func run(_ names: Set<String>) throws -> Bool {
        print("the HMAC-SHA256 of 1 MiB takes \(microseconds(CostCheck.hmac(bytes))) us")
        var isWithin = true
        for scheme in Scheme.presets where names.isEmpty || names.contains(scheme.name) {
            let check = try CostCheck(scheme)
            // Another program on the processor's other thread slows this one down, but not the HMAC, which waits for
            // its own results: a result over the limit is measured again.
            var figure = measure(check)
            for _ in 0..<4 where !holds(figure, check) {
                let again = measure(check)
                if again.times < figure.times { figure = again }
            }
            if !holds(figure, check) { isWithin = false }
            print(
                "\(scheme.name): \(rounded(figure.times)) times (limit \(Int(check.limit))), \(rounded(figure.own)) times "
                    + "its own digest, \(microseconds(figure.time)) us, by \(figure.name)"
                    + (holds(figure, check) ? "" : "   TOO DEAR"))
            fflush(nil)
        }
        return isWithin
    }

    private static func measure(_ check: CostCheck) -> Figure {
        let (plain, own) = (CostCheck.hmac(bytes), check.primitive(bytes))
        let worst = check.worst(bytes)
        return Figure(name: worst.name, time: worst.time, times: worst.time / plain, own: worst.time / own)
    }

    private static func holds(_ figure: Figure, _ check: CostCheck) -> Bool {
        figure.times <= check.limit || (!check.readsBody && figure.own <= ownLimit)
    }

    private static func rounded(_ factor: Double) -> Double { (factor * 100).rounded() / 100 }

    private static func microseconds(_ time: Duration) -> Int64 { time.components.attoseconds / 1_000_000_000_000 }
}
