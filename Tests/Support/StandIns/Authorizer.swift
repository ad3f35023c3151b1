package import JSON
internal import Outbound
internal import Transport

/// The authorization servers of authorizer.py, in a process of their own or in that of shops.py.
package final class Authorizer {
    /// The app that they know.
    package static let clientID = "29a39d"
    /// Its secret.
    package static let clientSecret = "app-secret-e59af819cc"

    /// Where they listen, without a slash at the end.
    package let url: String
    private let process: StandInProcess?
    private let client: HTTPClient

    /// Starts them.
    package convenience init() throws {
        let process = try StandInProcess("authorizer.py")
        try self.init(at: process.url, process)
    }

    /// - Parameter process: theirs; nil if they live in another stand-in.
    init(at url: String, _ process: StandInProcess? = nil) throws {
        self.url = url
        self.process = process
        client = try StandInProcess.client()
    }

    /// Does something of authorizer.py's list.
    @discardableResult package func control(_ operation: String, _ terms: [String: JSONValue] = [:]) throws -> JSONValue
    {
        var body = JSONObject()
        body["op"] = .string(operation)
        for (name, value) in terms { body[name] = value }
        let answer = try client.perform(
            HTTPRequest(
                method: "POST", url: url + "/control", body: JSONValue.object(body).serialized(),
                responseLimit: 16 << 20, repeatable: true))
        return try JSONValue(parsing: answer.body)
    }

    /// A person allows the app for the shops, each an id with its region.
    package func code(
        _ kind: String, account: String, shops: [(id: String, region: String)] = [], redirect: String? = nil,
        challenge: String? = nil
    ) throws -> String {
        let list = shops.map { shop -> JSONValue in ["id": .string(shop.id), "region": .string(shop.region)] }
        let answer = try control(
            "code",
            [
                "kind": .string(kind), "account": .string(account), "shops": .array(list),
                "redirect": redirect.map(JSONValue.string) ?? .null,
                "challenge": challenge.map(JSONValue.string) ?? .null,
            ])
        return answer["code"]?.string ?? ""
    }

    /// How often something was asked for.
    package func count(_ name: String) throws -> Int { Int(try control("seen")[name]?.integer ?? -1) }

    /// Every code, token and cipher that was ever given.
    package func given() throws -> [String] { (try control("seen")["given"]?.array ?? []).compactMap(\.string) }
}
