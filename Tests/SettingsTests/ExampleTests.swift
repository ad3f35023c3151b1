import Actions
import Platform
import Settings
import Testing
import Verification

/// The files of the repository that people start from.
enum Example {
    /// The text of a file, by its path from the repository's root.
    static func text(_ path: String, here: String = #filePath) throws -> String {
        let root = here.split(separator: "/").dropLast(3).joined(separator: "/")
        return try Files.readText("/\(root)/\(path)")
    }
}

@Suite("The shipped examples")
struct ExampleTests {
    /// A value for each variable that packaging/hookledger.yaml names, comments aside.
    private static let environment: [String: String] = {
        guard let text = try? Example.text("packaging/hookledger.yaml") else { return [:] }
        let written = text.lines().filter { !$0.drop { $0 == " " }.hasPrefix("#") }.joined(separator: "\n")
        let names = written.matches(of: /env: (\w+)/).map { String($0.output.1) }
        return Dictionary(
            names.map { ($0, $0.hasSuffix("_URL") ? "https://destination.test/x" : "0123456789abcdef") },
            uniquingKeysWith: { first, _ in first })
    }()

    @Test("hookledger.yaml loads without a word and shows every section and every key")
    func configuration() throws {
        let text = try Example.text("packaging/hookledger.yaml")
        let machine = Machine(
            text, environment: Self.environment,
            files: ["/etc/hookledger/secrets/warehouse": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
        let settings = try machine.load()
        #expect(settings.problems.map(\.message) == [])
        #expect(
            settings.rules.map(\.name) == [
                "ship", "cancelled-large-order", "tracked", "products", "carts", "erasure", "access",
                "keep-customers-informed",
                "moderate-comments",
            ])
        #expect(settings.source(forPath: "/webhook/tiktok")?.name == "tiktok-shop")
        let shown = Set(settings.actions.map(\.kind))
        for kind in ActionTable.kinds {
            #expect(shown.contains(kind), "packaging/hookledger.yaml has no action of the kind \(kind.name)")
            for key in kind.keys {
                #expect(
                    text.contains("    \(key.name):"),
                    "packaging/hookledger.yaml does not show \(kind.name).\(key.name)")
            }
        }
    }

    @Test("the installed hookledger.yaml does nothing, and says only that it has no source")
    func installed() throws {
        let text = try Example.text("packaging/hookledger.minimal.yaml")
        let settings = try Machine(text).load()
        #expect(settings.sources.isEmpty && settings.rules.isEmpty)
        #expect(settings.problems.map(\.message).count == 1)
        #expect(settings.problems[0].message.hasPrefix("no source is configured"))
        // The variables of the guides are enough for a source, and what it shows in comments is right.
        let variables = ["TIKTOK_APP_KEY": "key", "TIKTOK_APP_SECRET": "0123456789abcdef"]
        #expect(try Machine(text, environment: variables).load().problems.isEmpty)
        let whole = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map {
                $0.hasPrefix("# sources:") || $0.hasPrefix("#   ") || $0.hasPrefix("# actions:")
                    || $0.hasPrefix("# rules:") ? String($0.dropFirst(2)) : String($0)
            }
        let secrets = [
            "WOOCOMMERCE_SECRET": "0123456789abcdef", "SLACK_WEBHOOK_URL": "https://hooks.slack.test/x",
        ]
        let shown = try Machine(whole.joined(separator: "\n"), environment: secrets).load()
        #expect(shown.problems.isEmpty, "\(shown.problems)")
        #expect(shown.sources.map(\.name) == ["shop"] && shown.rules.map(\.name).contains("tell-the-team"))
    }

    /// What the readers open their sections with is what the reference shows: as a key, or named in a comment.
    @Test("hookledger.yaml shows every key in its section", arguments: ConfigurationKeys.all)
    func keys(_ section: ConfigurationSection) throws {
        let lines = try Example.text("packaging/hookledger.yaml").split(separator: "\n")
        let top = section.path.prefix { $0 != "." }
        let start = top.isEmpty ? 0 : try #require(lines.firstIndex { $0 == "\(top):" })
        let end = top.isEmpty ? lines.count : lines[(start + 1)...].firstIndex { $0.first?.isLetter == true }
        let block = lines[start..<(end ?? lines.count)]
        for key in section.names {
            let isShown = block.contains { line in
                let parts = line.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                let words = (parts.count > 1 ? parts[1] : "").split { !$0.isLetter && $0 != "_" }
                return words.contains(key[...]) || " \(parts[0])".contains(" \(key):")
            }
            #expect(isShown, "\(section.path).\(key)")
        }
    }

