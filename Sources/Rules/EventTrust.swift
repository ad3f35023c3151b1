public import Settings

/// Whether an event counts as verified.
public enum EventTrust: Sendable, Hashable {
    /// Its signature or credential was right, or we fetched it, or an operator replayed it.
    case verified
    /// Nothing was proven of it.
    case unverified

    /// - Parameters: - verification: `events.verification`: signature, credential or unverified. - origin:
    ///   `events.origin`. What we fetch comes over TLS by our own token; a replay with changes is an operator's.
    public init(verification: String, origin: String) {
        let isOurs = ["fetched", "reconciled", "replay"].contains(origin)
        self = verification != "unverified" || isOurs ? .verified : .unverified
    }
}

extension Rule {
    /// Whether the rule takes events with this trust.
    /// - Parameter isOpen: whether the source has no verification, so that all of its events are equal.
    public func takes(_ trust: EventTrust, fromOpenSource isOpen: Bool) -> Bool {
        switch verification {
        case .any: true
        case .verified: trust == .verified
        case .unverified: trust == .unverified
        case .standard: trust == .verified || isOpen
        }
    }

    /// Why the rule does not take such an event.
    public var trustObjection: String {
        verification == .unverified
            ? "the event is verified, but the rule takes unverified ones"
            : "the event is unverified, but the rule takes verified ones"
    }
}
