import ArgumentParser
import Crypto
import Platform
import Verification

/// A scheme and its keys, as options name them. Secrets come from the environment or a file: arguments can be read by
/// every user of the machine.
struct SchemeArguments: ParsableArguments {
    @Option(help: "The provider with the scheme, such as shopify or standard_webhooks.")
    var provider: String?

    @Option(name: .customLong("secret-env"), help: "A variable with a signing secret. May be repeated.")
    var secretVariables: [String] = []

    @Option(
        name: .customLong("secret-file"),
        help: "A file with a signing secret, a PEM key or a certificate. May be repeated.")
    var secretFiles: [String] = []

    @Option(
        name: .customLong("credential"),
        help: ArgumentHelp(
            "A static credential of the scheme, such as app_key=…, or public_key=….", valueName: "name=value"))
    var credentials: [String] = []

    /// The scheme of that provider.
    /// - Throws: `UsageError` with all names when there is none.
    func scheme() throws -> Scheme {
        guard let provider else { throw UsageError("give the provider with --provider, such as shopify") }
        let name = provider.lowercased().replacing("-", with: "_")
        if let scheme = Scheme.named(name) { return scheme }
        let names = Scheme.presets.map(\.name).joined(separator: ", ")
        throw UsageError("there is no provider \"\(provider)\"; the providers are \(names)")
    }

    /// Whether no option was given.
    var isEmpty: Bool { provider == nil && secretVariables.isEmpty && secretFiles.isEmpty && credentials.isEmpty }

    /// The secrets and credentials. Empty secrets are included, because the scheme reports them.
    /// - Parameter isRequired: whether at least one is required.
    /// - Throws: `UsageError` for a variable that is not set, a file that cannot be read, a credential without `=`.
    func keyring(isRequired: Bool = true) throws -> Keyring {
        var secrets: [SigningSecret] = []
        for name in secretVariables {
            guard let text = Environment.value(of: name) else {
                throw UsageError("the variable \(name) of --secret-env is not set")
            }
            secrets.append(SigningSecret(keyID: name, secret: SecretBytes(utf8: text)))
        }
        for path in secretFiles {
            secrets.append(
                SigningSecret(keyID: path, secret: SecretBytes(Self.withoutLineEnd(try InputFile.read(path)))))
        }
        let keyring = Keyring(secrets: secrets, credentials: try Self.credentials(credentials))
        let hasKey = Keyring.publicKeyNames.contains { keyring.credentials[$0] != nil }
        guard hasKey || !secrets.isEmpty || !isRequired else {
            throw UsageError("give a signing secret with --secret-env or --secret-file")
        }
        return keyring
    }

    /// Credentials as they are written: `name=value`, of a repeated name the last.
    static func credentials(_ texts: [String]) throws(UsageError) -> [String: SecretBytes] {
        var named: [String: SecretBytes] = [:]
        for text in texts {
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                throw UsageError("--credential takes NAME=VALUE")
            }
            named[String(text[..<equals])] = SecretBytes(utf8: String(text[text.index(after: equals)...]))
        }
        return named
    }

    /// Without the line end that editors and `echo` put at the end of a file, as the configuration reads them.
    private static func withoutLineEnd(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        if bytes.last == 0x0A { bytes.removeLast() }
        if bytes.last == 0x0D { bytes.removeLast() }
        return bytes
    }
}

/// Files that a person names.
enum InputFile {
    /// The bytes of a file; `-` is standard input.
    /// - Throws: `UsageError` that says why it cannot be read.
    static func read(_ path: String) throws(UsageError) -> [UInt8] {
        do throws(FileError) {
            return try Files.read(path == "-" ? "/dev/stdin" : path)
        } catch {
            throw UsageError("cannot \(error)")
        }
    }
}
