import Verification
import Webhooks

extension EnvelopeProvider {
    /// Adyen: `{live, notificationItems[{NotificationRequestItem{eventCode, pspReference, eventDate, …}}]}`, mostly one
    /// item, answered by the word that Adyen expects. The signed parts identify the event, and the same fields may be
    /// written or split differently, so the signed parts are the key. Source:
    /// https://docs.adyen.com/development-resources/webhooks
    static let adyen = EnvelopeProvider(
        scheme: .adyen,
        envelope: Envelope(
            type: item("0", "eventCode"),
            id: .all([item("*", "pspReference"), item("*", "eventCode"), item("*", "success")], " "),
            isKeyedBySignature: true,
            time: item("0", "eventDate"), subject: .all([.literal("payment"), item("0", "pspReference")], ":"),
            shop: item("0", "merchantAccountCode")),
        accepted: .text(200, "[accepted]"))

    private static func item(_ position: String, _ field: String) -> Place {
        .body("notificationItems.\(position).NotificationRequestItem.\(field)")
    }
}
