/// A kind of action and the keys that its section has beside the common ones.
///
/// A new kind is one more entry of `ActionKind.all`; what the values mean is the business of the action itself.
public struct ActionKind: Sendable, Hashable {
    /// One key.
    public struct Key: Sendable, Hashable {
        /// What may stand under a key.
        public enum Form: Sendable, Hashable {
            /// Any text, such as a template.
            case text
            /// One of these words.
            case choice([String])
            /// A secret by reference.
            case secret
            /// A URL without secrets in it: `http` or `https`, no user and password.
            case url
            /// A URL, or a reference to one: many carry their secret in them.
            case urlOrSecret
            /// A whole number in that range.
            case integer(ClosedRange<Int>)
            /// A truth value.
            case boolean
            /// A time in that range.
            case duration(ClosedRange<Duration>)
            /// A list of texts.
            case list
            /// Header fields: texts, or references where the value is a secret.
            case headers
            /// Named texts.
            case texts
            /// The name of another action, of one of these kinds.
            case action([String])
        }

        /// Its name.
        public let name: String
        /// What may stand under it.
        public let form: Form
        /// Whether the action can not do without it.
        public let isRequired: Bool
        /// Another key and the word under it with which the action can do without this one.
        public let exemption: Exemption?

        /// A key and a word under it.
        public struct Exemption: Sendable, Hashable {
            let key: String
            let word: String
        }

        /// A key.
        public init(_ name: String, _ form: Form, required: Bool = false) {
            self.name = name
            self.form = form
            isRequired = required
            exemption = nil
        }

        /// A key that is required unless a word stands under another key.
        init(_ name: String, _ form: Form, requiredUnless key: String, is word: String) {
            self.name = name
            self.form = form
            isRequired = true
            exemption = Exemption(key: key, word: word)
        }
    }

    /// Its name, the value of `kind:`.
    public let name: String
    /// Its keys.
    public let keys: [Key]

    /// A kind of that name and keys.
    public init(_ name: String, _ keys: [Key]) {
        self.name = name
        self.keys = keys
    }

    /// The kinds there are.
    public static let all = [
        // A message to a Slack incoming webhook, whose URL is its secret.
        ActionKind("slack", [Key("url", .secret, required: true), Key("text", .text)]),
        // The event as a POST with the headers of Standard Webhooks.
        ActionKind(
            "http",
            [Key("url", .urlOrSecret, required: true), Key("secret", .secret), Key("headers", .headers)]),
        // The order to Printify.
        ActionKind(
            "printify",
            [
                Key("shop", .text, required: true), Key("token", .secret, required: true), Key("base_url", .url),
                Key("lines", .choice(["sku", "product"])), Key("external_id", .text),
                Key("shipping_method", .choice(["standard", "priority", "printify_express", "economy"])),
                Key("notify_buyer", .boolean), Key("send_to_production", .boolean),
            ]),
        // The whole order, from the API of the system that only points at it.
        ActionKind(
            "fetch_order",
            [
                Key("provider", .choice(["tiktok_shop", "shopify", "woocommerce"]), required: true),
                Key("base_url", .url), Key("access_token", .secret), Key("app_key", .secret),
                Key("app_secret", .secret), Key("shop_cipher", .text), Key("api_version", .text),
                Key("consumer_key", .secret), Key("consumer_secret", .secret),
            ]),
        // A mail through an SMTP server, or the sendmail(8) of this host where `host` is its path.
        ActionKind(
            "email",
            [
                Key("host", .text, required: true), Key("port", .integer(1...65_535)),
                Key("tls", .choice(["starttls", "implicit", "none"])), Key("user", .text), Key("password", .secret),
                Key("from", .text, required: true), Key("reply_to", .text), Key("to", .text), Key("template", .text),
            ]),
        // What the shop says to a customer, in the database and through another action.
        ActionKind(
            "message_customer",
            [
                Key("through", .action(telling)), Key("channel", .text), Key("status_text", .text),
                Key("confirmation_text", .text), Key("welcome_text", .text), Key("phrases", .texts),
            ]),
        // What is done about a comment.
        ActionKind(
            "moderate_comment",
            [
                Key("api", .choice(["business", "guide"])), Key("base_url", .url),
                Key("access_token", .secret, required: true),
                Key("business_id", .text, requiredUnless: "api", is: "guide"), Key("spam_phrases", .list),
                Key("profanity_words", .list), Key("min_words", .integer(0...100)),
            ]),
        // The sold quantities off the inventory, and back on a cancellation.
        ActionKind("inventory", [Key("low_stock", .integer(0...1_000_000))]),
        // The visit that confirms a subscription of Amazon SNS; there without being written: see `BuiltIn`.
        ActionKind(BuiltIn.confirmation, [Key("base_url", .urlOrSecret)]),
    ]

    /// The kinds that can tell people something: `alerts: true`.
    static let telling = ["slack", "email", "http"]

    /// The kind of that name.
    public static func named(_ name: String) -> ActionKind? { all.first { $0.name == name } }
}
