import ArgumentParser
import Crypto
import JSON
import LocalStack
import Outbound
import Platform
import Postgres
import Providers
import Settings
import Verification
import Webhooks

/// `hookledger send`
struct Send: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send a sample delivery to a source, signed as its provider would.",
        discussion: """
            Takes the source's secrets from the configuration and sends to its first path on the \
            server $HOOKLEDGER_URL, whose certificate the system or $HOOKLEDGER_CA must trust.

              . .run/env
              hookledger send tiktok-shop --type order_created \\
                --set data.total_amount=12.50

            Exit code 0: answered 2xx; 1: another answer or none; 2: wrong usage. Without --type, \
            or with an unknown one, the source's types are listed. `hookledger trigger` is the same command.

            The event's id and its page in the inspector are printed if the configuration's database can be asked.
            """, aliases: ["trigger"])

    @OptionGroup var configuration: OperatorArguments

    @Argument(help: "The source's name in the configuration.")
    var source: String

    @Option(help: "The sample: a file in samples/<provider>/, without its extension.")
    var type: String?

    @Option(help: "The provider, for a source with several (default: the first with a sample of that type).")
    var provider: String?

    @Option(help: "A file with the body, instead of the sample's; - for standard input.")
    var file: String?

    @Option(name: .customLong("set"), help: ArgumentHelp("Sets a field of the JSON body.", valueName: "path=value"))
    var assignments: [String] = []

    @Option(help: "The server's URL (default: $HOOKLEDGER_URL).")
    var url: String?

    @Option(help: "The CA certificate of the server, a PEM file (default: $HOOKLEDGER_CA).")
    var ca: String?

    @Option(help: "A file with the provider's private key (default: $<PROVIDER>_PRIVATE_KEY).")
    var privateKey: String?

    @Option(help: "The folder of the samples (default: the ones installed with this program).")
    var samples: String?

    @Flag(help: "One JSON object with the request and the response.")
    var json = false

    func run() throws {
        let now = SystemClock.now
        let folder = try samples ?? Executable.share(of: Executable.current()) + "/samples"
        let source = try configuration.source(source)
        let (contract, type) = try sample(of: source, folder: folder)
        let name = contract.provider.scheme.name
        var sample = try Sample(name, type: type, in: folder, now: now)
        if let file { sample.replaceBody(try InputFile.read(file)) }
        for assignment in assignments { try sample.set(assignment) }
        let sender = SampleSender(
            source: source, contract: contract, server: try server(), caFile: ca ?? Self.variable("HOOKLEDGER_CA"),
            privateKey: try privateKey(of: name))
        let draft = try sender.signed(sample, now: now)
        if !json { Console.say("\(draft.method) \(draft.url)  (\(name), \(type), \(draft.body.count) bytes)") }
        let answer: HTTPResponse
        do throws(OutboundFailure) {
            answer = try sender.send(draft)
        } catch {
            StandardError.write("Error: \(error)")
            throw ExitCode.failure
        }
        let stored = (200..<300).contains(answer.status) ? event(answer) : nil
        let link = stored.flatMap { $0.id }.map { ServerLinks(sender.server).event($0) }
        let report: JSONValue = [
            "method": .string(draft.method), "url": .string(draft.url), "provider": .string(name),
            "type": .string(type), "bytes": .number(JSONNumber(Int64(draft.body.count))),
            "status": .number(JSONNumber(Int64(answer.status))), "answer": .string(answer.text),
            "request_id": answer.header("x-request-id").map(JSONValue.string) ?? .null,
            "event_id": stored?.id.map { .number(JSONNumber($0)) } ?? .null,
            "link": link.map(JSONValue.string) ?? .null,
        ]
        Console.say(json ? report.text : "\(answer.status) \(answer.text)")
        if !json, let stored {
            Console.say(
                stored.id.map { "event \($0)  \(link ?? "")" }
                    ?? "no new event: a duplicate, a handshake, or another database")
        }
        guard (200..<300).contains(answer.status) else { throw ExitCode.failure }
    }

    private struct Stored {
        let id: Int64?
    }

    /// The event that the answer is about; its id is nil if there is no new one.
    /// - Returns: nil if that cannot be asked.
    private func event(_ answer: HTTPResponse) -> Stored? {
        guard let request = answer.header("x-request-id"), let connection = try? configuration.connect(),
            let rows = try? connection.query(CommandsSQL.eventOfRequest, [.text(request)])
        else { return nil }
        return Stored(id: rows.first.flatMap { try? $0.bigint(0) })
    }

    private static func variable(_ name: String) -> String? {
        Environment.value(of: name).flatMap { $0.isEmpty ? nil : $0 }
    }

    private func server() throws -> String {
        guard let server = url ?? Self.variable("HOOKLEDGER_URL") else {
            throw UsageError("give the server's URL: --url https://…, or HOOKLEDGER_URL (. .run/env)")
        }
        return server.hasSuffix("/") ? String(server.dropLast()) : server
    }

    /// The simulated provider, and its sample.
    private func sample(of source: SourceSettings, folder: String) throws -> (SourceSettings.Contract, type: String) {
        let contracts = source.contracts.filter { provider == nil || $0.provider.name == provider }
        guard !contracts.isEmpty else {
            throw UsageError(
                "the source \(source.name) has no provider \(provider ?? ""); it has "
                    + source.providers.joined(separator: ", "))
        }
        let types = try contracts.map { try Sample.types($0.provider.name, in: folder) }
        if let type, let position = types.firstIndex(where: { $0.contains(type) }) {
            return (contracts[position], type)
        }
        let known = zip(contracts, types).map { "\n  \($0.provider.name): \($1.joined(separator: ", "))" }.joined()
        let mistake =
            type.map { type in
                let nearest = Suggestion.nearest(to: type, among: types.joined()).map { "; did you mean \"\($0)\"?" }
                return "there is no sample of the type \"\(type)\"\(nearest ?? ""); the types are"
            } ?? "choose a sample with --type:"
        throw UsageError(mistake + known)
    }

    private func privateKey(of provider: String) throws -> SigningSecret? {
        guard let file = privateKey ?? Self.variable(ProviderVariables.privateKey(of: provider)) else { return nil }
        return SigningSecret(keyID: file, secret: SecretBytes(try InputFile.read(file)))
    }
}
