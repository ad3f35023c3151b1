import Crypto
import JSON
import Outbound
import Verification
import Webhooks

/// Live events by the REST API of a server.
struct RemoteFeed: EventFeed {
    /// Where it is, such as `https://hooks.example.com`.
    let server: String
    /// A token with the scope `read`.
    let token: SecretBytes
    let source: String?
    let type: String?
    let caFile: String?
    /// Whether handshakes without a signature are wanted, too.
    let unsigned: Bool

    private static let pageSize = 100

    func now() throws(FeedFailure) -> String { try cursor(get("/api/v2/events?limit=1")) }

    func events(after cursor: String) throws(FeedFailure) -> FeedPage {
        let answer = try send(list + ",replays&after=\(cursor)")
        if answer.status == 409 { throw .stale }
        let page = try json(answer)
        return FeedPage(
            items: (page["data"]?.array ?? []).compactMap(FeedItem.init),
            cursor: try self.cursor(page), hasMore: page["has_more"]?.bool ?? false)
    }

    func events(since time: Timestamp) throws(FeedFailure) -> [FeedItem] {
        var (items, next): ([FeedItem], String?) = ([], nil)
        repeat {
            let before = next.map { "&before=\(Self.encoded($0))" } ?? ""
            let page = try get(list + "&since=\(Self.encoded(time.rfc3339))" + before)
            items += (page["data"]?.array ?? []).compactMap(FeedItem.init)
            next = page["next"]?.string
        } while next != nil && items.count < FeedPage.mostByTime
        return items.reversed()
    }

    /// What is listed, up to the value of `also`, which may be continued.
    private var list: String {
        var query = "/api/v2/events?outcome=accepted&limit=\(Self.pageSize)"
        if let source { query += "&source=\(Self.encoded(source))" }
        if let type { query += "&type=\(Self.encoded(type))" }
        return query + "&also=\(unsigned ? "" : "signed_")handshakes"
    }

    func event(_ item: FeedItem) throws(FeedFailure) -> LiveEvent? {
        let isHandshake = item.kind == .handshake
        let answer = try send("/api/v2/\(isHandshake ? "handshakes" : "events")/\(item.id)")
        if answer.status == 404 { return nil }
        let event = try json(answer)
        guard let request = event["request"], let source = event["source"]?.string,
            let provider = event["provider"]?.string, let text = request["body"]?["base64"]?.string,
            let body = Base64.decode(text)
        else { throw .refused("\(server) describes \(item.name) in an unknown form: is it a newer version?") }
        let headers = (request["headers"]?.array ?? []).compactMap { field -> (name: String, value: String)? in
            guard let pair = field.array, pair.count == 2, let name = pair[0].string, let value = pair[1].string
            else { return nil }
            return (name, value)
        }
        return LiveEvent(
            item: item, source: source, provider: provider,
            type: event["type"]?.string ?? (isHandshake ? "handshake" : ""),
            subject: event["subject"]?.string, method: request["method"]?.string ?? "POST",
            path: request["path"]?.string ?? "/", query: request["query"]?.string ?? "",
            headers: HeaderFields(headers), body: body, isSigned: !isHandshake || event["verdict"] == "signature",
            run: item.run ?? (event["origin"] == "replay" ? event["request_id"]?.string : nil))
    }

    private func cursor(_ page: JSONValue) throws(FeedFailure) -> String {
        guard let cursor = page["live"]?.string else { throw .refused("\(server) returned no cursor") }
        return cursor
    }

    private func get(_ target: String) throws(FeedFailure) -> JSONValue { try json(send(target)) }

    private func send(_ target: String) throws(FeedFailure) -> HTTPResponse {
        let request = HTTPRequest(
            method: "GET", url: server + target,
            headers: [
                .init("Authorization", "Bearer " + String(decoding: token.reveal(), as: UTF8.self)),
                .init("Accept", "application/json"),
            ], totalTimeout: .seconds(30), responseLimit: OwnServer.mostBytes)
        do throws(OutboundFailure) {
            return try OwnServer.send(request, userAgent: "hookledger-listen", caFile: caFile)
        } catch {
            throw .away("\(server): \(error)")
        }
    }

    private func json(_ answer: HTTPResponse) throws(FeedFailure) -> JSONValue {
        switch answer.status {
        case 200:
            guard let value = try? JSONValue(parsing: answer.body) else {
                throw .away("\(server) did not answer with JSON")
            }
            return value
        case 429, 500...599:
            throw .away(
                "\(server) answers \(answer.status)",
                retryAfter: answer.header("retry-after").flatMap { Int64($0) }.map { .seconds(min($0, 3600)) })
        case 401, 403:
            throw .refused("\(server) answers \(answer.status): the token must be valid and have the scope read")
        default: throw .refused("\(server) answers \(answer.status): \(answer.text.prefix(200))")
        }
    }

    private static func encoded(_ text: String) -> String { PercentEncoding.encode(text) }
}
