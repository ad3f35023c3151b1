import Actions
import Crypto
import Settings
import Testing
import Verification
import Webhooks

/// Each program sees the secrets that it needs, opens no file with others, and does not miss them.
@Suite struct ReaderTests {
    private static let inbound = "/etc/hookledger/hookledger.env"
    private static let outbound = "/etc/hookledger/hookledger-outbound.env"
    private static let yaml = """
        database: "dbname=x"
        sources: { shop: { providers: tiktok_shop_guide, secrets: [{ env: SHOP }, { env: SHOP_NEXT, id: next }] } }
        actions:
          ops: { kind: slack, url: { env: SLACK } }
          out: { kind: http, url: "https://example.com/hook", secret: { env: OUT }, headers: { X-Token: { env: OUT } } }
        """

    private func machine() -> Machine {
        Machine(
            Self.yaml,
            files: [
                Self.inbound: "SHOP=signing\nSHOP_NEXT=signing-2\n",
                Self.outbound: "SLACK=https://hooks.slack.test/x\nOUT=whsec_AAAA\n",
            ])
    }

    private func load(_ machine: Machine, for reader: Settings.Reader) throws -> Settings {
        try Settings.load(for: reader, from: machine.input, kinds: ActionTable.kinds, now: Machine.now)
    }

    @Test(arguments: Settings.Reader.allCases)
    func eachSeesItsOwn(_ reader: Settings.Reader) throws {
        var machine = machine()
        // As on a real host: the files of others cannot even be opened.
        if reader == .ingest || reader == .api { machine.unreadable.insert(Self.outbound) }
        if reader == .api { machine.unreadable.insert(Self.inbound) }
        let settings = try load(machine, for: reader)
        let contract = try #require(settings.sources.first).contract
        #expect(contract.keyring.secrets.count == (reader == .api ? 0 : 2))
        #expect(contract.secretNames == ["SHOP", "next"])
        let hasOutbound = reader == .batch || reader == .person
        #expect((settings.action(named: "ops")?.secret("url") != nil) == hasOutbound)
        #expect((settings.action(named: "out")?.secret("secret") != nil) == hasOutbound)
        // Nothing is missed, so there is nothing to say.
        #expect(settings.actions.flatMap(\.missing) == [])
        #expect(settings.problems.map(\.description) == [])
    }

    /// Also where one user runs everything and could read it: it is not looked at.
    @Test func whatIsNotItsOwnIsNotOpened() throws {
        for (reader, closed) in [(Settings.Reader.ingest, [Self.outbound]), (.api, [Self.outbound])] {
            let machine = machine()
            let input = SettingsInput(
                variable: machine.input.variable,
                readFile: { path in
                    if closed.contains(path) { Issue.record("\(reader) opens \(path)") }
                    return machine.input.readFile(path)
                }, fileMode: machine.input.fileMode)
            _ = try Settings.load(for: reader, from: input, kinds: ActionTable.kinds, now: Machine.now)
        }
    }

    @Test func whoeverNeedsAFileSaysThatHeCannotReadIt() throws {
        for (reader, path) in [(Settings.Reader.ingest, Self.inbound), (.batch, Self.inbound), (.batch, Self.outbound)]
        {
            var machine = machine()
            machine.unreadable = [path]
            let error = #expect(throws: SettingsErrors.self) { try load(machine, for: reader) }
            #expect(
                error?.errors.map(\.description) == [
                    "\(path): cannot be read: Permission denied; give the service's group read access"
                ])
        }
        // A person may not be allowed to: what he asks for may need no secret of an action.
        var machine = machine()
        machine.unreadable = [Self.outbound]
        let settings = try load(machine, for: .person)
        #expect(settings.problems.contains { $0.file == Self.outbound && $0.severity == .warning })
    }

    @Test func aSigningSecretInTheWrongFileIsNamed() throws {
        var machine = machine()
        machine.files[Self.inbound] = "SHOP=signing\n"
        machine.files[Self.outbound]? += "SHOP_NEXT=signing-2\n"
        #expect(
            machine.problems.contains {
                $0.hasSuffix(
                    "move SHOP_NEXT from hookledger-outbound.env, which the responder cannot read, to hookledger.env")
            }, "\(machine.problems)")
    }

    @Test func aSecretOfAnActionThatTheResponderCanReadIsNamed() throws {
        var machine = machine()
        machine.files[Self.inbound]? += "SLACK=https://hooks.slack.test/x\n"
        machine.files[Self.outbound] = "OUT=whsec_AAAA\n"
        let warning = "SLACK is a secret of an action, and the responder can read it here; move the line to"
        #expect(machine.problems.count { $0.contains(warning) } == 1, "\(machine.problems)")
        #expect(try load(machine, for: .batch).action(named: "ops")?.secret("url") != nil)
        // Not on a developer's machine, where one user runs everything.
        machine.environment["NODE_ENV"] = "development"
        #expect(!machine.problems.contains { $0.contains("SLACK") })
        // Nor where a source needs it, too: TikTok's app secret both verifies and calls.
        machine.environment["NODE_ENV"] = nil
        machine.files[Machine.config] = Self.yaml.replacing("{ env: SHOP }", with: "{ env: SLACK }")
        #expect(!machine.problems.contains { $0.contains("SLACK is") })
    }

    @Test func aConfigurationInTheWorkingDirectoryIsIgnored() throws {
        var machine = Machine(files: ["hookledger.yaml": "environment: development", ".env": "TIKTOK_APP_KEY=x\n"])
        machine.files[Machine.config] = nil
        let settings = try machine.load()
        #expect(settings.environment == .production && settings.file == nil && settings.sources.isEmpty)
        #expect(settings.problems.contains { $0.message.hasPrefix("./hookledger.yaml is ignored") })
        #expect(try machine.load(path: "hookledger.yaml").environment == .development)
    }
}
