public import JSON
internal import Outbound
internal import Transport

/// The destinations of standins.py, in a process of their own.
public final class StandIns: Sendable {
    /// Where they listen, without a slash at the end.
    public let url: String
    private let process: StandInProcess

    /// Starts them.
    public init() throws {
        process = try StandInProcess("standins.py")
        url = process.url
    }

    /// The next requests below a path get a fault.
    /// - Parameter skip: how many go by before.
    public func inject(_ fault: String, at prefix: String, times: Int = 1, skip: Int = 0) throws {
        _ = try control(
            "POST",
            [
                "prefix": .string(prefix), "fault": .string(fault), "times": .number(JSONNumber(Int64(times))),
                "skip": .number(JSONNumber(Int64(skip))),
            ])
    }

    /// What has become of an order at Printify.
    /// - Parameters:
    ///   - name: its `external_id`.
    ///   - shipments: as Printify's API has them.
    public func setPrinted(_ name: String, status: String, shipments: JSONValue = []) throws {
        _ = try control(
            "POST", ["printed": .string(name), "status": .string(status), "shipments": shipments])
    }

    /// The tokens that the APIs of comments take from now on; `test-token` at first.
    public func takeComments(with tokens: [String]) throws {
        _ = try control("POST", ["comment_tokens": .array(tokens.map(JSONValue.string))])
    }

    /// How often each effect of a kind has happened, by key.
    public func effects(_ kind: String) throws -> [String: Int] {
        let all = try control("GET", nil)
        let members = all[kind]?.object?.members ?? []
        return Dictionary(members.map { ($0.key, Int($0.value.integer ?? 0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// The texts of the documents of that name in the knowledge base.
    public func documents(_ name: String) throws -> [String] {
        let all = try control("GET", nil)["documents"]?.object?.members ?? []
        return all.filter { $0.value["name"]?.string == name }.compactMap { $0.value["text"]?.string }
    }

    /// A document that somebody else has made.
    public func makeDocument(_ name: String, dataset: String) throws {
        let body: JSONValue = [
            "dataset_id": .string(dataset),
            "document_bases": [["name": .string(name), "source_info": ["file_base64": "eA==", "file_type": "txt"]]],
        ]
        _ = try client().perform(
            HTTPRequest(
                method: "POST", url: url + "/coze/open_api/knowledge/document/create",
                headers: [.init("Authorization", "Bearer test-token"), .init("Agw-Js-Conv", "str")],
                body: body.serialized()))
    }

    private func client() throws -> HTTPClient {
        try HTTPClient(HTTPClient.Configuration(addressGuard: AddressGuard(allowing: ["127.0.0.1"])))
    }

    private func control(_ method: String, _ body: JSONValue?) throws -> JSONValue {
        let answer = try client().perform(
            HTTPRequest(
                method: method, url: url + "/control", body: body?.serialized(), responseLimit: 16 << 20,
                repeatable: true))
        return try JSONValue(parsing: answer.body)
    }
}
