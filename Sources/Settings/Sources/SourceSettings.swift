public import Providers
public import Verification
public import Webhooks

/// One configured sender.
public struct SourceSettings: Sendable {
    /// What to do with a delivery that Postgres can not take.
    public enum StoreFailurePolicy: String, Sendable, CaseIterable {
        /// Answer 503 with `Retry-After`: the sender tries again.
        case retry
        /// Keep it in the spool and answer 2xx: for senders that do not try again.
        case spool
    }

    /// One contract that a source speaks, with what its deliveries are verified by.
    public struct Contract: Sendable {
        /// The contract.
        public let provider: any Provider
        /// Its signing secrets and static credentials.
        public let keyring: Keyring
        /// What its signing secrets are called, also for a program that is not to have them.
        public let secretNames: [String]
        /// What it demands of a delivery.
        public let verification: VerificationPolicy
        /// By how many seconds the time of signing may differ; nil for the scheme's own.
        public let tolerance: Int64?
        /// What to do when Postgres is away.
        public let onStoreFailure: StoreFailurePolicy
        /// The source to which its deliveries belong, where that is another one with the same secrets: it has another path,
        /// and what was sent to one must not count again when it is sent to the other.
        public let keptAs: String?

        /// Verifies a delivery at the moment when it was received.
        /// - Throws: a refusal, whose reason is for the operator only.
        public func verify(_ delivery: Delivery) throws(Refusal) -> VerifiedDelivery {
            try provider.scheme.verify(
                delivery, keyring: keyring, policy: verification, tolerance: tolerance, now: delivery.receivedAt)
        }

        /// Verifies a delivery again whose credential is there as a keyed hash, as of when it was received.
        /// - Throws: a refusal, whose reason is for the operator only.
        public func verify(
            _ delivery: Delivery, credential: CredentialHash, by key: CredentialKey
        ) throws(Refusal) -> VerifiedDelivery {
            try provider.scheme.verify(
                delivery, credential: credential, by: key, keyring: keyring, tolerance: tolerance,
                now: delivery.receivedAt)
        }
    }

    /// What the operator calls it, such as `tiktok-shop`; events carry it.
    public let name: String
    /// The first contract: the one by which a delivery is held that none recognizes.
    public let contract: Contract
    /// The other contracts, told apart by their headers.
    public let otherContracts: [Contract]
    /// The paths its deliveries come to, matched exactly.
    public let paths: [String]
    /// The largest body, in bytes.
    public let bodyLimit: Int
    /// For how many seconds an equal body counts as the same event, for providers with neither id nor time.
    public let dedupeWindow: Int64
    /// How many events of one body count within 24 hours, for providers with neither id nor time.
    public var repeatsPerDay = SourceSettings.defaultRepeatsPerDay
    /// Which shops it serves, where ids are the shop's own; nil for what fits its providers.
    public var shops: ShopSettings?

    /// 20.
    public static let defaultRepeatsPerDay = 20
    /// The two letters of the country (ISO 3166) that its telephone numbers without one belong to; nil when none is set.
    public internal(set) var country: String?
    /// Whether requests to redact or copy a person's data are carried out without a rule that says so.
    public internal(set) var isCompliant = true
    let unsigned: UnsignedLimits.Written

    /// 1 MiB.
    public static let defaultBodyLimit = 1 << 20
    /// 10 minutes.
    public static let defaultDedupeWindow: Int64 = 600

    /// All contracts that it speaks.
    public var contracts: [Contract] { [contract] + otherContracts }

    /// The contract of the provider of that name.
    public func contract(of provider: String) -> Contract? {
        contract.provider.name == provider ? contract : otherContracts.first { $0.provider.name == provider }
    }

    /// Their names.
    public var providers: [String] { contracts.map(\.provider.name) }

    /// How much it takes of what is not signed and comes by that contract.
    public func unsignedLimits(of contract: Contract) -> UnsignedLimits {
        unsigned.limits(else: contract.verification == .none ? .none : .standard)
    }

    /// For how many seconds an equal body of that provider counts as the same event: at least as long as its tolerance lets a
    /// captured delivery be sent again, before and after its time.
    public func dedupeWindow(of provider: any Provider) -> Int64 {
        let tolerance = contract(of: provider.name)?.tolerance
        return max(dedupeWindow, 2 * (provider.scheme.timestamp.map { tolerance ?? $0.tolerance ?? 0 } ?? 0))
    }

    /// The contract that a delivery follows, by its headers; the first one when none recognizes it, so that it is
    /// refused in that contract's own shape.
    public func contract(for delivery: Delivery) -> Contract {
        if otherContracts.isEmpty || contract.provider.recognizes(delivery) { return contract }
        return otherContracts.first { $0.provider.recognizes(delivery) } ?? contract
    }

    /// Verifies a delivery by the contract that it follows.
    /// - Throws: a refusal, whose reason is for the operator only. When nothing tells which of several contracts it
    ///   follows, that names the signatures of all of them.
    public func verify(_ delivery: Delivery, by contract: Contract) throws(Refusal) -> VerifiedDelivery {
        do throws(Refusal) {
            return try contract.verify(delivery)
        } catch {
            guard error.kind == .missingSignature, !otherContracts.isEmpty,
                !contracts.contains(where: { $0.provider.recognizes(delivery) })
            else { throw error }
            let places = contracts.map { "no \($0.provider.scheme.signature) (\($0.provider.name))" }
            throw Refusal(error.kind, "there is \(places.joined(separator: " and "))")
        }
    }

    /// The schemes by which deliveries to its paths are judged.
    public var schemes: [Scheme] { contracts.map(\.provider.scheme) }

    /// A delivery without the credentials that any of its contracts has in a request: what may be stored or shown.
    public func masked(_ delivery: Delivery) -> Delivery { delivery.masked(by: schemes) }

    /// The same of a verified one.
    public func masked(_ verified: VerifiedDelivery) -> VerifiedDelivery { verified.masked(by: schemes) }

    /// The answer to an unsigned ping or challenge of any of its contracts, with that contract; nil for everything that is
    /// to be verified.
    public func handshake(_ delivery: Delivery) -> (contract: Contract, answer: Answer)? {
        contracts.lazy.compactMap { contract in
            contract.provider.handshake(delivery, keyring: contract.keyring).map { (contract, $0) }
        }.first
    }
}
