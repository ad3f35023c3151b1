import JSON
import Verification

/// A tool that a client of the Model Context Protocol may call: one request to the REST API.
struct MCPTool: Sendable {
    /// A parameter.
    struct Parameter: Sendable {
        let name: String
        let type: String
        let meaning: String
        var isRequired = false
    }

    let name: String
    let meaning: String
    let parameters: [Parameter]
    /// Whether it changes something.
    var changes = false

    /// As `tools/list` describes it.
    var json: JSONValue {
        var properties = JSONObject()
        for one in parameters {
            properties[one.name] = ["type": .string(one.type), "description": .string(one.meaning)]
        }
        return [
            "name": .string(name), "description": .string(meaning),
            "inputSchema": [
                "type": "object", "properties": .object(properties),
                "required": .array(parameters.filter(\.isRequired).map { .string($0.name) }),
                "additionalProperties": false,
            ],
            "annotations": [
                "readOnlyHint": .bool(!changes), "destructiveHint": false, "idempotentHint": true,
                "openWorldHint": .bool(changes),
            ],
        ]
    }

    /// The arguments of a call, checked.
    /// - Throws: what is wrong with them, for the client.
    func arguments(_ value: JSONValue?) throws(MCPFault) -> [String: JSONValue] {
        guard let object = value.map({ $0.object }) ?? JSONObject() else {
            throw MCPFault("the arguments are not an object")
        }
        var found: [String: JSONValue] = [:]
        for member in object.members where !member.value.isNull {
            guard let parameter = parameters.first(where: { $0.name == member.key }) else {
                throw MCPFault("\(name) has no parameter \(member.key.prefix(50))")
            }
            let fits = parameter.type == "integer" ? member.value.integer != nil : member.value.string != nil
            guard fits else { throw MCPFault("\(parameter.name) must be of the type \(parameter.type)") }
            guard member.value.text.utf8.count <= 1000 else { throw MCPFault("\(parameter.name) is too long") }
            found[member.key] = member.value
        }
        for one in parameters where one.isRequired && found[one.name] == nil {
            throw MCPFault("\(name) needs \(one.name)")
        }
        return found
    }
}

/// Why a call does not succeed, for the client.
struct MCPFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension MCPTool {
    private static let source = Parameter(name: "source", type: "string", meaning: "Only of this source.")
    private static let limit = Parameter(name: "limit", type: "integer", meaning: "At most this many, up to 50.")
    private static let since = Parameter(name: "since", type: "string", meaning: "Received since then (RFC 3339).")
    private static let until = Parameter(name: "until", type: "string", meaning: "Received before then (RFC 3339).")
    private static let before = Parameter(
        name: "before", type: "string", meaning: "The member next of the page before.")
    private static let reason = Parameter(
        name: "reason", type: "string", meaning: "Why, for the operator log.", isRequired: true)

    private static func id(_ what: String) -> Parameter {
        Parameter(name: "id", type: "integer", meaning: "The id of the \(what).", isRequired: true)
    }

    /// Those that change nothing.
    static let reading = [
        MCPTool(
            name: "list_events", meaning: "List webhooks, newest first: accepted ones and refused ones.",
            parameters: [
                source, Parameter(name: "type", type: "string", meaning: "Only of this type, such as order.created."),
                Parameter(
                    name: "state", type: "string",
                    meaning: "Only in this state: pending, processing, completed, failed."),
                Parameter(name: "outcome", type: "string", meaning: "accepted or refused."), since, until, limit,
                before,
            ]),
        MCPTool(
            name: "explain_event",
            meaning: "One event: request, verdict, what it changed, its jobs with every attempt, its timeline.",
            parameters: [id("event")]),
        MCPTool(
            name: "verify_event",
            meaning: "How an event was verified when it was received, and how to verify it again.",
            parameters: [id("event")]),
        MCPTool(
            name: "list_refusals", meaning: "List refused webhooks, newest first.",
            parameters: [
                source,
                Parameter(name: "kind", type: "string", meaning: "Only of this kind, such as no_secret_matched."),
                since, until, limit, before,
            ]),
        MCPTool(
            name: "explain_refusal", meaning: "One refused webhook: why, and the stored part of its request.",
            parameters: [id("refusal")]),
        MCPTool(
            name: "list_orders", meaning: "List orders, newest first.",
            parameters: [
                source, Parameter(name: "status", type: "string", meaning: "Only with this status."),
                Parameter(name: "order_id", type: "string", meaning: "Only with this id of the sender."), limit, before,
            ]),
        MCPTool(
            name: "explain_order", meaning: "One order by its row's id, with a timeline of events, jobs, attempts.",
            parameters: [id("order's row")]),
        MCPTool(
            name: "list_dead_letters", meaning: "List jobs that were given up, oldest first, with their last errors.",
            parameters: [
                Parameter(name: "action", type: "string", meaning: "Only of this action."), limit,
            ]),
        MCPTool(name: "list_sources", meaning: "The configured sources and their state.", parameters: []),
        MCPTool(
            name: "dry_run_replay",
            meaning: "Show which jobs a replay of an event would create. Changes nothing; needs the scope replay.",
            parameters: [id("event"), reason]),
    ]

    /// Repeats an event's jobs.
    static let replay = MCPTool(
        name: "replay",
        meaning: "Replay an event after a dry run. Jobs run again; effects that have happened are not repeated.",
        parameters: [
            id("event"),
            Parameter(
                name: "dry_run_id", type: "string", meaning: "The member run of dry_run_replay's answer.",
                isRequired: true), reason,
        ], changes: true)
}
