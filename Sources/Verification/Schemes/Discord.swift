import Crypto

extension Scheme {
    /// Discord: Ed25519 in hexadecimal digits over time and body, checked with the application's public key. The time
    /// is signed, without a tolerance in Discord's rules; because nothing separates it from the body, its length is
    /// checked. Source:
    /// https://discord.com/developers/docs/interactions/overview#setting-up-an-endpoint-validating-security-request-headers
    public static let discord = Scheme(
        name: "discord", message: [.header("x-signature-timestamp"), .body], algorithm: .publicKey(.ed25519),
        key: .ed25519, signature: .header("x-signature-ed25519"),
        demands: [Requirement(.header("x-signature-timestamp"), .digits(10))])
}
