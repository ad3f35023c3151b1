import Crypto
import JSON
import Jobs
import Ledger
import Outbound
import Postgres
import Providers
import Rules
import Settings
import Verification
import Webhooks

/// Fetches the order that an event only points at, and records it as the event `order.fetched`, by the door that
/// deliveries come through, in the transaction that ends the job. Its rules run.
///
/// Asking is harmless, so there is no effect to keep: the dedupe key makes an unchanged order the same event.
struct FetchOrder: ConfiguredAction {
    let name: String
    static let kind = ActionKind(
        "fetch_order",
        [
            .init(
                "provider", .choice(OrderAPIs.providers), required: true,
                "The provider whose API has the order."),
            .init(
                "base_url", .url, standard: "that of the provider, for tiktok_shop, square and etsy",
                "The API's address: for shopify and woocommerce that of the shop, for bigcommerce "
                    + "https://api.bigcommerce.com/stores/HASH."),
            .init(
                "access_token", .secret,
                standard: "the token of the event's shop that hookledger authorize got, for tiktok_shop and shopify, "
                    + "else that of hookledger credentials store",
                "The token, for all but woocommerce."),
            .init(
                "app_key", .secret, standard: "the client_id of the source's app, for tiktok_shop",
                "The app's key, for tiktok_shop and etsy."),
            .init(
                "app_secret", .secret, standard: "the client_secret of the source's app",
                "The app's secret, for tiktok_shop."),
            .init("shop_cipher", .text, standard: "that of the event's shop", "The shop, for tiktok_shop."),
            .init("shop", .text, "The shop's number, for etsy."),
            .init("locations", .list, "The locations whose orders are compared, for square."),
            .init(
                "api_version", .text,
                standard: "\(ShopifyOrderAPI.defaultVersion) for shopify, \(SquareOrderAPI.defaultVersion) for square",
                "The version of the API, for shopify and square."),
            .init(
                "consumer_key", .secret, standard: "that of hookledger credentials store", "The key, for woocommerce."),
            .init(
                "consumer_secret", .secret, standard: "that of hookledger credentials store",
                "Its secret, for woocommerce."),
        ]
    ) { kind in
        kind.givesOrders = true
        kind.asksWithTokens = true
    }
    /// The keys by which the APIs of TikTok Shop, Shopify and WooCommerce are reached, without the provider.
    static let accessKeys = kind.keys.filter { !["provider", "shop", "locations"].contains($0.name) }
    let retryPolicy: RetryPolicy
    var destination: String? { access.base.flatMap { HTTPRequest(method: "GET", url: $0).destination } }
    private let access: OrderAccess
    private let timeout: Duration
    /// The rules and shops.
    private let settings: Settings

    /// - Returns: nil when a setting is missing that the provider's API needs.
    init?(_ own: ActionSettings, in settings: Settings) {
        guard let access = OrderAccess(own, in: settings) else { return nil }
        name = own.name
        self.access = access
        retryPolicy = own.retry
        timeout = own.timeout
        self.settings = settings
    }

    /// The shop that an event of that source names, its aliases resolved.
    private func shop(_ event: Event, _ source: String) -> String {
        settings.source(named: source)?.shops?.resolve(event.shopKey) ?? event.shopKey
    }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        guard let order = subject.order else { return .ended(.bury("the event is about no order")) }
        // Or a rule without conditions would fetch without end.
        if subject.event.type == "order.fetched" { return .ended(.skipped("the event is a fetched order itself")) }
        return access.step(for: subject.event) { api, token in
            .send(.request(api.request(for: order.id, now: now, timeout: timeout))) { reply, now in
                read(reply, by: api, token, of: subject, now: now)
            }
        }
    }

    private func read(
        _ reply: Reply, by api: any OrderAPI, _ token: StoredToken?, of subject: JobSubject, now: Timestamp
    ) -> Step {
        guard case .success(let response) = reply else { return .ended(AnswerJudgement.outcome(of: reply)) }
        let answer = try? JSONValue(parsing: response.body)
        guard (200..<300).contains(response.status) else {
            let detail =
                answer?["message"]?.string ?? answer?["errors"]?.string ?? AnswerJudgement.excerpt(response.text)
            if response.status == 401 { return OrderAccess.refused(token, "answered 401: \(detail)") }
            return .ended(
                AnswerJudgement.outcome(status: response.status, header: response.header, detail: detail))
        }
        guard let answer else {
            return .ended(.retry(counted: true, reason: "answered \(response.status), but no JSON"))
        }
        switch api.order(in: answer) {
        case .absent: return .ended(.retry(counted: true, reason: "answered without the order"))
        case .refused(let reason): return .ended(.retry(counted: true, reason: reason))
        case .tokenRefused(let reason): return OrderAccess.refused(token, reason)
        case .found(let order): return record(order, by: api, token, subject, now)
        }
    }

    private func record(
        _ order: JSONValue, by api: any OrderAPI, _ token: StoredToken?, _ subject: JobSubject, _ now: Timestamp
    ) -> Step {
        let delivery = Delivery(
            requestID: subject.event.requestID, receivedAt: now, method: "GET", path: "/fetched/\(name)",
            headers: api.headers, body: order.serialized())
        do throws(Refusal) {
            // What was fetched is not signed: TLS and our own token vouch for it, and its origin says so.
            let verified = try api.provider.scheme.verify(
                delivery, keyring: Keyring(secrets: []), policy: .none, now: now)
            // What is fetched for a pointer is no older than the pointer.
            let isVerified = subject.event.trust == .verified
            let contract = AskedContract(
                inner: api.provider, shop: token?.shop ?? subject.event.shopID,
                notBefore: isVerified && subject.event.occurredAt != nil ? subject.event.happenedAt : nil)
            let normalized = try normalize(
                verified, by: contract)
            guard case .order(let fetched) = normalized.event.record, fetched.id == subject.order?.id else {
                return .ended(.retry(counted: true, reason: "the answer is about another order, or about none"))
            }
            // An id is the shop's own: what another shop has by this id is another order.
            let (own, told) = (subject.order?.shopKey ?? "", shop(normalized.event, subject.event.source))
            if !own.isEmpty, !told.isEmpty, own != told {
                return .ended(
                    .bury("the answer is about an order of the shop \(told), and this one is of \(own)"))
            }
            var terms = Recordable.Terms()
            terms.shopKey = own.isEmpty ? told : own
            let plan = RulePlan(
                normalized.event, source: subject.event.source, origin: "fetched", settings: settings)
            let recordable = Recordable(
                source: subject.event.source, normalized: normalized, jobs: plan.jobs.filter { $0.kind != kind },
                origin: .fetched, terms: terms, revision: settings.revision)
            return .commit { _, connection throws(PostgresError) in
                let receipt = try LedgerWriter.record(recordable, inTransactionOf: connection)
                return .done(
                    externalID: "event \(receipt.eventID)",
                    answer: receipt.isDuplicate ? "unchanged since it was fetched before" : nil)
            }
        } catch {
            return .ended(.bury("the answer cannot be read: \(error.reason)"))
        }
    }
}
