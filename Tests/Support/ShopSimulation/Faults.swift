package import StandIns

/// The faults of a simulation, with what people do about them.
package struct Faults: Sendable {
    /// What goes wrong for a while.
    package enum Kind: String, Sendable, CaseIterable {
        /// The secret of the webhooks was changed in the wrong order: every delivery is refused.
        case wrongSecret = "wrong secret"
        /// The provider switches the webhooks off; the watch registers them again.
        case webhookOff = "webhook off"
        /// A person has paused the webhooks of WooCommerce.
        case paused
        /// The host is down.
        case outage
        /// The provider ends an access token before its time, and refuses it.
        case token = "ended token"
        /// The seller has taken his permission back, until a person authorizes again.
        case revoked
    }

    /// One fault, in minutes from the start.
    package struct Fault: Sendable {
        /// What goes wrong.
        package let kind: Kind
        /// In which shop; nil for all.
        package let shop: ShopStandIns.Shop?
        /// Its first and its last minute.
        package let minutes: ClosedRange<Int>

        /// Whether it concerns a shop at a time.
        package func concerns(_ other: ShopStandIns.Shop, at minute: Int) -> Bool {
            (shop == nil || shop == other) && minutes.contains(minute)
        }
    }

    /// All of them.
    package let all: [Fault]

    /// The faults of that many days. Tokens expire every day, and every day one of them ends early.
    /// - Parameter days: at least 3, so that no two of the long faults meet.
    package init(days: Int, random: inout SeededNumbers) {
        var faults: [Fault] = []
        for day in 0..<days {
            let start = day * 1440 + random.below(1300)
            faults.append(
                Fault(kind: .token, shop: day.isMultiple(of: 2) ? .tiktok : .shopify, minutes: start...start))
        }
        /// In the morning, or in the afternoon.
        func add(_ kind: Kind, _ shop: ShopStandIns.Shop?, day: Int, isLate: Bool = false, _ length: Int) {
            let start = day * 1440 + (isLate ? 720 : 120) + random.below(240)
            faults.append(Fault(kind: kind, shop: shop, minutes: start...start + length))
        }
        add(.wrongSecret, nil, day: days / 5, 60)
        add(.paused, .woocommerce, day: days / 4, isLate: true, 240)
        // The provider does it at one moment, and nobody undoes it but the watch.
        add(.webhookOff, .tiktok, day: days / 3, 0)
        add(.outage, nil, day: days / 2, isLate: true, 360)
        add(.webhookOff, .shopify, day: days * 4 / 5, 0)
        add(.revoked, .tiktok, day: days * 2 / 3, isLate: true, 360)
        all = faults
    }

    /// Whether a fault of that kind concerns a shop at a time.
    package func isOn(_ kind: Kind, _ shop: ShopStandIns.Shop, at minute: Int) -> Bool {
        all.contains { $0.kind == kind && $0.concerns(shop, at: minute) }
    }
}

/// Numbers that follow from a seed (SplitMix64, https://prng.di.unimi.it/splitmix64.c).
package struct SeededNumbers: Sendable {
    private var state: UInt64

    /// The numbers of a seed.
    package init(seed: UInt64) { state = seed }

    /// The next one, from 0 and below a limit.
    package mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(max(1, limit)))
    }

    /// Whether something of that probability happens.
    package mutating func happens(percent: Int) -> Bool { below(100) < percent }
}
