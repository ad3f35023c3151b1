import JSON
import Verification
import Webhooks

extension EnvelopeProvider {
    /// GitHub: the event is in an unsigned header, which is used as far as the body confirms it, its action in the
    /// body. A failed delivery stays failed until a person redelivers it, with the same id. The ping that tests an
    /// address is not an event. Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads
    static let gitHub = EnvelopeProvider(
        scheme: .gitHub,
        envelope: Envelope(
            type: .first([
                .all([.header("x-github-event"), .body("action")], "."), .header("x-github-event"),
            ]),
            evidence: EventEvidence(
                header: "x-github-event", marks: GitHubEvents.marks,
                common: ["installation", "organization", "repository"],
                companions: GitHubEvents.companions),
            // The time of the event's subject; the repository's time is used for a push only.
            time: .first(
                [.having("commits", .body("repository.pushed_at"))]
                    + [
                        "comment", "review", "pull_request", "issue", "discussion", "milestone", "workflow_run",
                        "deployment_status",
                        "deployment", "release", "check_suite", "project", "projects_v2_item",
                    ].map { .body("\($0).updated_at") }),
            subject: .all([.literal("repository"), .body("repository.full_name")], ":"),
            shop: .body("organization.login"), deliveryID: .header("x-github-delivery")),
        marks: ["x-github-event"],
        typeHeader: "X-GitHub-Event: push",
        sendsAgain: false,
        signedGreeting: { delivery in
            let body = ReadBody(delivery.body).json?.object
            return body?["zen"] != nil && body?["hook_id"] != nil ? Answer(status: 200) : nil
        })
}
