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
    /// - Returns: nil when the event names nobody.
    init?(_ event: JobEvent) {
        if event.type == Event.unrecognized { return nil }
        self.init(source: event.source)
        let body = try? JSONValue(parsing: event.body)
        if event.type == "shop.redact" {
            guard let shop = body?["shop_domain"]?.identifier else { return nil }
            self.shop = shop
            return
        }
        let object = body?["data"] ?? body
        let customer = object?["customer"]
        let account = body?["notification"]?["data"]
        customerIDs = [customer?["id"], account?["userId"], account?["username"]].compactMap { $0?.identifier }
        emails = [customer?["email"]?.string].compactMap(\.self).filter { $0.contains("@") }
        phones = [customer?["phone"]?.string].compactMap(\.self).filter { !$0.isEmpty }
        orderIDs = (object?["orders_to_redact"] ?? object?["orders_requested"])?.array?.compactMap(\.identifier) ?? []
        if customerIDs.isEmpty && emails.isEmpty && phones.isEmpty && orderIDs.isEmpty { return nil }
    }
}
