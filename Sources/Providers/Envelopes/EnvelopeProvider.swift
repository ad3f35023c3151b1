import JSON
public import Verification
public import Webhooks

/// A provider whose deliveries are stored as events by their envelope: one value per provider, each in its own file.
public struct EnvelopeProvider: Provider {
    /// How its deliveries are signed; also its name.
    public let scheme: Scheme
    let envelope: Envelope
    /// Headers that identify its deliveries, if another provider has the scheme's headers, too.
    var marks: [String] = []
    /// See ``Provider/typeHeader``.
    public var typeHeader: String?
    /// See ``Provider/sendsAgain``.
    public var sendsAgain = true
    /// See ``Provider/deliversByGet``.
    public var deliversByGet = false
    /// Whether a signed body must be a JSON object, because the key or the scheme also signs other texts, which could
    /// be sent as a body.
    var signsObjects = false
    /// The answer to a stored event.
    var accepted = Answer(status: 200)
    /// The answer to a stored event, if it depends on the event.
    var accepting: (@Sendable (Event) -> Answer)?
    /// Its unsigned handshake.
    var greeting: @Sendable (Delivery, Keyring) -> Answer? = { _, _ in nil }
    /// Its signed handshake.
    var signedGreeting: @Sendable (Delivery) -> Answer? = { _ in nil }
    /// Its answer to a delivery that was refused.
    var refusing: @Sendable (Refusal) -> Answer = Answer.refusing

    /// The scheme's name.
    public var name: String { scheme.name }

    /// By the marks, else by the scheme's headers.
    public func recognizes(_ delivery: Delivery) -> Bool {
        (marks.isEmpty ? scheme.securityHeaders : marks).contains { delivery.headers[$0] != nil }
    }

    /// See `greeting`.
    public func handshake(_ delivery: Delivery, keyring: Keyring) -> Answer? { greeting(delivery, keyring) }

    /// See `signedGreeting`.
    public func challenge(_ verified: VerifiedDelivery) -> Answer? { signedGreeting(verified.delivery) }

    /// The event of the envelope.
    /// - Throws: a refusal of a signed body that is not an object, if that matters.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event {
        let parts = envelope.parts(of: verified)
        if signsObjects { try verified.demand(object: parts.json?.object) }
        return envelope.event(verified, parts, by: name, window: window)
    }

    /// See `accepted` and `accepting`.
    public func answer(_ event: Event, _ receipt: Receipt, _ delivery: Delivery) -> Answer {
        accepting?(event) ?? accepted
    }

    /// See `refusing`.
    public func answer(_ refusal: Refusal) -> Answer { refusing(refusal) }
}
