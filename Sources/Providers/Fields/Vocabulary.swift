import Webhooks

/// The types with a meaning here: rules use them, and some cannot be reverted (`shop.redact`). Only a provider's own
/// table may assign one.
public enum Vocabulary {
    /// Every normalized type.
    public static let types: Set<String> = [
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

    /// The type for a name that the provider's table does not know: the name itself, with the provider as prefix if it
    /// equals one of ours, by chance or by a forged header.
    static func foreign(_ name: String, of provider: String) -> String {
        types.contains(name) ? "\(provider):\(name)" : name
    }
}
