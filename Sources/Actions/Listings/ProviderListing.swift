import Jobs
import Settings
import Webhooks

/// The API of a provider that lists its events, its attempts at deliveries, or orders that cannot be fetched by their id: for `reconcile:` and `webhooks:` of a
/// source. No rule can name it.
struct ProviderListing: ConfiguredAction {
    let name: String
    let retryPolicy: RetryPolicy
    static let kind = ActionKind(
        "listing",
        [
            .init(
                "provider", .choice(ListingAPIs.providers), required: true,
                "The provider whose API lists events (stripe), deliveries (github) or orders (evershop)."),
            .init(
                "base_url", .url, standard: "that of the provider, for github and stripe",
                "The API's address: for evershop that of the shop."),
            .init(
                "access_token", .secret, standard: "that of hookledger credentials store",
                "For github a token that may read and write the webhooks of the repository or organization, for stripe a "
                    + "secret or restricted key that may read events, for `webhooks:` also write webhook endpoints."),
            .init("repository", .text, "OWNER/NAME of the repository that has the webhook, for github."),
            .init("organization", .text, "The organization that has the webhook, for github."),
            .init("hook_url", .url, "The payload URL of the webhook, for github."),
            .init(
                "types", .list,
                "The types of events that the webhook gets, such as `invoice.paid` or `invoice.*`, for stripe. Others are "
                    + "not compared."),
            .init("email", .text, "The address of the admin user that signs in, for evershop."),
            .init(
                "password", .secret, standard: "that of hookledger credentials store", "Its password, for evershop."),
            .init(
                "lookback", .duration(.seconds(3600) ... .seconds(365 * 86_400)), standard: "7d",
                "How long orders can change after they were placed, for evershop: each run lists all orders since then."
            ),
            .init("account", .text, "The connected account whose events are listed, for stripe."),
            .init(
                "undelivered_only", .boolean, standard: "false",
                "Whether only events are compared of which Stripe has no successful delivery."),
        ]
    ) { kind in
        kind.isListing = true
        kind.asksWithTokens = true
        kind.check = check
    }

    private static func check(_ check: ActionKind.Check) {
        let provider = check.text("provider")
        let isGitHub = provider == "github"
        for key in ["repository", "organization", "hook_url"] where !isGitHub {
            check.refuse(key, "is for github only")
        }
        for key in ["types", "account", "undelivered_only"] where provider != "stripe" {
            check.refuse(key, "is for stripe only")
        }
        if isGitHub {
            if check.text("hook_url") == nil { check.demand("hook_url", "the payload URL of the webhook") }
            switch (check.text("repository"), check.text("organization")) {
            case (nil, nil): check.demand("repository", "OWNER/NAME, or an organization")
            case (.some, .some):
                check.refuse("organization", "cannot be given with repository: a webhook is of one of them")
            case (let repository?, nil):
                let parts = repository.split(separator: "/", omittingEmptySubsequences: false)
                if parts.count != 2 || parts.contains("") { check.refuse("repository", "must be OWNER/NAME") }
            case (nil, .some): break
            }
        }
        for key in ["email", "password", "lookback"] where provider != "evershop" {
            check.refuse(key, "is for evershop only")
        }
        if provider == "evershop" {
            check.refuse("access_token", "is not for evershop, whose tokens last minutes: email and password")
            for (key, value) in [
                ("base_url", "the address of the shop"), ("email", "that of an admin user"),
            ] where !check.has(key) {
                check.demand(key, value)
            }
        }
        if provider == "stripe", !check.has("types") {
            check.demand("types", "the types of events that the webhook gets, such as [invoice.paid, charge.*]")
        }
    }

    init?(_ settings: ActionSettings, in all: Settings) {
        name = settings.name
        retryPolicy = settings.retry
    }

    /// Only an earlier configuration, where the name was that of another kind, can have made a job.
    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        .ended(.bury("\(name) is of kind \(Self.kind.name), which has no jobs"))
    }
}
