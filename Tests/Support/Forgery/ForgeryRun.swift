public import Verification
import Webhooks

/// Forgeries tried on one scheme.
public struct ForgeryRun: Sendable {
    private let genuine: GenuineDelivery
    private let seed: UInt64

    /// A run over that scheme.
    /// - Throws: when its genuine delivery cannot be made, or is refused.
    public init(_ scheme: Scheme, seed: UInt64) throws {
        genuine = try GenuineDelivery(scheme)
        self.seed = seed
        _ = try scheme.verify(genuine.delivery, keyring: genuine.keyring, now: GenuineDelivery.now)
    }

    /// The results of the forgeries.
    public struct Outcome: Sendable {
        /// How many were refused.
        public var refused = 0
        /// How many meant the same as the genuine delivery and verified.
        public var equivalent = 0
        /// Those that verified wrongly; empty if all is well.
        public var accepted: [String] = []
    }

    /// Tries that many forgeries.
    /// - Parameter progress: called now and then with how many have been tried.
    public func run(_ count: Int, progress: (Int) -> Void = { _ in }) -> Outcome {
        var outcome = Outcome()
        var forger = Forger(genuine, seed: seed)
        for number in 1...max(1, count) {
            let forged = forger.next()
            if (try? genuine.scheme.verify(forged, keyring: genuine.keyring, now: GenuineDelivery.now)) == nil {
                outcome.refused += 1
            } else if genuine.saysTheSame(forged) {
                outcome.equivalent += 1
            } else if outcome.accepted.count < 10 {
                let headers = forged.headers.fields.map { "\($0.name): \($0.value)" }.joined(separator: " | ")
                outcome.accepted.append(
                    "number \(number): \(forged.url) \(headers) \(String(decoding: forged.body, as: UTF8.self))")
            }
            if number % 10_000 == 0 { progress(number) }
        }
        return outcome
    }
}
