internal import Crypto
internal import Patience
package import Platform
package import Webhooks

/// A person at `hookledger authorize`: opens the page that it prints, and pastes the address to which the browser was sent.
package enum AuthorizingPerson {
    /// The end of the command.
    package typealias Result = (status: ExitStatus?, output: String, errors: String)

    /// - Parameters:
    ///   - command: `hookledger authorize` with its arguments.
    ///   - folder: for the streams.
    ///   - redirect: gets the page's query; makes the address that is pasted.
    package static func run(
        _ command: ChildCommand, in folder: String, _ redirect: (FormFields) throws -> String
    ) throws -> Result {
        let paste = folder + "/paste"
        let streams = [folder + "/authorize.out", folder + "/authorize.err"]
        for path in streams + [paste] { try? Files.remove(path) }
        var command = command
        // The person needs a while.
        let typing = #"f=$1; shift; { until [ -s "$f" ]; do sleep 0.02; done; cat "$f"; } | "$@""#
        command.arguments = ["sh", "-c", typing, "sh", paste] + command.arguments
        command.output = .file(streams[0])
        command.errors = .file(streams[1])
        let process = try ChildProcess.spawn(command)
        _ = try eventually {
            let shown = (try? Files.readText(streams[0])) ?? ""
            if let line = shown.split(separator: "\n").first(where: { $0.contains("state=") }) {
                try Files.write(paste + ".new", text: try redirect(FormFields(query: String(line))) + "\n")
                try Files.rename(paste + ".new", to: paste)
                return true
            }
            return !process.isRunning
        }
        let status = process.wait(timeout: .seconds(patience))
        if status == nil { process.terminate(with: .kill) }
        let texts = streams.map { (try? Files.readText($0)) ?? "" }
        return (status, texts[0], texts[1])
    }

    /// The address to which TikTok Shop sends the browser.
    package static func tikTokShop(_ page: FormFields, code: String) -> String {
        "https://app.example/callback?app_key=\(Authorizer.clientID)&code=\(code)&locale=en"
            + "&state=\(page.first("state") ?? "")"
    }

    /// The address to which Shopify sends the browser.
    /// - Parameter key: the app's secret.
    package static func shopify(
        _ page: FormFields, shop: String = "one.myshopify.com", code: String, key: String
    ) -> String {
        let message =
            "code=\(code)&shop=\(shop)&state=\(page.first("state") ?? "")&timestamp=\(SystemClock.wallMicroseconds() / 1_000_000)"
        let code = HMAC.authenticationCode(.sha256, key: SecretBytes(utf8: key), Array(message.utf8))
        return "https://app.example/callback?\(message)&hmac=\(Hex.encode(code))"
    }
}