    @Test("what hookledger.yaml shows where there is a default is the default")
    func defaults() throws {
        let files = ["/etc/hookledger/secrets/warehouse": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]
        let shown = try Machine(
            Example.text("packaging/hookledger.yaml"), environment: Self.environment, files: files
        ).load()
        let bare = try Machine(
            """
            sources:
              tiktok-shop:
                providers: [tiktok_shop, tiktok_shop_guide]
                credentials: { app_key: { env: TIKTOK_APP_KEY } }
                secrets: [{ env: TIKTOK_APP_SECRET }]
            """, environment: Self.environment
        ).load()
        #expect(shown.environment == bare.environment && shown.log == bare.log)
        let (batch, standard) = (shown.batch, bare.batch)
        #expect(batch.slots == standard.slots && batch.inFlight == standard.inFlight)
        #expect(batch.perDestination == standard.perDestination && batch.generationFile == standard.generationFile)
        #expect(shown.retention == bare.retention && shown.holds == bare.holds && shown.keys == bare.keys)
        #expect(shown.addressGuard == bare.addressGuard && shown.alerts.period == bare.alerts.period)
        #expect(shown.api.anonymousRead == bare.api.anonymousRead && shown.api.rateLimit == bare.api.rateLimit)
        #expect(shown.api.allowedOrigins == bare.api.allowedOrigins && shown.api.rateWindow == bare.api.rateWindow)
        let (source, other) = try (#require(shown.sources.first), #require(bare.sources.first))
        #expect(source.bodyLimit == other.bodyLimit && source.dedupeWindow == other.dedupeWindow)
        #expect(source.repeatsPerDay == other.repeatsPerDay && source.paths.contains("/webhook/tiktok"))
        #expect(source.contract.verification == other.contract.verification)
        #expect(source.contract.onStoreFailure == other.contract.onStoreFailure)
        #expect(source.isCompliant == other.isCompliant)
    }

    @Test("its commented lines load too")
    func commented() throws {
        let text = try Example.text("packaging/hookledger.yaml")
            .replacing("      # - { file:", with: "      - { file:")
            .replacing("  # password:", with: "  password:")
            .replacing("  # - name: ", with: "  - name: ").replacing("  #   when: ", with: "    when: ")
            .replacing("  #   do: [", with: "    do: [").replacing("  #   once: ", with: "    once: ")
        let machine = Machine(
            text, environment: Self.environment.merging(["DB_PASSWORD": "p"]) { $1 },
            files: [
                "/etc/hookledger/secrets/warehouse": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "/etc/hookledger/secrets/tiktok-next": "n",
            ])
        let settings = try machine.load()
        #expect(settings.problems.map(\.message) == [])
        let rules = settings.rules.filter { ["fetch", "print", "stock", "confirm"].contains($0.name) }
        #expect(rules.map(\.actions) == [["details"], ["print"], ["stock"], ["confirm"]])
        #expect(rules.map(\.once) == [nil, .order, .order, .order])
        #expect(settings.sources.first?.contract.keyring.secrets.map(\.keyID) == ["TIKTOK_APP_SECRET", "2026"])
        #expect(settings.database.connection(for: .owner).conninfo.hasSuffix("password='p'"))
    }

    @Test(".env.example has every name of the guides and loads")
    func environment() throws {
        let text = try Example.text(".env.example")
        let names = [
            "NODE_ENV", "TIKTOK_APP_KEY", "TIKTOK_APP_SECRET", "TIKTOK_ACCESS_TOKEN", "WEBHOOK_SECRET",
            "EVERSHOP_WEBHOOK_SECRET", "DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD", "FRONTEND_URL",
            "RATE_LIMIT_WINDOW_MS", "RATE_LIMIT_MAX_REQUESTS", "WEBHOOK_SEND_ORDER_CONFIRMATION",
            "WEBHOOK_SEND_WELCOME_MESSAGE", "WEBHOOK_AUTO_SYNC_PRODUCTS", "PORT", "REDIS_URL", "REDIS_HOST",
            "REDIS_PORT", "HOOKLEDGER_CONFIG",
        ]
        for name in names {
            #expect(text.contains("\n\(name)=") || text.contains("\n#\(name)="), "\(name) is not there")
        }
        #expect(
            Machine(files: ["/etc/hookledger/.env": text]).problems.allSatisfy { !$0.hasPrefix("/etc/hookledger/.env") }
        )
        // Every variable uncommented, as someone would who fills it in.
        let filled = text.split(separator: "\n").map { line in
            names.contains { line.hasPrefix("#\($0)=") } ? line.dropFirst() : line
        }
        let settings = try Machine(files: ["/etc/hookledger/.env": filled.joined(separator: "\n")]).load()
        #expect(settings.problems.filter { $0.severity == .notice && $0.file == "/etc/hookledger/.env" }.count == 4)
    }
}
