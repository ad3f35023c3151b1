public import Verification
public import Webhooks

/// One provider's contract: how its deliveries are told from others, verified, read and answered.
///
/// All of it is pure: the same delivery always gives the same event and the same answer.
public protocol Provider: Sendable {
    /// The name of the contract, such as `tiktok_shop`.
    var name: String { get }

    /// How its deliveries are signed.
    var scheme: Scheme { get }

    /// The header in which an event's type stands, with a type, such as `X-Shopify-Topic: orders/create`; nil where the
    /// body says it.
    var typeHeader: String? { get }

    /// Whether its sender retries after an answer that is not 2xx.
    var sendsAgain: Bool { get }

    /// Whether its sender can be told to deliver by GET, with what it says in the signed URL.
    var deliversByGet: Bool { get }
    /// The members of its bodies that hold credentials, at any depth. Their values are replaced before a body is stored;
    /// the hash of the body as it came is kept.
    var credentialMembers: Set<String> { get }

    /// Whether a delivery looks like this provider's, by its headers; for sources that speak several contracts on one
    /// path. Proves nothing.
    func recognizes(_ delivery: Delivery) -> Bool

    /// The answer to a ping or a challenge that carries no signature: it is no event, and comes before verification.
    /// - Parameter keyring: for challenges that are answered with a secret.
    /// - Returns: nil for everything that is to be verified.
    func handshake(_ delivery: Delivery, keyring: Keyring) -> Answer?

    /// The answer to a ping or a challenge that is signed like any delivery, but no event either.
    /// - Returns: nil for everything that counts.
    func challenge(_ verified: VerifiedDelivery) -> Answer?

    /// Puts a verified delivery in the system's own terms.
    /// - Parameter window: for how many seconds an equal body is the same event, where the sender gives neither id nor
    ///   time.
    /// - Returns: the event; of the type `unrecognized` when the body does not fit the contract.
    /// - Throws: a refusal, and only where a guide demands that the sender is told, for what is another sender's, or for
    ///   a body that may not have been signed as one.
    func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event

    /// What is answered once the event is stored; the same for a repetition.
    func answer(_ event: Event, _ receipt: Receipt, _ delivery: Delivery) -> Answer

    /// What is answered to a delivery that was refused.
    func answer(_ refusal: Refusal) -> Answer
}

extension Provider {
    /// Nearly all say it in the body.
    public var typeHeader: String? { nil }

    /// Nearly all do.
    public var sendsAgain: Bool { true }

    /// None but Twilio.
    public var deliversByGet: Bool { false }
    /// None.
    public var credentialMembers: Set<String> { [] }

    /// By the scheme's signature or timestamp header.
    public func recognizes(_ delivery: Delivery) -> Bool {
        scheme.securityHeaders.contains { delivery.headers[$0] != nil }
    }

    /// None.
    public func handshake(_ delivery: Delivery, keyring: Keyring) -> Answer? { nil }

    /// None.
    public func challenge(_ verified: VerifiedDelivery) -> Answer? { nil }

    /// An empty 200.
    public func answer(_ event: Event, _ receipt: Receipt, _ delivery: Delivery) -> Answer { Answer(status: 200) }

    /// The answer that gives nothing away: `Answer.refusing`.
    public func answer(_ refusal: Refusal) -> Answer { .refusing(refusal) }
}
