import Jobs
import Postgres
import Settings
import Webhooks

/// The end of a cart's timer: unless the cart has become an order or is to be forgotten, the actions that remind its owner,
/// each as a job of its own, once for a cart. The timer is the job itself, whose time every further event of the cart moves
/// on.
///
/// Whether there is an order is asked at the end of the time and not when the order comes: so it does not matter which of
/// the two came first.
struct CartAbandoned: ConfiguredAction {
    let name: String
    static let kind = ActionKind(
        "cart_abandoned",
        [
            .init(
                "after", .duration(.seconds(1) ... .seconds(30 * 86_400)), standard: DurationText.write(defaultDelay),
                "The time since the cart's last event after which it is abandoned."),
            .init("then", .tellers, required: true, "The actions to run then, once for the cart."),
        ]
    ) {
        $0.sharing = .init(
            .subject(prefix: "cart:"), delayKey: "after", delay: defaultDelay, restarts: true)
    }
    private static let defaultDelay = Duration.seconds(24 * 3600)
    let retryPolicy: RetryPolicy
    let needsBody = true
    private let then: [CartBooks.Reminder]

    init(_ settings: ActionSettings, in all: Settings) {
        name = settings.name
        then = settings.list("then").map { name in
            let retries = (all.action(named: name)?.retry ?? .standard).retries
            return CartBooks.Reminder(action: name, attempts: retries + 1)
        }
        retryPolicy = settings.retry
    }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        guard let cart = Cart(subject.event) else { return .ended(.skipped("the event is about no cart")) }
        let (name, then, source) = (name, then, subject.event.source)
        return .commit { job, connection throws(PostgresError) in
            let books = try CartBooks(cart, of: source, for: job, connection)
            if try books.isForgotten(job) { return .skipped("the personal data of the cart was removed") }
            if let order = try books.order(for: job) { return .skipped("the cart became the order \(order)") }
            guard try books.isFirst(name, for: job) else {
                return .skipped("the cart's owner was reminded before")
            }
            try books.make(then, for: job)
            return .done(answer: "for " + then.map(\.action).joined(separator: ", "))
        }
    }
}
