package import StandIns

/// The faults of a simulation, with what people do about them.
package struct Faults: Sendable {
    /// What goes wrong for a while.
    package enum Kind: String, Sendable, CaseIterable {
        /// The secret of the webhooks was changed in the wrong order: every delivery is refused.
        case wrongSecret = "wrong secret"
        /// The provider has switched a webhook off.
        case webhookOff = "webhook off"
        /// The host is down.
        case outage
        /// A token has expired, and nobody has written a new one yet.
        case token = "expired token"
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

    /// The faults of that many days: a token of each shop expires every day; an outage, an hour of the wrong secret, and
    /// two webhooks that are switched off, where there are days enough.
    package init(days: Int, random: inout SeededNumbers) {
        var faults: [Fault] = []
        for day in 0..<days {
            for shop in ShopStandIns.Shop.simulated {
                let start = day * 1440 + random.below(1300)
                faults.append(Fault(kind: .token, shop: shop, minutes: start...start + 5 + random.below(40)))
            }
        }
        func add(_ kind: Kind, _ shop: ShopStandIns.Shop?, day: Int, _ length: Int) {
            let start = day * 1440 + 120 + random.below(600)
            faults.append(Fault(kind: kind, shop: shop, minutes: start...start + length))
        }
        add(.wrongSecret, nil, day: days / 5, 60)
        add(.webhookOff, .tiktok, day: days / 3, 180)
        add(.outage, nil, day: days / 2, 360)
        add(.webhookOff, .shopify, day: days * 4 / 5, 240)
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
