import Crypto
import JSON
import Outbound

/// Requests to the REST API of a server.
struct MCPRequests: Sendable {
    /// Where it is, such as `https://hooks.example.com`, without a slash at its end.
    let server: String
    let token: SecretBytes
    let caFile: String?

    /// - Parameter query: with its question mark; empty for none.
    /// - Throws: why there is no answer, for the client.
    func get(_ path: String, _ query: String = "") throws(MCPFault) -> JSONValue {
        try send("GET", path + query, nil)
    }

    /// - Throws: why there is no answer, for the client.
    func post(_ path: String, _ body: JSONValue) throws(MCPFault) -> JSONValue {
        try send("POST", path, body.serialized())
    }

    private func send(_ method: String, _ target: String, _ body: [UInt8]?) throws(MCPFault) -> JSONValue {
        var headers: [HTTPRequest.Header] = [
            .init("Authorization", "Bearer " + String(decoding: token.reveal(), as: UTF8.self)),
            .init("Accept", "application/json"),
        ]
        if body != nil { headers.append(.init("Content-Type", "application/json")) }
        let request = HTTPRequest(
            method: method, url: server + target, headers: headers, body: body, totalTimeout: .seconds(30),
            responseLimit: OwnServer.mostBytes, repeatable: method == "GET")
        let answer: HTTPResponse
        do throws(OutboundFailure) {
            answer = try OwnServer.send(request, userAgent: "hookledger-mcp", caFile: caFile)
        } catch {
            throw MCPFault("the server cannot be reached: \(error)")
        }
        switch answer.status {
        case 200...299:
            guard let value = try? JSONValue(parsing: answer.body) else {
                throw MCPFault("the server did not answer with JSON")
            }
            return value
        case 401: throw MCPFault("the server answers 401: the token is not valid")
        case 403: throw MCPFault("the server answers 403: the token lacks the scope that this needs")
        case 404: throw MCPFault("the server answers 404: there is no such thing, or the token may not see it")
        default:
            let detail = (try? JSONValue(parsing: answer.body))?["detail"]?.string ?? ""
            throw MCPFault("the server answers \(answer.status)\(detail.isEmpty ? "" : ": \(detail.prefix(300))")")
        }
    }
}
