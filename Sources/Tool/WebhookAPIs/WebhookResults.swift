/// What a request for several webhooks has done, and what of it has failed.
struct WebhookResults {
    /// What was done.
    var entries: [WebhookEntry] = []
    /// What was not: the event or id, and why.
    var failures: [(name: String, failure: WebhookAPIFailure)] = []

    /// Of one request for all.
    init(_ entries: [WebhookEntry]) { self.entries = entries }

    /// Does it for one after another, so that what is refused for one hinders none of the others. Where nobody answers
    /// the rest is not tried.
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
