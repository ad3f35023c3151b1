import Crypto
import JSON
import Ledger
import Webhooks

/// A stored request as the API shows it. Credentials are masked, because a reader of the request may not
/// send it.
enum RequestText {
    static func of(_ request: DeliveryDetail.StoredRequest) -> JSONText {
        .object([
            "method": .string(request.method), "path": .string(request.path), "query": .string(request.query),
            "headers": headers(request.headers.fields),
            "body": .object([
                "length": .number(request.bodyLength), "kept": .number(request.body.count),
                "base64": .string(Base64.encode(request.body)),
                "text": .string(String(validating: request.body, as: UTF8.self)),
            ]),
        ])
    }

    /// A given answer.
    static func of(_ answer: Answer) -> JSONText {
        .object([
            "status": .number(answer.status), "headers": headers(answer.headers),
            "body": .string(String(decoding: answer.body, as: UTF8.self)),
        ])
    }

    /// Header fields as `[name, value]`.
    static func headers(_ fields: [HeaderFields.Field]) -> JSONText {
        .array(
            fields.map { field in
                .array([.string(field.name), .string(isSecret(field.name) ? masked(field.value) : field.value)])
            })
    }

    private static func isSecret(_ name: String) -> Bool {
        ["signature", "sign", "authorization", "token", "secret", "hmac", "cookie", "api-key", "apikey", "password"]
            .contains { name.contains($0) }
    }

    private static func masked(_ value: String) -> String { value.prefix(4) + "…" }
}
