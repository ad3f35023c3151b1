import JSON
import StackSuite
import Testing

/// "Visit /docs: all available endpoints, request/response schemas": what the document says of the hooks is so.
@Suite(.serialized, .stack { try GuideShell.options(&$0) }) struct HookDocumentTests {
    private let shell: GuideShell
    private let document: JSONValue

    init() throws {
        shell = try GuideShell()
        let lines = try shell.lines("curl $BASE/openapi.json")
        try #require(lines.last == " 200")
        document = try JSONValue(parsing: Array(lines.dropLast().joined(separator: "\n").utf8))
    }

    /// The example of each hook: as it stands with its signature, without one, and with a wrong one.
    @Test(arguments: [
        ("/api/v2/webhooks/orders", #"-H "X-Webhook-Signature: $(hmac "$WEBHOOK_SECRET")""#, 200),
        ("/webhook/tiktok", #"-H "x-tiktok-shop-timestamp: $now" -H "x-tiktok-shop-signature: $(shop)""#, 401),
        ("/api/webhooks/evershop/{subject}", #"-H "x-evershop-signature: $(hmac "$EVERSHOP_WEBHOOK_SECRET")""#, 401),
    ])
    func answersAreAsTheDocumentSays(_ path: String, _ signature: String, _ unsigned: Int) throws {
        let hook = try #require(document["paths"]?[path]?["post"])
        #expect(hook["tags"] == ["hooks"] && hook["security"] == [] && hook["x-scope"] == "none")
        let media = try #require(hook["requestBody"]?["content"]?["application/json"])
        let example = try #require(media["example"])
        for member in resolved(media["schema"])["required"]?.array ?? [] {
            #expect(example[member.string ?? ""] != nil, "\(member.text)")
        }
        let wrong = signature.replacing("$(", with: "0$(")
        let lines = try shell.lines(
            """
            BODY='\(example.text)'
            now=$(date +%s)
            hmac() { printf %s "$BODY" | openssl dgst -sha256 -hmac "$1" | cut -d' ' -f2; }
            shop() { printf %s "$now$BODY" | openssl dgst -sha256 -hmac "$TIKTOK_APP_SECRET" | cut -d' ' -f2; }
            post() { curl "$BASE\(path.replacing("{subject}", with: "product"))" -H 'Content-Type: application/json' --data-raw "$BODY" "$@"; }
            post \(signature)
            post
            post \(wrong)
            """)
        try #require(lines.count == 3)
        for (line, status) in zip(lines, [200, unsigned, 401]) {
            #expect(line.hasSuffix(" \(status)"), "\(line)")
            let answer = try JSONValue(parsing: Array(line.dropLast(4).utf8))
            try expect(answer, isOf: hook["responses"]?["\(status)"])
        }
    }

    /// Every name of the guide's table of fields is described.
    @Test func allNamesOfAnOrderAreThere() {
        let members = resolved(["$ref": "#/components/schemas/HookOrder"])["properties"]?.object?.members ?? []
        let words = Set(
            members.flatMap { member in
                [member.key] + (member.value["description"]?.string ?? "").split { " ,.".contains($0) }.map(String.init)
            })
        for name in [
            "product", "product_name", "item", "price", "unit_price", "total", "total_price", "amount", "commission",
            "profit", "quantity", "qty", "email", "customer_email", "customer_name", "name", "profile", "proxy_list",
            "proxy", "reference", "reference_number", "status", "order_status", "tracking", "tracking_number",
            "shipment_id", "order_date", "created_at", "date",
        ] { #expect(words.contains(name), "\(name)") }
    }

    /// All that must be there is, and nothing that the document does not know.
    private func expect(_ answer: JSONValue, isOf response: JSONValue?) throws {
        let schema = resolved(response?["content"]?["application/json"]?["schema"])
        let required = try #require(schema["required"]?.array)
        for member in required { #expect(answer[member.string ?? ""] != nil, "\(member.text)") }
        let known = schema["properties"]?.object?.members.map(\.key) ?? []
        for member in answer.object?.members ?? [] { #expect(known.contains(member.key), "\(member.key)") }
    }

    private func resolved(_ schema: JSONValue?) -> JSONValue {
        guard let reference = schema?["$ref"]?.string else { return schema ?? .null }
        return resolved(document["components"]?["schemas"]?[String(reference.split(separator: "/").last ?? "")])
    }
}
