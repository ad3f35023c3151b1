import Glibc
import JSON
public import Verification
import Webhooks

/// Whether the time of a refusal grows no faster than the request.
public struct GrowthCheck: Sendable {
    private let genuine: GenuineDelivery

    /// A check of that scheme.
    public init(_ scheme: Scheme) throws { genuine = try GenuineDelivery(scheme) }

    private static let units = [
        "v1,AAAA ", "v1=AAAA,", "s=,", ",", "= ", "\u{301}", "a=1&", "%41", "&", "{\"a\":", "[", "\"\\u00e9\",", " ",
        "t=1,", "1",
    ]

    /// The largest factor by which four times as long a request took longer, over all units that a hostile sender may
    /// repeat in header and body, and over what grows inside a body that is of the right form but for its signature:
    /// 4 for a linear scheme, 16 for a quadratic one. Each time is the best of three, and times too short to tell are
    /// left out.
    /// - Parameter bytes: the length of the shorter request's header and of its body.
    public func worstFactor(_ bytes: Int = 32_768) -> Double {
        let repeated = Self.units.map { unit in { (bytes: Int) in hostile(unit, bytes) } }
        return (repeated + [grownList, grownText, grownBatch]).map { make in
            let short = best(make(bytes))
            let long = best(make(4 * bytes))
            return short < .microseconds(200) && long < .milliseconds(4) ? 0 : long / max(short, .microseconds(200))
        }.max() ?? 0
    }

    private func hostile(_ unit: String, _ bytes: Int) -> Delivery {
        let text = String(repeating: unit, count: bytes / unit.utf8.count)
        var hostile = genuine.delivery
        hostile.body = Array(text.utf8)
        hostile.headers = HeaderFields(genuine.scheme.securityHeaders.map { (name: $0, value: text) })
        hostile.query = text
        return hostile
    }

    /// A long list beside what is signed, of which one text is changed.
    private func grownList(_ bytes: Int) -> Delivery {
        changed { body in
            Self.signedPlaces.contains { body.set("changed", at: $0) }
                && body.set(.array(Array(repeating: [:], count: bytes / 3)), at: ["padding"])
        }
    }

    /// A long text in what is signed.
    private func grownText(_ bytes: Int) -> Delivery {
        changed { body in
            Self.signedPlaces.contains { body.set(.string(String(repeating: "é", count: bytes / 2)), at: $0) }
        }
    }

    /// A long batch of which the last element alone is wrong.
    private func grownBatch(_ bytes: Int) -> Delivery {
        changed { body in
            guard let element = body["notificationItems"]?.array?.first else { return false }
            var wrong = element
            let batch = Array(repeating: element, count: bytes / element.serialized().count)
            return wrong.set("changed", at: ["NotificationRequestItem", "pspReference"])
                && body.set(.array(batch + [wrong]), at: ["notificationItems"])
        }
    }

    /// Where a text stands that is signed.
    private static let signedPlaces = [
        ["notificationItems", "0", "NotificationRequestItem", "merchantReference"], ["Message"], ["data", "order_id"],
    ]

    /// The genuine delivery with another body; unchanged where its body has no such place.
    private func changed(_ change: (inout JSONValue) -> Bool) -> Delivery {
        var delivery = genuine.delivery
        if var body = try? JSONValue(parsing: delivery.body), change(&body) { delivery.body = body.serialized() }
        return delivery
    }

    /// In the thread's own processor time, so that what else the machine does counts little.
    private func best(_ hostile: Delivery) -> Duration {
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
