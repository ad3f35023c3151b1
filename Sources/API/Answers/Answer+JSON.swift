import Crypto
import Ledger
import Webhooks

extension Answer {
    /// 200 with that JSON.
    static func ok(_ json: JSONText) -> Answer {
        Answer(
            status: 200, headers: [HeaderFields.Field(name: "content-type", value: "application/json")],
            body: Array(json.text.utf8))
    }

    /// 200 with these rows as `data`.
    static func rows(_ rows: [JSONText]) -> Answer { .ok(.object(["data": .array(rows)])) }

    /// 200 as the TikTok Shop guide shows it.
    static func success(_ data: JSONText) -> Answer { .ok(.object(["success": .bool(true), "data": data])) }

    /// The same answer, or 304 when the client has it already (RFC 9110, sections 8.8.3 and 13.1.2).
    func validated(against ifNoneMatch: String?) -> Answer {
        guard status == 200 else { return self }
        let tag = "\"" + Hex.encode(Array(Digest.sha256.hash(body).prefix(16))) + "\""
        var answer = self
        answer.headers.append(HeaderFields.Field(name: "etag", value: tag))
        let known = (ifNoneMatch ?? "").split(separator: ",").map(\.trimmed)
        guard known.contains(tag[...]) || known.contains("W/\(tag)") || known == ["*"] else { return answer }
        answer.headers.removeAll { $0.name == "content-type" }
        return Answer(status: 304, headers: answer.headers)
    }
}
