import Crypto
import JSON
import Jobs
import Outbound
import Webhooks

/// Why an authorization server gave no token. The reasons hold no secret.
public enum TokenFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// It refuses what it was shown: only a person can help.
    case refused(String)
    /// It did not answer, or asks for patience.
    case unavailable(String)

    /// The reason.
    public var description: String {
        switch self {
        case .refused(let reason), .unavailable(let reason): reason
        }
    }
}

/// Reads the answers of authorization servers.
struct TokenAnswer {
    /// Values that no message may show.
    let secrets: [SecretBytes]

    /// The answer's members: those of `data` where the provider has a `code`, 0 for success; else its own.
    func members(_ reply: Reply) throws(TokenFault) -> JSONValue {
        let response: HTTPResponse
        switch reply {
        case .success(let found): response = found
        case .failure(let failure): throw .unavailable(failure.description)
        }
        let answer = (try? JSONValue(parsing: response.body)) ?? .null
        let code = answer["code"]?.integer
        if (200..<300).contains(response.status) {
            guard answer.object != nil else { throw .unavailable("answered \(response.status), but no JSON object") }
            if code == nil, answer["error"] == nil { return answer }
            if code == 0, let data = answer["data"] { return data }
        }
        let words = [
            answer["error"]?.string, answer["error_description"]?.string, answer["message"]?.string,
            answer["errors"]?.string,
        ].compactMap(\.self).filter { !$0.isEmpty }
        let reason = masked(
            (["answered \(response.status)"] + (code.map { ["code \($0)"] } ?? []) + words).joined(separator: ", "))
        switch response.status {
        case 408, 425, 429, 500...599: throw .unavailable(reason)
        // TikTok says in a code that there were too many requests, or that it has a fault of its own.
        default: throw Self.passing.contains(code ?? 0) ? .unavailable(reason) : .refused(reason)
        }
    }

    /// The limit of requests, and internal errors, of TikTok Shop and of the API for Business.
    private static let passing: Set<Int64> = [36_009_002, 36_009_003, 40_100, 40_016, 50_000, 50_002, 51_010]

    /// A secret of an answer.
    /// - Throws: a refusal: an answer without it is none.
    func secret(_ name: String, in members: JSONValue) throws(TokenFault) -> SecretBytes {
        guard let text = members[name]?.string, !text.isEmpty else { throw .refused("the answer has no \(name)") }
        return SecretBytes(utf8: text)
    }

    private func masked(_ text: String) -> String {
        let plain = secrets.map { String(decoding: $0.reveal(), as: UTF8.self) }.filter { $0.utf8.count >= 4 }
        let line = String(text.prefix(300).map { $0.isNewline || $0 == "\t" ? " " : $0 })
        return plain.reduce(line) { $0.replacingBytes(of: $1, with: "***") }
    }
}
