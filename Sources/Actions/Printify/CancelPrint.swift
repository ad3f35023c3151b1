import JSON
import Jobs
import Outbound
import Postgres
import Rules
import Settings
import Webhooks

/// Cancels a cancelled order at Printify, as long as Printify allows it: while it is on hold or not paid
/// (https://developers.printify.com/#orders, "Cancel an order"). Afterwards it becomes a dead letter, which raises an alert.
///
/// Each attempt begins with the state of the order at Printify. So repeating is safe.
struct CancelPrint: ConfiguredAction {
    static let kind = ActionKind("cancel_print", PrintifyAPI.keys)
    let name: String
    let retryPolicy: RetryPolicy
    private let api: PrintifyAPI

    /// The states in which an order can be cancelled.
    private static let open: Set<String> = ["on-hold", "payment-not-received"]
    private static let notCancelled = "the order is not cancelled"
    /// The longest pause between two looks whether the order is submitted, in milliseconds.
    private static let pause: Int64 = 30_000

    /// - Returns: nil without a shop or token.
    init?(_ settings: ActionSettings, in all: Settings) {
        guard let api = PrintifyAPI(settings) else { return nil }
        name = settings.name
        retryPolicy = settings.retry
        self.api = api
    }

    var pace: Pace? { api.pace }
    var destination: String? { api.destination }

    func effectKey(for subject: JobSubject) -> String? {
        subject.order.map { "\(kind.name):\(api.shop):\(EffectKeys.order($0))" }
    }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        guard let order = subject.order else { return .ended(.bury("the event is about no order")) }
        guard order.isCancelled else { return .ended(.skipped(Self.notCancelled)) }
        return .transact { _, connection throws(PostgresError) in
            switch try Submission.find(order.row, prefix: api.effectPrefix, on: connection) {
            case .none: .ended(.skipped("the order was not submitted to Printify"))
            case .underWay: .ended(.notYet(within: Self.pause, reason: "the order is being submitted to Printify"))
            case .unknown:
                .ended(
                    .bury("the order may be at Printify, but its id there is not known: cancel it by hand"))
            case .done(let id): look(id)
            }
        }
    }

    static func preview(_ settings: ActionSettings, of subject: PreviewSubject) -> String? {
        subject.order.map { order in
            order.isCancelled
                ? "POST \(PrintifyAPI.url(order: "ID", settings))/cancel.json, if it is on hold or not paid there"
                : "nothing: \(notCancelled)"
        }
    }

    private func look(_ id: String) -> Step {
        guard PrintifyAPI.isPlain(id) else {
            return .ended(.bury("its id at Printify cannot be part of a path: cancel it by hand"))
        }
        return .send(.request(api.get(order: id))) { reply, _ in
            do throws(Judged) {
                let status = try PrintifyAPI.order(id, in: reply)["status"]?.string ?? "without a status"
                if status.hasPrefix("cancel") { return .ended(.done(externalID: id, answer: "was cancelled already")) }
                guard Self.open.contains(status) else {
                    return .ended(.bury("too late to cancel it: at Printify the order \(id) is \(status)"))
                }
                return .only(.request(api.post("orders/\(id)/cancel.json", [:]))) { Self.judge($0, id) }
            } catch {
                return .ended(error.outcome)
            }
        }
    }

    private static func judge(_ reply: Reply, _ id: String) -> Outcome {
        guard case .success(let response) = reply else { return AnswerJudgement.outcome(of: reply) }
        let answer = PrintifyAnswer(response.body)
        switch response.status {
        case 200..<300: return .done(externalID: id, answer: "cancelled")
        // The next attempt sees what it has become meanwhile.
        case 400, 409, 422: return .retry(counted: true, reason: "answered \(response.status): \(answer.explanation)")
        default:
            return AnswerJudgement.outcome(
                status: response.status, header: response.header, detail: answer.explanation)
        }
    }
}

/// What the ledger knows of an order's submission to Printify.
enum Submission: Hashable {
    /// It was not submitted.
    case none
    /// A job is submitting it now.
    case underWay
    /// It may have been submitted, or was, and its id there is not known.
    case unknown
    /// It was submitted, and has that id.
    case done(String)

    /// - Parameter prefix: see `PrintifyAPI.effectPrefix`.
    static func find(_ order: Int64, prefix: String, on connection: Connection) throws(PostgresError) -> Submission {
        let rows = try connection.query(ActionsSQL.submission, [.bigint(order), .text(prefix)])
        var found = Submission.none
        for row in rows {
            if let id = try row.optionalText("external_id") { return .done(id) }
            found = try row.bool("is_under_way") ? .underWay : .unknown
        }
        if found != .none { return found }
        // A job that runs has seen the order as it was before it was cancelled, perhaps.
        let isRunning = try connection.query(ActionsSQL.isBeingSubmitted, [.bigint(order)]).only().bool(0)
        return isRunning ? .underWay : .none
    }
}
