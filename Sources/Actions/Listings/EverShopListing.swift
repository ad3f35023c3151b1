import Crypto
import JSON
import Outbound
import Providers
import Webhooks

/// The GraphQL admin API's `orders`, newest order first, in pages with numbers. It can filter neither by the time of a change
/// nor by that of the order, and a changed status does not move `updated_at`. So every order that was placed within
/// `lookback` is listed and compared by its status and stage.
///
/// A token lasts 15 minutes (`JWT_ADMIN_TOKEN_EXPIRY`), so each run signs in.
/// Source: evershopcommerce/evershop 2.2.1, packages/evershop/src/modules/oms (OrderCollection,
/// registerDefaultOrderCollectionFilters), modules/auth/api/getUserToken, modules/graphql/api/adminGraphql
struct EverShopListing: RecordListing, SignedInListing {
    let provider: any Provider
    let base: String
    let email: String
    let password: SecretBytes
    /// How long orders can change after they were placed, in seconds.
    let lookback: Int64
    private(set) var token: SecretBytes?

    static let standardLookback = Duration.seconds(7 * 86_400)
    let listed = Listed(one: "order", many: "orders", sorting: .none)

    init(provider: any Provider, base: String, email: String, password: SecretBytes, lookback: Int64) {
        self.provider = provider
        self.base = base
        self.email = email
        self.password = password
        self.lookback = lookback
    }

    var isSignedIn: Bool { token != nil }

    func signIn(timeout: Duration) -> HTTPRequest {
        post(
            "\(base.withoutTrailingSlash)/api/user/tokens", [],
            ["email": .string(email), "password": .string(password.text)], timeout)
    }

    func signedIn(by answer: JSONValue) -> EverShopListing? {
        guard let text = answer["data"]?["accessToken"]?.string, !text.isEmpty else { return nil }
        var listing = self
        listing.token = SecretBytes(utf8: text)
        return listing
    }

    private static let query = """
        query($filters: [FilterInput]) { orders(filters: $filters) { items { id: orderId uuid orderNumber status { code } \
        payment_status: paymentStatus { code } shipment_status: shipmentStatus { code } payment_method: paymentMethod \
        currency customerEmail customerName: customerFullName grandTotal { value } createdAt { value } \
        updatedAt { value } items { id: orderItemId productId name: productName sku: productSku qty \
        finalPrice { value } } shippingAddress { fullName telephone address1 address2 city province { name } postcode \
        country { code } } activities { createdAt { value } } shipments { trackingNumber createdAt { value } \
        shippedAt { value } deliveredAt { value } canceledAt { value } } } } }
        """

    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest {
        let filters: JSONValue = [
            ["key": "page", "operation": "eq", "value": .string(place.cursor ?? "1")],
            ["key": "limit", "operation": "eq", "value": .string(String(ListingPlace.pageSize))],
        ]
        return post(
            "\(base.withoutTrailingSlash)/api/admin/graphql", [("Authorization", "Bearer " + (token?.text ?? ""))],
            ["query": .string(Self.query), "variables": ["filters": filters]], timeout)
    }

    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage {
        if let reason = (answer["error"] ?? answer["errors"]?.array?.first)?["message"]?.string {
            throw .badAnswer(reason)
        }
        guard let list = answer["data"]?["orders"] else { throw .badAnswer("the answer has no data.orders") }
        let number = place.cursor.flatMap { Int64($0) } ?? 1
        let found = try list.elements("items")
        let oldest = place.since.advanced(bySeconds: -lookback)
        var orders: [ListedOrder] = []
        var isPast = false
        for order in found {
            let object = EverShopListedOrder.body(order)
            var entry = try ListedOrder(
                .object(object), id: order["id"], changedAt: EverShopListedOrder.changedAt(order))
            // Its webhook may be on its way.
            if entry.changedAt >= place.until { continue }
            if let placed = EverShopListedOrder.moment(order["createdAt"]), placed < oldest {
                isPast = true
                continue
            }
            entry.state = EverShopDetail.state(of: object)
            orders.append(entry)
        }
        let isLast = isPast || found.count < ListingPlace.pageSize
        return ListingPage(orders: orders, next: isLast ? nil : String(number + 1))
    }

    func headers(of order: JSONValue, isNew: Bool) -> HeaderFields { HeaderFields() }
}
