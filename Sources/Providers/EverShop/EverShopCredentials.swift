/// What must not be stored of EverShop's bodies. Rows of customers have `password`, a hash by which its owner can be
/// found out; from 2.3.0 on EverShop takes that out itself, but an extension of a shop may put it and others in.
enum EverShopCredentials {
    static let members: Set<String> = [
        "password", "password_hash", "passwordHash", "reset_password_token", "resetPasswordToken", "access_token",
        "accessToken", "refresh_token", "refreshToken", "api_key", "apiKey", "secret", "client_secret",
    ]
}
