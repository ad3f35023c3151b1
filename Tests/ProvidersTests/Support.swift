import Crypto
import JSON
import Providers
import Testing
import Verification
import Webhooks

let noon = Timestamp(microseconds: 1_735_380_000_000_000)
let ring = Keyring(
    secrets: [SigningSecret(keyID: "env:TIKTOK_APP_SECRET", secret: SecretBytes(utf8: "123"))],
    credentials: ["app_key": SecretBytes(utf8: "abcdef")])

func delivery(_ headers: [HeaderFields.Field] = [], body: [UInt8]) -> Delivery {
    Delivery(
        requestID: "0123456789abcdef0123456789abcdef", receivedAt: noon, path: "/webhook/tiktok",
        headers: HeaderFields(headers.map { ($0.name, $0.value) }), body: body)
}

/// Signs a body as its provider does, verifies it and puts it in the system's terms.
func event(_ body: [UInt8], by provider: any Provider) throws -> Event {
    let secret = try #require(ring.secrets.first)
    let headers = try provider.scheme.sign(
        Draft(url: "", body: body), secret: secret, credentials: ring.credentials, now: noon)
    let received = delivery(headers, body: body)
    #expect(provider.recognizes(received))
    return try normalize(provider.scheme.verify(received, keyring: ring, now: noon), by: provider).event
}

func real(_ body: String) throws -> Event { try event(Array(body.utf8), by: TikTokShopProvider()) }
func guide(_ body: String) throws -> Event { try event(Array(body.utf8), by: TikTokShopGuideProvider()) }

/// A delivery to the provider of that name, taken as verified, in the system's terms.
func read(
    _ body: String, by name: String, _ headers: [(String, String)] = [], window: Int64 = 600
) throws -> Event {
    let provider = try #require(ProviderRegistry.named(name))
    let received = delivery(headers.map { HeaderFields.Field(name: $0, value: $1) }, body: Array(body.utf8))
    // No provider reads the verdict but ROMS, whose tests sign.
    let verified = try provider.scheme.verify(received, keyring: ring, policy: .none, now: noon)
    return try normalize(verified, by: provider, window: window).event
}

/// JSON as it is compared: without regard to the order of members.
func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

extension Event {
    /// The product that the event carries.
    var product: Product? { if case .product(let product) = record { product } else { nil } }
    /// The customer that the event carries.
    var customer: Customer? { if case .customer(let customer) = record { customer } else { nil } }
    /// The comment that the event carries.
    var comment: Webhooks.Comment? { if case .comment(let comment) = record { comment } else { nil } }
    /// The order that the event carries.
    var order: Order? { if case .order(let order) = record { order } else { nil } }
}

/// The payload of the integration guide, as written.
let guidePayload = #"""
    {
      "timestamp": 1735380000,
      "type": "order_created",
      "shop_id": "shop_123456",
      "data": {
        "order_id": "987654321",
        "order_status": "AWAITING_SHIPMENT",
        "create_time": 1735380000,
        "update_time": 1735380000,
        "items": [
          {
            "id": "item_1",
            "product_id": "prod_123",
            "product_name": "Custom T-Shirt",
            "sku_id": "sku_456",
            "sku_name": "Size M, Color Blue",
            "quantity": 2,
            "original_price": 29.99,
            "sale_price": 24.99,
            "seller_sku": "TSHIRT-M-BLUE",
            "image_url": "https://..."
          }
        ],
        "shipping_address": {
          "full_address": "123 Main St, Apt 4B",
          "name": "John Doe",
          "phone": "+1234567890",
          "region_code": "US",
          "postal_code": "12345",
          "city": "New York",
          "state": "NY"
        },
        "total_amount": 49.98,
        "shipping_fee": 5.00,
        "buyer_email": "customer@example.com"
      }
    }
    """#
