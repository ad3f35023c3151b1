import JSON
import Jobs
import Outbound
import Rules
import Webhooks

/// What actions are tested on.
enum Subjects {
    static func job(rule: String = "rule-1", attempt: Int = 1) -> Job {
        Job(
            id: 7, action: "ops", kind: "slack", purpose: .rule(rule), attempt: attempt, maxAttempts: 4, orderRow: 3,
            eventID: 42,
            eventReceivedAt: 1_800_000_000_000_000, leaseToken: 1)
    }

    static func subject(
        rule: String = "rule-1", order: StoredRecord? = order(),
        body: String = #"{"data":{"order_id":576486316948490001}}"#
    ) -> JobSubject {
        JobSubject(
            job: job(rule: rule),
            event: JobEvent(
                id: 42, receivedAt: Timestamp(microseconds: 1_800_000_000_000_000), source: "tiktok-shop",
                provider: "tiktok_shop", providerType: "1", type: "order.created", subject: "order:576486316948490001",
                shopID: nil, requestID: "r", body: Array(body.utf8)),
            order: order)
    }

    static func order(_ fields: JSONObject = fields) -> StoredRecord {
        var extra = JSONObject()
        extra["gift"] = true
        return StoredRecord(row: 3, source: "tiktok-shop", id: "576486316948490001", fields: fields, extra: extra)
    }

    static var fields: JSONObject {
        var fields = JSONObject()
        fields["status"] = "PAID"
        fields["customer_name"] = "<!channel> & Söhne"
        fields["total_amount"] = JSONNumber(literal: "24.90").map(JSONValue.number) ?? .null
        fields["items"] = [["sku": "A-1"], ["sku": "B-2"]]
        fields["email"] = .null
        return fields
    }
}

/// The first step of an action, as tests compare it.
enum FirstStep {
    case request(HTTPRequest)
    case mail(MailRequest)
    case finished(Outcome)
    case database
}

extension Action {
    /// The first step.
    func prepare(_ subject: JobSubject, now: Timestamp) -> FirstStep {
        switch begin(subject, now: now) {
        case .send(.request(let request), _, _): .request(request)
        case .send(.mail(let mail), _, _): .mail(mail)
        case .transact, .commit: .database
        case .ended(let outcome): .finished(outcome)
        }
    }

    /// The step after its first call ended so.
    func next(_ reply: Reply, of subject: JobSubject) -> Step {
        let now = Timestamp(microseconds: 1_800_000_000_000_000)
        guard case .send(_, _, let then) = begin(subject, now: now) else { return .ended(.bury("no call")) }
        return then(reply, now)
    }

    /// The end of the attempt after its first call ended so; nil where something else comes first.
    func judge(_ reply: Reply, of subject: JobSubject) -> Outcome? {
        if case .ended(let outcome) = next(reply, of: subject) { outcome } else { nil }
    }
}
