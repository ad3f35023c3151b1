public import JSON
internal import Outbound
internal import Transport

/// The platforms of agents.py, which take order events and check their signatures, in a process of their own.
public final class AgentPlatforms: Sendable {
    /// Where they listen, without a slash at the end.
    public let url: String
    private let process: StandInProcess

    /// Starts them.
    /// - Parameters:
    ///   - secret: the webhook secret of the Agentic Commerce Protocol.
    ///   - publicKey: the shop's key as PEM, by the name `kid`.
    public init(secret: String, publicKey: String, kid: String) throws {
        process = try StandInProcess("agents.py")
        url = process.url
        _ = try control(
            "POST", ["secret": .string(secret), "public_key": .string(publicKey), "kid": .string(kid)])
    }

    /// The order events that a platform (`acp`, `ucp`) took, in their order; of `refused` the reasons.
    public func taken(_ name: String) throws -> [JSONValue] { try control("GET", nil)[name]?.array ?? [] }

    private func control(_ method: String, _ body: JSONValue?) throws -> JSONValue {
        let answer = try StandInProcess.client().perform(
            HTTPRequest(
                method: method, url: url + "/control", body: body?.serialized(), responseLimit: 1 << 20,
                repeatable: true))
        return try JSONValue(parsing: answer.body)
    }
}
