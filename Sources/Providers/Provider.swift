public import Verification
public import Webhooks

/// One provider's contract: how its deliveries are recognized, verified, read and answered.
///
/// All of it is pure: the same delivery always gives the same event and the same answer.
public protocol Provider: Sendable {
    /// The name of the contract, such as `tiktok_shop`.
    var name: String { get }

    /// How its deliveries are signed.
    var scheme: Scheme { get }

    /// The header with an event's type, and an example such as `X-Shopify-Topic: orders/create`; nil if the type is in
    /// the body.
    var typeHeader: String? { get }

    /// Whether its sender retries after an answer that is not 2xx.
    var sendsAgain: Bool { get }

    /// Whether its sender can be configured to deliver by GET, with its data in the signed URL.
    var deliversByGet: Bool { get }
    /// The members of its bodies that hold credentials, at any depth. Their values are replaced before a body is
    /// stored; the hash of the original body is stored.
    var credentialMembers: Set<String> { get }

    /// Whether a delivery looks like this provider's, by its headers; for sources with several contracts on one path.
    /// It proves nothing.
    func recognizes(_ delivery: Delivery) -> Bool

    /// The answer to an unsigned ping or challenge: it is not an event, and is checked before verification.
    /// - Parameter keyring: for challenges that are answered with a secret.
    /// - Returns: nil for a delivery to verify.
    func handshake(_ delivery: Delivery, keyring: Keyring) -> Answer?

    /// The answer to a ping or challenge that is signed like a delivery, but is not an event either.
    /// - Returns: nil for an event.
    func challenge(_ verified: VerifiedDelivery) -> Answer?

    /// Normalizes a verified delivery.
    /// - Parameter window: how many seconds an equal body is the same event, if the sender gives neither id nor time.
    /// - Returns: the event; of the type `unrecognized` if the body does not fit the contract.
    /// - Throws: a refusal, only if a guide demands that the sender learns of it, for another sender's delivery, or for
    ///   a body that may not have been signed as one.
    func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event

    /// The answer once the event is stored; the same for a duplicate.
    func answer(_ event: Event, _ receipt: Receipt, _ delivery: Delivery) -> Answer

    /// The answer to a refused delivery.
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

    /// The answer that reveals nothing: `Answer.refusing`.
    public func answer(_ refusal: Refusal) -> Answer { .refusing(refusal) }
}
