import JSON
import Jobs
import Outbound
import Rules
import Settings
import Webhooks

/// Submits the order to Printify (https://developers.printify.com/#orders), and sends it to production if so
/// configured.
///
/// `external_id` is unique in a Printify shop: a second order of the same one is refused with 409 or code 8503, which
/// means that the effect has happened. So repeating is safe.
struct PrintifyOrder: ConfiguredAction {
    let name: String
    static let kind = ActionKind(
        "printify",
        PrintifyAPI.keys + [
            .init(
                "lines", .choice(["sku", "product"]), standard: "sku",
                "Lines by the shop's own article number, or by product and variant."),
            .init(
                "external_id", .text,
                standard: "\(defaultExternalID), with the shop if ids are unique per shop only",
                "Printify's identity of an order, a template; it must differ for every order."),
            .init(
                "shipping_method", .choice(["standard", "priority", "printify_express", "economy"]),
                standard: "standard", "The way of shipping."),
            .init("notify_buyer", .boolean, standard: "false", "Whether Printify sends mails to the buyer."),
            .init(
                "send_to_production", .boolean, standard: "false",
                "Whether it is printed at once; otherwise it is on hold there for a person to check."),
        ]
    ) { $0.waitsForCancelRequests = true }
    let retryPolicy: RetryPolicy
    private let api: PrintifyAPI
    /// nil: source, shop and the order's id.
    private let externalID: Template?
    private let options: PrintifyBody.Options
    private let sendsToProduction: Bool

    /// How long after its details an order goes out at most, in milliseconds; every look for them leaves a row behind.
    private static let detailsWait: Int64 = 60_000
    static let defaultExternalID = "{source}-{order.id}"
    private static let defaultTemplate = Template(defaultExternalID)
    private static let shippingMethods = ["standard": 1, "priority": 2, "printify_express": 3, "economy": 4]

    /// - Returns: nil without a shop or token.
    init?(_ settings: ActionSettings, in all: Settings) {
        guard let api = PrintifyAPI(settings) else { return nil }
        var options = PrintifyBody.Options()
        options.lines = settings.text("lines").flatMap(PrintifyBody.Lines.init) ?? .sku
        options.shippingMethod = settings.text("shipping_method").flatMap { Self.shippingMethods[$0] } ?? 1
        options.notifiesBuyer = settings.boolean("notify_buyer") ?? false
        self.init(
            name: settings.name, api: api, externalID: settings.text("external_id"), options: options,
            sendsToProduction: settings.boolean("send_to_production") ?? false, retryPolicy: settings.retry)
    }

    /// - Parameter externalID: nil for source and order, with the shop between them where ids are the shop's own.
    init(
        name: String, api: PrintifyAPI, externalID: String? = nil, options: PrintifyBody.Options = .init(),
        sendsToProduction: Bool = false, retryPolicy: RetryPolicy = .standard
    ) {
        self.name = name
        self.api = api
        self.externalID = externalID.flatMap { $0 == Self.defaultExternalID ? nil : Template($0) }
        self.options = options
        self.sendsToProduction = sendsToProduction
        self.retryPolicy = retryPolicy
    }

    var pace: Pace? { api.pace }
    var destination: String? { api.destination }

    var needsBody: Bool { externalID?.needsBody ?? false }

    /// - Returns: nil for an order that `external_id` gives no name of its own, which is not sent either.
    func effectKey(for subject: JobSubject) -> String? {
        (try? name(of: subject)).map { api.effectPrefix + $0 }
    }

    func earlierEffectKeys(for subject: JobSubject) -> [String] {
        guard let order = subject.order, !order.shopKey.isEmpty, let key = effectKey(for: subject.withoutShop),
            key != effectKey(for: subject)
        else { return [] }
        return [key]
    }

    /// The order's `external_id`. One that was begun before its row had a shop keeps the name that it has at Printify.
    private func name(of subject: JobSubject) throws(Template.Missing) -> String {
        if let externalID { return try externalID.name(of: subject) }
        let name = try Self.defaultTemplate.name(of: subject)
        guard let order = subject.order, !order.shopKey.isEmpty,
            subject.keptKey == nil || subject.keptKey != api.effectPrefix + name
        else { return name }
        return "\(subject.event.source)-\(order.shopKey)-\(order.id)"
    }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        guard let order = subject.order else { return .ended(.bury("the event is about no order")) }
        if order.isCancelled { return .ended(.skipped("the order is cancelled")) }
        if order.fields["needs_detail"]?.bool == true, order.fields["shipping_address"] == nil {
            return .ended(.notYet(within: Self.detailsWait, reason: "the order's details have not been fetched yet"))
        }
        let id: String
        do throws(Template.Missing) {
            id = try name(of: subject)
        } catch {
            return .ended(.bury("external_id names \(error.placeholder), which the order does not have"))
        }
        do throws(PrintifyBody.Objection) {
            let body = try PrintifyBody.json(order, externalID: id, options)
            return .send(.request(api.post("orders.json", body, repeatable: true))) { reply, _ in posted(reply) }
        } catch {
            return .ended(.bury(error.reason))
        }
    }

    private func posted(_ reply: Reply) -> Step {
        guard case .success(let response) = reply else {
            // Its long explanation was cut off; the status says that the order exists.
            if case .failure(let failure) = reply, failure.status == 409 { return submitted(nil, "it exists already") }
            return .ended(AnswerJudgement.outcome(of: reply))
        }
        let answer = PrintifyAnswer(response.body)
        if answer.isDuplicate || response.status == 409 { return submitted(answer.id, "it exists already") }
        if (200..<300).contains(response.status) {
            // A page of something else in between, such as a proxy's: its meaning is unknown.
            guard let id = answer.id else { return .ended(.unanswered("answered \(response.status) without an id")) }
            return submitted(id, "submitted")
        }
        return .ended(
            AnswerJudgement.outcome(status: response.status, header: response.header, detail: answer.explanation))
    }

    private static func sentToProduction(_ id: String, _ reply: Reply) -> Outcome {
        guard case .success(let response) = reply else { return AnswerJudgement.outcome(of: reply) }
        if (200..<300).contains(response.status) { return .done(externalID: id, answer: "in production") }
        let answer = PrintifyAnswer(response.body)
        return AnswerJudgement.outcome(
            status: response.status, header: response.header, detail: "send to production: \(answer.explanation)")
    }

    private func submitted(_ id: String?, _ answer: String) -> Step {
        guard sendsToProduction else { return .ended(.done(externalID: id, answer: answer)) }
        // Printify has no look-up by external_id.
        guard let id else { return .ended(.bury("it exists, but its id is not known: send it to production by hand")) }
        guard PrintifyAPI.isPlain(id) else {
            return .ended(.bury("it exists, but its id cannot be part of a path: send it to production by hand"))
        }
        return .only(.request(api.post("orders/\(id)/send_to_production.json", [:]))) { Self.sentToProduction(id, $0) }
    }
}
