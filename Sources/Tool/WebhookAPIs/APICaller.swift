import Crypto
import JSON
import Outbound
import Transport
import Webhooks

/// Sends the requests of one command to one API, and keeps secrets out of all messages.
final class APICaller {
    /// Where the API is, without a slash at the end.
    let base: String
    private let client: HTTPClient
    private let secrets: [SecretBytes]

    /// - Parameters:
    ///   - base: chosen by a person, so it may be a private address; secrets go over TLS, or stay on this host.
    ///   - secrets: values that no message may show.
    init(base: String, secrets: [SecretBytes]) throws {
        self.base = base.last == "/" ? String(base.dropLast()) : base
        self.secrets = secrets
        let probe = HTTPRequest(method: "GET", url: self.base)
        guard let destination = probe.destination, !self.base.contains("@"), SecretURL.keepsSecrets(self.base) else {
            throw UsageError("the base URL must be https, or http on this host, without user and password")
        }
        client = try HTTPClient(
            HTTPClient.Configuration(userAgent: "hookledger", addressGuard: AddressGuard(allowing: [destination])))
    }

    /// Sends a request with a JSON body, and returns the answer's JSON.
    ///
    /// - Returns: `null` for an empty answer.
    /// - Throws: ``WebhookAPIFailure`` for every status but 2xx.
    func json(
        _ method: String, _ path: String, headers: [(String, String)], body: JSONValue? = nil
    ) throws(WebhookAPIFailure) -> JSONValue {
        let type = body == nil ? [] : [HTTPRequest.Header("Content-Type", "application/json")]
        let request = HTTPRequest(
            method: method, url: base + path,
            headers: [.init("Accept", "application/json")] + type + headers.map { .init($0.0, $0.1) },
            body: body?.serialized(), totalTimeout: .seconds(30), responseLimit: 8 << 20, repeatable: method == "GET")
        let answer: HTTPResponse
        do throws(OutboundFailure) {
            answer = try client.perform(request)
        } catch {
            throw WebhookAPIFailure(
                "\(request.destination ?? base) did not answer: \(error.message)", isUnreachable: true)
        }
        guard (200..<300).contains(answer.status) else {
            throw WebhookAPIFailure("answered \(answer.status): \(excerpt(answer.text))")
        }
        if answer.body.isEmpty { return .null }
        guard let value = try? JSONValue(parsing: answer.body) else {
            throw WebhookAPIFailure("answered \(answer.status) without JSON: \(excerpt(answer.text))")
        }
        return value
    }

    /// The same for TikTok's APIs, whose answers say in `code` what they mean, 0 success.
    ///
    /// - Returns: the answer's `data`.
    func tikTokData(
        _ method: String, _ path: String, headers: [(String, String)] = [], body: JSONValue? = nil
    ) throws(WebhookAPIFailure) -> JSONValue? {
        let answer = try json(method, path, headers: headers, body: body)
        let code = answer["code"]?.integer
        guard code == 0 else {
            throw refused("code \(code.map(String.init) ?? "unknown")", answer["message"]?.string)
        }
        return answer["data"]
    }

    /// The beginning of an API's answer, on one line and without secrets.
    func excerpt(_ text: String) -> String {
        var text = text
        for secret in secrets {
            let plain = String(decoding: secret.reveal(), as: UTF8.self)
            text = text.replacingBytes(of: plain, with: "***")
        }
        return String(text.prefix(300).map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }

    /// The failure that an API's own words describe.
    func refused(_ code: String, _ message: String?) -> WebhookAPIFailure {
        WebhookAPIFailure("refused the request (\(code))" + (message.map { ": \(excerpt($0))" } ?? ""))
    }
}
