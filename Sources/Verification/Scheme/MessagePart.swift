/// One part of the bytes that are signed.
public enum MessagePart: Sendable, Hashable {
    /// That text.
    case literal(String)
    /// The time of signing, as the text that was sent.
    case timestamp
    /// The value of that header; its name in lower case.
    case header(String)
    /// The raw body.
    case body
    /// The whole URL as the sender wrote it, or as the source's configuration says (``Keyring/notificationURL``).
    case url
    /// The request method in upper case.
    case method
    /// A static credential of the source that is not a key, such as TikTok Shop's `app_key`.
    case credential(String)
    /// The fields of a form body (`application/x-www-form-urlencoded`), decoded and sorted by name and then by value:
    /// each name followed by its value, nothing between. A repeated pair is used once (Twilio's rule).
    case sortedFormFields
    /// The field of a JSON body at that path, whose steps are keys or positions in arrays: the text of a string,
    /// `true`, `false` or a number; nothing for everything else.
    case jsonField([String])
    /// The existing ones of these fields of the JSON body, in this order: each its name, a line feed, its value, a line
    /// feed (Amazon SNS).
    case jsonLines([String])
    /// The signature base of RFC 9421: the components that the sender covers, a line each.
    case signatureBase
    /// The CRC-32 of the raw body as a decimal number (PayPal).
    case bodyChecksum
}
