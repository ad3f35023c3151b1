import JSON
import Jobs

/// What the event of a cart or checkout says about whose it is. Shopify's checkouts have all of it, its carts only the
/// token; EverShop's members are in `data`.
struct Cart: Sendable {
    /// As the sender names it.
    let id: String
    /// What an order may call it: also the token of a checkout of Shopify's that is a later state of it.
    let names: [String]
    /// The buyer's address.
    let email: String?
    /// The buyer's account.
    let customerID: String?

    /// - Returns: nil for an event that is about no cart.
    init?(_ event: JobEvent) {
        guard let subject = event.subject, subject.hasPrefix("cart:") else { return nil }
        id = String(subject.dropFirst(5))
        let body = try? JSONValue(parsing: event.body)
        let object = body?["data"] ?? body
        names = [id] + ["cart_token", "token"].compactMap { object?[$0]?.identifier }
        email =
            ["email", "customerEmail", "customer_email", "contact_email"].lazy
            .compactMap { object?[$0]?.string }.first { $0.contains("@") } ?? object?["customer"]?["email"]?.string
        customerID =
            ["customerId", "customer_id"].lazy.compactMap { object?[$0]?.identifier }.first
            ?? object?["customer"]?["id"]?.identifier
    }
}
