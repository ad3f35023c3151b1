import Actions
import ArgumentParser
import Crypto
import Jobs
import Ledger
import Outbound
import Platform
import Settings
import Transport
import Webhooks

/// The way to a token: the page, the redirect, the exchange.
struct TokenExchange {
    private let issuer: TokenIssuer
    private let shop: String?
    private let redirect: String?
    private let client: HTTPClient

    /// How long a redirect is waited for, in milliseconds.
    private static let patience: Int64 = 300_000
    private static let loopbackPath = "/callback/"

    init(_ issuer: TokenIssuer, shop: String?, settings: Settings) throws {
        self.issuer = issuer
        self.shop = shop
        redirect = issuer.redirectURI
        client = try HTTPClient(
            HTTPClient.Configuration(addressGuard: AddressGuard(allowing: settings.addressGuard.allowPrivateHosts)))
    }

    func byClientCredentials() throws -> TokenGrant {
        let reply = send(issuer.clientCredentials(shop: shop))
        return try judged { () throws(TokenFault) in try issuer.grant(in: reply, shown: nil, now: SystemClock.now) }
    }

    /// Lets a person allow the app.
    /// - Parameter listen: the port of 127.0.0.1 that takes the redirect; nil to have its address pasted.
    func byCode(listen: Int?) throws -> TokenGrant {
        let state = Base64.encode(Random.bytes(24), alphabet: .url, padded: false)
        let verifier = issuer.hasChallenge ? Base64.encode(Random.bytes(48), alphabet: .url, padded: false) : nil
        var (address, listener): (String?, LoopbackListener?) = (redirect, nil)
        if let listen {
            guard issuer.allowsLoopback else {
                throw UsageError(
                    "\(issuer.kind.word) redirects only to the address in its portal: without --listen, paste it")
            }
            let made = try LoopbackListener(port: listen)
            address = "http://127.0.0.1:\(made.port)\(Self.loopbackPath)"
            listener = made
        }
        guard let page = issuer.page(state: state, verifier: verifier, redirect: address, shop: shop) else {
            StandardError.write(
                "Error: app: of the source needs \(issuer.kind == .tiktokShop ? "service_id" : "redirect_uri")")
            throw ExitCode(.configuration)
        }
        Console.say("Open this page, and allow the app:\n\n  \(page)\n")
        let text = try listener.map(wait) ?? paste()
        let found: Redirect
        do throws(Redirect.Fault) {
            found = try Redirect(text, from: issuer, state: state, shop: shop, now: SystemClock.now)
        } catch {
            StandardError.write("Error: the redirect is refused: \(error)")
            throw ExitCode(.failed)
        }
        let reply = send(issuer.exchange(found.code, verifier: verifier, redirect: address, shop: shop))
        return try judged { () throws(TokenFault) in
            try issuer.grant(in: reply, shown: found.code, now: SystemClock.now)
        }
    }

    /// The shops of a fresh token. The code is used up, so an API that does not answer is asked again.
    func shops(of grant: TokenGrant) throws -> [TokenShop] {
        guard let request = issuer.shopsRequest(grant.accessToken, shop: shop, now: SystemClock.now) else { return [] }
        for attempt in 1...3 {
            do throws(TokenFault) {
                return try issuer.shops(in: send(request), token: grant.accessToken, shop: shop)
            } catch {
                guard case .unavailable = error, attempt < 3 else {
                    return try judged { () throws(TokenFault) in throw error }
                }
                SystemClock.sleep(milliseconds: 1000 * attempt)
            }
        }
        return []
    }

    /// The account that gave the permission.
    /// - Parameter isOwn: whether the permission is the app's own.
    func account(of grant: TokenGrant, isOwn: Bool) throws -> String {
        if let name = issuer.kind == .shopify ? shop : isOwn ? "app" : grant.account, !name.isEmpty { return name }
        StandardError.write("Error: the answer does not name the account (open_id)")
        throw ExitCode(.failed)
    }

    private func wait(_ listener: LoopbackListener) throws -> String {
        let target = try listener.target(
            path: Self.loopbackPath, page: "Received. Look at the terminal, and close this page.\n",
            within: Self.patience)
        if let target { return target }
        StandardError.write("Error: no redirect came within five minutes")
        throw ExitCode(.unavailable)
    }

    private func paste() throws -> String {
        Console.say("Then paste the address to which the browser is sent, and press Enter:")
        if let line = readLine(), !line.isEmpty { return line }
        StandardError.write("Error: no address was pasted")
        throw ExitCode(.failed)
    }

    private func send(_ request: HTTPRequest) -> Reply { client.reply(to: request) }

    /// A fault becomes a line and an exit code.
    private func judged<T>(_ body: () throws(TokenFault) -> T) throws -> T {
        do throws(TokenFault) { return try body() } catch {
            StandardError.write("Error: \(issuer.kind.word): \(VisibleText.of(error.description))")
            if case .unavailable = error { throw ExitCode(.unavailable) }
            throw ExitCode(.failed)
        }
    }
}
