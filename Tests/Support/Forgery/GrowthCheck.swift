import Glibc
public import Verification
import Webhooks

/// Whether the time that a refusal takes grows no faster than the request.
public struct GrowthCheck: Sendable {
    private let genuine: GenuineDelivery

    /// A check of that scheme.
    public init(_ scheme: Scheme) throws { genuine = try GenuineDelivery(scheme) }

    private static let units = [
        "v1,AAAA ", "v1=AAAA,", "s=,", ",", "= ", "\u{301}", "a=1&", "%41", "&", "{\"a\":", "[", "\"\\u00e9\",", " ",
        "t=1,", "1",
    ]

    /// The largest factor by which four times as long a header and body took longer, over all units that a hostile
    /// sender may repeat: 4 for a linear scheme, 16 for a quadratic one. Each time is the best of three, and times
    /// too short to tell are left out.
    /// - Parameter bytes: the length of the shorter request's header and of its body.
    public func worstFactor(_ bytes: Int = 32_768) -> Double {
        Self.units.map { unit in
            let short = best(unit, bytes)
            let long = best(unit, 4 * bytes)
            return short < .microseconds(200) && long < .milliseconds(4) ? 0 : long / max(short, .microseconds(200))
        }.max() ?? 0
    }

    /// In the thread's own processor time, so that what else the machine does counts little.
    private func best(_ unit: String, _ bytes: Int) -> Duration {
        let text = String(repeating: unit, count: bytes / unit.utf8.count)
        var hostile = genuine.delivery
        hostile.body = Array(text.utf8)
        hostile.headers = HeaderFields(genuine.scheme.securityHeaders.map { (name: $0, value: text) })
        hostile.query = text
        let times = (0..<3).map { _ in
            let start = Self.processorTime()
            _ = try? genuine.scheme.verify(hostile, keyring: genuine.keyring, now: GenuineDelivery.now)
            return Self.processorTime() - start
        }
        return times.min() ?? .zero
    }

    private static func processorTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
