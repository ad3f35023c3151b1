import JSON
import Ledger
import Postgres
import Providers
import Settings
import Verification
import Webhooks

/// The routes of the ROMS guide beside its hook path.
enum ROMSRoutes {
    static let all = [
        Route.get("/api/v2/webhooks/test", test, scope: nil),
        Route.get("/api/v2/webhooks/logs", logs, query: ["limit"], isEnveloped: true).confined,
        Route.get("/api/v2/webhooks/signature-help", signatureHelp, scope: nil),
    ]

    @Sendable private static func test(_ call: Call) throws(Problem) -> Answer {
        .json(
            200,
            [
                "status": "ok", "message": "Webhook endpoint is operational",
                "timestamp": .string(call.request.receivedAt.rfc3339),
                "signature_required": .bool(hook(call.settings).isSigned),
            ])
    }

    @Sendable private static func logs(_ call: Call) throws(Problem) -> Answer {
        let limit = try call.query.limit(most: 1000)
        var filter = DeliveryFilter()
        filter.events.sources = call.sources
        filter.handshakes = .leftOut
        let rows = try call.store { [filter] connection throws(PostgresError) in
            try DeliveryPages.newest(filter, limit: limit, columns: .log, on: connection).rows
        }
        return .ok(.object(["success": .bool(true), "count": .number(rows.count), "data": .array(rows)]))
    }

    @Sendable private static func signatureHelp(_ call: Call) throws(Problem) -> Answer {
        let hook = hook(call.settings)
        return .json(
            200,
            [
                "signature_required": .bool(hook.isSigned), "header": "X-Webhook-Signature",
                "algorithm": "HMAC-SHA256", "encoding": "hex, in lower case",
                "signed": "the raw body, byte for byte as it is sent", "endpoint": .string(hook.path),
                "examples": [
                    "python": """
                    body = json.dumps(payload)
                    signature = hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()
                    requests.post(url, data=body, headers={"Content-Type": "application/json",
                                                           "X-Webhook-Signature": signature})
                    """,
                    "node": """
                    const body = JSON.stringify(payload);
                    const signature = crypto.createHmac('sha256', secret).update(body).digest('hex');
                    await fetch(url, {method: 'POST', body, headers: {'Content-Type': 'application/json',
                                                                      'X-Webhook-Signature': signature}});
                    """,
                    "curl": """
                    SIGNATURE=$(printf '%s' "$PAYLOAD" | openssl dgst -sha256 -hmac "$SECRET" | cut -d' ' -f2)
                    curl -H 'Content-Type: application/json' -H "X-Webhook-Signature: $SIGNATURE" \\
                         --data-raw "$PAYLOAD" "$URL"
                    """,
                ],
            ])
    }

    /// The path of such deliveries, and whether they must be signed.
    private static func hook(_ settings: Settings) -> (path: String, isSigned: Bool) {
        for source in settings.sources {
            for contract in source.contracts where contract.provider.name == "roms" {
                return (source.paths.first ?? "/", contract.verification == .required)
            }
        }
        return ("/api/v2/webhooks/orders", true)
    }
}
