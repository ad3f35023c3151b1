import JSON
import Platform

/// A server of the Model Context Protocol on standard input and output: a JSON-RPC 2.0 message a line
/// (modelcontextprotocol.io/specification/2025-11-25/basic/transports).
struct MCPServer {
    /// The versions of the protocol whose initialization and tools are as here, newest first.
    static let versions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]
    /// The longest message, in bytes.
    static let mostBytes = 1 << 20

    private var calls: MCPCalls

    init(_ calls: MCPCalls) { self.calls = calls }

    /// Answers a line.
    /// - Returns: the answer's line; nil for a notification.
    mutating func answer(_ line: String) -> String? {
        guard line.utf8.count <= Self.mostBytes else { return Self.error(.null, -32600, "the message is too long") }
        guard let message = try? JSONValue(parsing: Array(line.utf8)) else {
            return Self.error(.null, -32700, "the message is not JSON")
        }
        guard message.object != nil, message["jsonrpc"] == "2.0", let method = message["method"]?.string else {
            // An answer to a request of ours; there are none.
            if message["result"] != nil || message["error"] != nil { return nil }
            return Self.error(message["id"] ?? .null, -32600, "the message is not a request of JSON-RPC 2.0")
        }
        guard let id = message["id"], !id.isNull else { return nil }
        switch method {
        case "initialize": return Self.result(id, initialized(message["params"]?["protocolVersion"]?.string))
        case "ping": return Self.result(id, .object(JSONObject()))
        case "tools/list": return Self.result(id, ["tools": .array(calls.tools.map(\.json))])
        case "tools/call":
            guard let name = message["params"]?["name"]?.string else {
                return Self.error(id, -32602, "tools/call needs the name of a tool")
            }
            guard let tool = calls.tools.first(where: { $0.name == name }) else {
                return Self.error(id, -32602, "there is no tool \(name.prefix(50))")
            }
            return Self.result(id, calls.run(tool, message["params"]?["arguments"]))
        default: return Self.error(id, -32601, "there is no method \(method.prefix(50))")
        }
    }

    private func initialized(_ wanted: String?) -> JSONValue {
        let version = wanted.flatMap { Self.versions.contains($0) ? $0 : nil } ?? Self.versions[0]
        return [
            "protocolVersion": .string(version), "capabilities": ["tools": ["listChanged": false]],
            "serverInfo": ["name": "hookledger", "version": .string(Version.text)],
            "instructions": .string(
                "Webhooks, orders and jobs of a shop, read through Hookledger's REST API. \(MCPAnswer.notice)"),
        ]
    }

    private static func result(_ id: JSONValue, _ result: JSONValue) -> String {
        (["jsonrpc": "2.0", "id": id, "result": result] as JSONValue).text
    }

    private static func error(_ id: JSONValue, _ code: Int64, _ message: String) -> String {
        ([
            "jsonrpc": "2.0", "id": id,
            "error": ["code": .number(JSONNumber(code)), "message": .string(message)],
        ] as JSONValue).text
    }
}
