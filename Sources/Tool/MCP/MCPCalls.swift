import JSON
import Verification

/// The calls of tools, as requests to the REST API.
struct MCPCalls {
    private let api: MCPRequests
    private let answers: MCPAnswer
    private let allowsReplay: Bool
    /// The dry runs of this session, with their events; each allows one replay.
    private var dryRuns: [String: Int64] = [:]

    /// - Parameter allowsReplay: whether the tool `replay` is there.
    init(_ api: MCPRequests, answers: MCPAnswer, allowsReplay: Bool) {
        (self.api, self.answers, self.allowsReplay) = (api, answers, allowsReplay)
    }

    /// The tools that there are.
    var tools: [MCPTool] { MCPTool.reading + (allowsReplay ? [MCPTool.replay] : []) }

    /// The result of a call; also of one that does not succeed.
    mutating func run(_ tool: MCPTool, _ arguments: JSONValue?) -> JSONValue {
        do throws(MCPFault) {
            return answers.result(try answer(tool.name, tool.arguments(arguments)))
        } catch {
            return MCPAnswer.failure(error)
        }
    }

    private mutating func answer(_ tool: String, _ given: [String: JSONValue]) throws(MCPFault) -> JSONValue {
        let id = given["id"]?.integer ?? 0
        switch tool {
        case "list_events": return try api.get("/api/v2/events", Self.query(given))
        case "explain_event": return try api.get("/api/v2/events/\(id)")
        case "verify_event": return Self.verdict(try api.get("/api/v2/events/\(id)"))
        case "list_refusals": return try api.get("/api/v2/refusals", Self.query(given))
        case "explain_refusal": return try api.get("/api/v2/refusals/\(id)")
        case "list_orders": return try api.get("/api/v2/orders", Self.query(given))
        case "explain_order":
            return [
                "order": try api.get("/api/v2/orders/\(id)"),
                "timeline": try api.get("/api/v2/orders/\(id)/timeline", "?limit=100"),
            ]
        case "list_dead_letters": return try api.get("/api/v2/dead-letters", Self.query(given))
        case "list_sources": return try api.get("/api/v2/sources")
        case "dry_run_replay": return try dryRun(id, given["reason"] ?? "")
        case "replay": return try replay(id, given)
        default: throw MCPFault("there is no tool \(tool)")
        }
    }

    private mutating func dryRun(_ id: Int64, _ reason: JSONValue) throws(MCPFault) -> JSONValue {
        let answer = try api.post("/api/v2/events/\(id)/replay", ["reason": reason, "dry_run": true])
        guard let run = answer["run"]?.string, answer["dry_run"] == true else {
            throw MCPFault("the server answers a dry run in an unknown form: is it a newer version?")
        }
        dryRuns[run] = id
        return answer
    }

    private mutating func replay(_ id: Int64, _ given: [String: JSONValue]) throws(MCPFault) -> JSONValue {
        let run = given["dry_run_id"]?.string ?? ""
        guard allowsReplay else { throw MCPFault("replays are off: start the server with --allow-replay") }
        guard dryRuns[run] == id else {
            throw MCPFault("this session had no dry run of event \(id) with this id: call dry_run_replay first")
        }
        dryRuns[run] = nil
        // The run's name makes a repeated request harmless.
        return try api.post(
            "/api/v2/events/\(id)/replay", ["reason": given["reason"] ?? "", "run": .string(run)])
    }

    /// What is known of an event's proof. The API has no secrets, so that it cannot verify.
    private static func verdict(_ event: JSONValue) -> JSONValue {
        let id = event["id"]?.text ?? ""
        let how: String =
            switch event["verdict"]?.string {
            case "signature": "its signature was right when it was received"
            case "credential": "it presented the right credential, which proves the sender and not the body"
            default: "nothing was proven of it"
            }
        return [
            "id": event["id"] ?? .null, "source": event["source"] ?? .null, "verdict": event["verdict"] ?? .null,
            "scheme": event["scheme"] ?? .null, "key_id": event["key_id"] ?? .null,
            "received_at": event["received_at"] ?? .null, "origin": event["origin"] ?? .null, "how": .string(how),
            "again_with": .string("hookledger events verify \(id), on the server: the REST API knows no secrets"),
        ]
    }

    private static func query(_ given: [String: JSONValue]) -> String {
        var given = given
        given["limit"] = .number(JSONNumber(min(max(given["limit"]?.integer ?? 20, 1), 50)))
        let pairs = given.sorted { $0.key < $1.key }.map { name, value in
            "\(name)=\(PercentEncoding.encode(value.string ?? value.text))"
        }
        return "?" + pairs.joined(separator: "&")
    }
}
