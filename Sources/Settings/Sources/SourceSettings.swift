public import Providers
public import Verification
public import Webhooks

/// One configured sender.
public struct SourceSettings: Sendable {
    /// The handling of a delivery that Postgres cannot store.
    public enum StoreFailurePolicy: String, Sendable, CaseIterable {
        /// Answer 503 with `Retry-After`: the sender retries.
        case retry
        /// Keep it in the spool and answer 2xx: for senders that do not retry.
        case spool
    }

    /// One contract of a source, with its secrets and settings.
    public struct Contract: Sendable {
        /// The contract.
        public let provider: any Provider
        /// Its signing secrets and static credentials.
        public let keyring: Keyring
        /// The names of its signing secrets, also for a program that must not have them.
        public let secretNames: [String]
        /// Its verification policy.
        public let verification: VerificationPolicy
        /// The tolerance of the time of signing, in seconds; nil for the scheme's.
        public let tolerance: Int64?
        /// The behaviour while Postgres is away.
        public let onStoreFailure: StoreFailurePolicy
        /// The source that owns its deliveries, if that is another one with the same secrets: a delivery that is sent
        /// to the paths of both must be stored once.
        public let keptAs: String?

        func handshake(_ delivery: Delivery) -> Answer? { provider.handshake(delivery, keyring: keyring) }

        /// Verifies a delivery at the moment when it was received.
        /// - Throws: a refusal, whose reason is for the operator only.
        public func verify(_ delivery: Delivery) throws(Refusal) -> VerifiedDelivery {
            try provider.scheme.verify(
                delivery, keyring: keyring, policy: verification, tolerance: tolerance, now: delivery.receivedAt)
        }

        /// The contract by which a refused delivery is verified again, as of its receipt: with the secrets of now, whatever
        /// their start dates, and always by a signature or credential.
        /// - Parameter acceptsLate: whether the time of signing may be any.
        public func ofRelease(acceptsLate: Bool) -> Contract {
            var keyring = keyring
            keyring.secrets = keyring.secrets.map {
                SigningSecret(keyID: $0.keyID, secret: $0.secret, validFrom: nil, validUntil: $0.validUntil)
            }
            return Contract(
                provider: provider, keyring: keyring, secretNames: secretNames, verification: .required,
                tolerance: acceptsLate ? Scheme.anyTime : tolerance, onStoreFailure: onStoreFailure, keptAs: keptAs)
        }

        /// Verifies a delivery again by the keyed hash of its credential, as of its receipt.
        /// - Throws: a refusal, whose reason is for the operator only.
        public func verify(
            _ delivery: Delivery, credential: CredentialHash, by key: CredentialKey
        ) throws(Refusal) -> VerifiedDelivery {
            try provider.scheme.verify(
                delivery, credential: credential, by: key, keyring: keyring, tolerance: tolerance,
                now: delivery.receivedAt)
        }
    }

    /// Its configured name, such as `tiktok-shop`; events carry it.
    public let name: String
    /// The first contract: the default for a delivery that none recognizes.
    public let contract: Contract
    /// The other contracts, recognized by their headers.
    public let otherContracts: [Contract]
    /// The paths its deliveries come to, matched exactly.
    public let paths: [String]
    /// The largest body, in bytes.
    public let bodyLimit: Int
    /// How many seconds an equal body is the same event, for providers with neither id nor time.
    public let dedupeWindow: Int64
    /// The most events of one body within 24 hours, for providers with neither id nor time.
    public var repeatsPerDay = SourceSettings.defaultRepeatsPerDay
    /// Its shops, if ids are unique per shop only; nil for the providers' default.
    public var shops: ShopSettings?

    /// The default of `repeats_per_day`.
    public static var defaultRepeatsPerDay: Int { SourceKeys.repeatsPerDay.standard }
    /// The two letters of the country (ISO 3166) that its telephone numbers without one belong to; nil when none is
    /// set.
    public internal(set) var country: String?
    /// Whether requests to redact or copy a person's data are carried out without a rule that says so.
    public internal(set) var isCompliant = true
    /// How it is compared with its provider's API; nil if it is not.
    public internal(set) var reconcile: ReconcileSettings?
    /// The webhooks that must be registered at its provider; nil if they are not watched.
    public internal(set) var webhooks: WebhookSettings?
    /// The provider's app whose tokens are kept; nil if there is none.
    public internal(set) var app: AppSettings?
    let unsigned: UnsignedLimits.Written

    /// The default of `body_limit`, in bytes.
    public static var defaultBodyLimit: Int { SourceKeys.bodyLimit.standard }

    /// All contracts that it speaks.
    public var contracts: [Contract] { [contract] + otherContracts }

    /// The contract of the provider of that name.
    public func contract(of provider: String) -> Contract? {
        contract.provider.name == provider ? contract : otherContracts.first { $0.provider.name == provider }
    }

    /// Their names.
    public var providers: [String] { contracts.map(\.provider.name) }

    /// The limits of unsigned deliveries of this contract.
    public func unsignedLimits(of contract: Contract) -> UnsignedLimits {
        unsigned.limits(else: contract.verification == .none ? .none : .standard)
    }

    /// How many seconds an equal body of this provider is the same event: at least as long as the tolerance lets a
    /// captured delivery be resent.
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
    /// - Throws: a refusal, whose reason is for the operator only. If its contract is unclear, the reason names the
    ///   signatures of all contracts.
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

    /// The schemes of deliveries to its paths.
    public var schemes: [Scheme] { contracts.map(\.provider.scheme) }

    /// A delivery without any contract's credentials, for storage and display.
    public func masked(_ delivery: Delivery) -> Delivery {
        hasCredentials ? delivery.masked(by: schemes) : delivery
    }

    /// The same of a verified one.
    public func masked(_ verified: VerifiedDelivery) -> VerifiedDelivery {
        hasCredentials ? verified.masked(by: schemes) : verified
    }

    /// The answer to an unsigned ping or challenge of any of its contracts, with that contract; nil for everything that
    /// is to be verified.
    public func handshake(_ delivery: Delivery) -> (contract: Contract, answer: Answer)? {
        if let answer = contract.handshake(delivery) { return (contract, answer) }
        for contract in otherContracts {
            if let answer = contract.handshake(delivery) { return (contract, answer) }
        }
        return nil
    }

    /// Whether requests to its paths may hold a secret itself.
    private var hasCredentials: Bool {
        contract.provider.scheme.hasCredentials
            || otherContracts.contains(where: { $0.provider.scheme.hasCredentials })
    }
}
