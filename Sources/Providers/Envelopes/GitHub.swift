import Verification
import Webhooks

extension EnvelopeProvider {
    /// GitHub: the event stands in a header, which is not signed and so no part of the dedupe key, its action in the body. A
    /// failed delivery stays failed until a person has it sent again.
    /// Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads
    static let gitHub = EnvelopeProvider(
        scheme: .gitHub,
        envelope: Envelope(
            type: .first([
                .all([.header("x-github-event"), .body("action")], "."), .header("x-github-event"),
            ]),
            neverRepeats: true, subject: .all([.literal("repository"), .body("repository.full_name")], ":"),
            shop: .body("organization.login")),
        marks: ["x-github-event"],
        typeHeader: "X-GitHub-Event: push",
        sendsAgain: false)
}
