public import Verification
import Webhooks

extension EnvelopeProvider {
    /// A sender whose scheme the configuration describes. Its bodies are unknown, so only an equal body within the
    /// source's window is the same event, unless a signed header names it, and the time of receipt is its clock.
    public static func custom(_ scheme: Scheme) -> EnvelopeProvider {
        EnvelopeProvider(
            scheme: scheme,
            envelope: Envelope(
                type: .first([.body("type"), .body("event_type"), .body("event"), .body("topic"), .literal("delivery")]
                ),
                speaksOurs: true, id: scheme.rule?.id.map(Place.header)),
            marks: scheme.rule == nil ? [] : ["signature-input"])
    }

    /// The shorthands `generic_hmac_…`.
    static let genericHMAC = Scheme.presets.filter { $0.name.hasPrefix("generic_hmac_") }.map(custom)

    /// Senders of HTTP Message Signatures.
    static let messageSignatures = Scheme.presets.filter { $0.rule != nil }.map(custom)
}
