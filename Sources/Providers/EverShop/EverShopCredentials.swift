/// The members of EverShop's bodies that must not be stored. Customers have `password`, a hash that can be cracked.
/// From 2.3.0 on EverShop removes it itself, but a shop's extension may add it and others.
enum EverShopCredentials {
    static let members: Set<String> = [
        "password", "password_hash", "passwordHash", "reset_password_token", "resetPasswordToken", "access_token",
        "accessToken", "refresh_token", "refreshToken", "api_key", "apiKey", "secret", "client_secret",
    ]
}
