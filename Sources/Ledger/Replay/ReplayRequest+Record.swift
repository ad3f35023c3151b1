import JSON
public import Postgres
import Rules
import Settings
import Webhooks

extension SQLState {
    /// HL001: a replay of this name was started with another request (function `replay_begun`).
    public static let otherReplay = SQLState(rawValue: "HL001")
}

extension ReplayRequest {
    /// Why this requester cannot replay an event; nil if allowed.
    func refusal(of plan: RulePlan) -> String? {
        guard !mayReachPrivacy, let job = plan.jobs.first(where: { !$0.kind.personRequests.isEmpty }) else {
            return nil
        }
        return "it would run the action \(job.action) (\(job.kind.name)): that needs the scope admin"
    }

    /// The part of the request in `operator_log`, beside the run's name: a run continues with the same request only.
    func details(of filter: EventFilter, now: Int64) -> JSONValue {
        var details = JSONObject()
        details["again"] = .bool(again)
        if !changes.isEmpty {
            details["set"] = .object(changes.reduce(into: JSONObject()) { $0[$1.name] = $1.value })
        }
        details["filter"] = .object((asked ?? filter).record)
        details["limit"] = limit.map { .number(JSONNumber(Int64($0))) }
        details["now"] = .number(JSONNumber(now))
        return .object(details)
    }
}

extension EventFilter {
    fileprivate var record: JSONObject {
        var object = JSONObject()
        if !ids.isEmpty { object["ids"] = .array(Set(ids).sorted().map { .number(JSONNumber($0)) }) }
        object["source"] = source.map { .string($0) }
        object["sources"] = sources.map { .array($0.map { .string($0) }) }
        object["type"] = type.map { .string($0) }
        object["state"] = state.map { .string($0.rawValue) }
        object["order"] = order.map { .string($0) }
        object["shop"] = shop.map { .string($0) }
        object["since"] = since.map { .number(JSONNumber($0.microseconds)) }
        object["until"] = until.map { .number(JSONNumber($0.microseconds)) }
        return object
    }
}
