import Webhooks

/// The types that mean something here, whoever sends them: rules are written in them, and some cannot be undone
/// (`shop.redact`). Only a provider's own table gives one of them away.
enum Vocabulary {
    /// Every normalized type.
    static let types: Set<String> = [
        "order.created", "order.updated", "order.cancelled", "order.deleted", "order.archived", "order.fetched",
        "product.created", "product.updated", "product.deleted", "inventory.updated",
        "customer.created", "customer.updated", "customer.deleted", "customer.redact", "customer.data_request",
        "shop.redact", "authorization.removed", "authorization.expiring",
        "cart.created", "cart.updated", "cart.abandoned", "checkout.created", "checkout.updated",
        "package.shipped", "package.updated", "package.delivered",
        "return.updated", "cancellation.updated", "refund.completed", "invoice.updated",
        "conversation.created", "message.created", "comment.created", "comment.updated", "comment.deleted",
        "video.published", "video.upload_failed",
        "coupon.created", "coupon.updated", "coupon.deleted",
        "notification", "subscription.confirmation", "subscription.removed",
    ]

    /// The type of what that provider calls so, and its table does not know: its own name, but behind the provider's where
    /// it is one of ours by chance, or by the will of whoever wrote an unsigned header.
    static func foreign(_ name: String, of provider: String) -> String {
        types.contains(name) ? "\(provider):\(name)" : name
    }
}
