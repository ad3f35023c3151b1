/// The results of a request for several webhooks.
struct WebhookResults {
    /// The successes.
    var entries: [WebhookEntry] = []
    /// The failures: the event or id, and why.
    var failures: [(name: String, failure: WebhookAPIFailure)] = []

    /// Of one request for all.
    init(_ entries: [WebhookEntry]) { self.entries = entries }

    /// Does it one by one, so that a failure does not affect the others. If the API does not answer, the rest is not
    /// tried.
    ///
    /// - Parameter names: events or ids; one that comes twice is done once.
    init(each names: [String], _ body: (String) throws -> WebhookEntry) throws {
        var isReachable = true
        var seen: Set<String> = []
        for name in names where seen.insert(name).inserted {
            guard isReachable else {
                failures.append((name, WebhookAPIFailure("not tried", isUnreachable: true)))
                continue
            }
            do {
                entries.append(try body(name))
            } catch let failure as WebhookAPIFailure {
                failures.append((name, failure))
                isReachable = !failure.isUnreachable
            }
        }
    }
}
