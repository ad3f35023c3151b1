import Verification
import Webhooks

extension EnvelopeProvider {
    /// Twilio: a form, or the query of a GET; Event Streams send a list of CloudEvents. A message has several states,
    /// so its id and state identify the event. If the form is signed, all of it does, because names and values are
    /// signed without separators and could be split differently. Source: https://www.twilio.com/docs/usage/webhooks
    static let twilio = EnvelopeProvider(
        scheme: .twilio,
        envelope: Envelope(
            type: .first([
                .all([.literal("message"), .first([.form("MessageStatus"), .form("SmsStatus")])], "."),
                .all([.literal("call"), .form("CallStatus")], "."), .body("type"), .body("0.type"),
            ]),
            id: .first([
                .all([.form("MessageSid"), .first([.form("MessageStatus"), .form("SmsStatus")])], " "),
                .all([.form("CallSid"), .form("CallStatus"), .form("SequenceNumber")], " "), .body("*.id"),
            ]),
            isKeyedBySignature: true, time: .body("0.time"),
            subject: .first([
                .all([.literal("message"), .form("MessageSid")], ":"), .all([.literal("call"), .form("CallSid")], ":"),
                .all([.literal("message"), .body("0.data.messageSid")], ":"),
            ]),
            shop: .first([.form("AccountSid"), .body("0.data.accountSid")]),
            deliveryID: .header("i-twilio-idempotency-token")),
        deliversByGet: true,
        accepted: Answer(
            status: 200, headers: [HeaderFields.Field(name: "content-type", value: "text/xml")],
            body: Array("<Response/>".utf8)))
}
