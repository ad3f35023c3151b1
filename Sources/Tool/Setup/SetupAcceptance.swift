import JSON
import Ledger
import LocalStack
import Platform
import Providers
import Settings
import Setup
import Verification

/// The end of a setup: the doctor looks at the host, and a signed delivery goes the whole way.
struct SetupAcceptance {
    /// Such as `https://hooks.example.com`.
    let url: String
    let config: String?

    /// - Returns: whether nothing failed.
    func doctor() throws -> Bool {
        Console.say("\nThe doctor's look at this host")
        let command = [try Executable.current(), "doctor", "--url", url] + configuration
        let output = try ChildProcess.run(ChildCommand(command), timeout: .seconds(120))
        Console.say(output.text)
        if !output.errorText.isEmpty { StandardError.write(VisibleText.of(output.errorText)) }
        return output.succeeded
    }

    /// Sends a sample to the first source that has a secret.
    ///
    /// - Parameter evenWithRules: also where rules could make jobs of it, such as a message to a team.
    /// - Returns: whether it was stored; true where there is nothing to send.
    func canary(_ settings: Settings, evenWithRules: Bool) throws -> Bool {
        Console.say("\nA signed delivery through TLS")
        if !settings.rules.isEmpty, !evenWithRules {
            Console.say("  not sent: the configuration has rules, which would act on it (--canary sends it)")
            return true
        }
        let samples = try Executable.share(of: Executable.current()) + "/samples"
        for source in settings.sources {
            for contract in source.contracts where contract.verification == .required {
                let provider = contract.provider.name
                guard !contract.keyring.secrets.isEmpty, let types = try? Sample.types(provider, in: samples),
                    let type = Self.chosen(types)
                else { continue }
                return try send(source.name, provider, type)
            }
        }
        Console.say(
            "  not sent: there is no source with a secret that signs both ways; add one, then `hookledger send`")
        return true
    }

    /// A new order, if the provider has one.
    private static func chosen(_ types: [String]) -> String? {
        let orders = types.filter { $0.contains("order") }
        return orders.first { $0.contains("create") } ?? orders.first ?? types.first
    }

    private func send(_ source: String, _ provider: String, _ type: String) throws -> Bool {
        let tool = try Executable.current()
        let command =
            [tool, "send", source, "--provider", provider, "--type", type, "--url", url, "--json"] + configuration
        let output = try ChildProcess.run(ChildCommand(command), timeout: .seconds(60))
        let answer = try? JSONValue(parsing: Array(output.text.utf8))
        guard output.succeeded, let answer, let event = Int64(answer["event_id"]?.text ?? "") else {
            StandardError.write(
                VisibleText.of("  \(url): \(answer?["answer"]?.string ?? output.errorText) (\(source), \(type))"))
            return false
        }
        Console.say("  \(source), \(provider) \(type): \(answer["status"]?.text ?? "") and stored as event \(event)")
        return true
    }

    private var configuration: [String] { config.map { ["--config", $0] } ?? [] }
}
