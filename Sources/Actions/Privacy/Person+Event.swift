import JSON
import Jobs
import Ledger
import Webhooks

extension Person {
    /// Whom a request is about: Shopify's customers/redact, customers/data_request and shop/redact
    /// (https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance), eBay's account deletion, or any sender's body
    /// with `customer` in it.
    ///
    /// Only the body says who: headers with a shop or a topic are not signed, and what was not recognized names nobody.
    ///
    /// - Parameter country: the country of the source, for telephone numbers without one.
    /// - Returns: nil when the event names nobody.
    init?(_ event: JobEvent, country: String? = nil) {
        if event.type == Event.unrecognized { return nil }
        self.init(source: event.source)
        provider = event.provider
        self.country = country
        let body = try? JSONValue(parsing: event.body)
        if event.type == "shop.redact" {
            guard let shop = body?["shop_domain"]?.identifier else { return nil }
            self.shop = shop
            return
        }
        askingShop = body?["shop_domain"]?.identifier
        let object = body?["data"] ?? body
        let customer = object?["customer"]
        let account = body?["notification"]?["data"]
        customerIDs = [customer?["id"], account?["userId"], account?["username"]].compactMap { $0?.identifier }
        emails = [customer?["email"]?.string].compactMap(\.self)
        phones = [customer?["phone"]?.string].compactMap(\.self)
        orderIDs = (object?["orders_to_redact"] ?? object?["orders_requested"])?.array?.compactMap(\.identifier) ?? []
        if !namesSomebody { return nil }
    }
}
