// swift-tools-version:6.2
import PackageDescription

// The targets are in flow order: a target imports only targets above it (ARCHITECTURE.md; `make lint` checks it).

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Everything outside the C wrappers: the compiler proves that it contains no unsafe construct.
let safe: [SwiftSetting] = strict + [.strictMemorySafety(), .treatAllWarnings(as: .error)]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "hookledger",
    products: [
        .executable(name: "hookledger-responder", targets: ["Responder"]),
        .executable(name: "hookledger-batch", targets: ["BatchProcessor"]),
        .executable(name: "hookledger", targets: ["Tool"]),
        // Not installed: simulates what the programs decide (docs/RELIABILITY.md).
        .executable(name: "hookledger-sim", targets: ["LedgerSimulation"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    ],
    targets: [
        // C libraries of the distribution
        .systemLibrary(name: "CPlatform"),
        .systemLibrary(name: "CFastCGI", pkgConfig: "fcgi", providers: [.apt(["libfcgi-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

        // The calendar, for Postgres's times and everybody else's
        .target(name: "CivilTime", swiftSettings: safe),

        // Wrappers: the only places where Swift is unsafe
        .target(name: "Platform", dependencies: ["CPlatform"], swiftSettings: strict),
        .target(name: "FastCGI", dependencies: ["CFastCGI", "Platform"], swiftSettings: strict),
        .target(name: "Postgres", dependencies: ["CPostgres", "CivilTime", "Platform"], swiftSettings: strict),
        .target(name: "Crypto", dependencies: ["CCrypto"], swiftSettings: strict),
        .target(name: "YAML", dependencies: ["CYAML"], swiftSettings: strict),

        // What goes out, and what sends it
        .target(name: "Outbound", dependencies: ["Platform"], swiftSettings: safe),
        .target(
            name: "Transport", dependencies: ["CCurl", "CivilTime", "Platform", "Outbound"], swiftSettings: strict),

        // Pure layers: no I/O, no clock, no environment
        .target(name: "JSON", swiftSettings: safe),
        .target(name: "Webhooks", dependencies: ["CivilTime", "JSON"], swiftSettings: safe),
        .target(name: "Verification", dependencies: ["Crypto", "JSON", "Webhooks"], swiftSettings: safe),
        .target(name: "Providers", dependencies: ["Crypto", "JSON", "Webhooks", "Verification"], swiftSettings: safe),

        .target(
            name: "Settings",
            dependencies: [
                "Platform", "Crypto", "Outbound", "YAML", "JSON", "Webhooks", "Verification", "Providers",
            ],
            swiftSettings: safe),
        .target(name: "Rules", dependencies: ["JSON", "Webhooks", "Settings"], swiftSettings: safe),
        .target(name: "LogLines", dependencies: ["Platform", "JSON", "Webhooks", logging], swiftSettings: safe),
        .target(
            name: "Ledger",
            dependencies: [
                "Platform", "Postgres", "Crypto", "JSON", "Webhooks", "Verification", "Providers", "Settings", "Rules",
            ],
            swiftSettings: safe),
        .target(
            name: "Jobs",
            dependencies: [
                "Platform", "Postgres", "Crypto", "Outbound", "JSON", "Webhooks", "Settings", "Rules", "Ledger",
                "LogLines", logging,
            ],
            swiftSettings: safe),
        .target(
            name: "Actions",
            dependencies: [
                "CivilTime", "Platform", "Postgres", "Crypto", "Outbound", "JSON", "Webhooks", "Verification",
                "Providers",
                "Settings", "Rules", "Ledger", "Jobs",
            ],
            swiftSettings: safe),
        .target(
            name: "API",
            dependencies: [
                "Platform", "Postgres", "Crypto", "JSON", "Webhooks", "Verification", "Providers", "Settings", "Ledger",
                "Jobs", "Actions",
            ],
            swiftSettings: safe),
        .target(
            name: "LocalStack",
            dependencies: [
                "Platform", "Postgres", "Crypto", "JSON", "Webhooks", "Verification", "Providers", "Settings", "Ledger",
                "Actions",
            ],
            swiftSettings: safe),

        // What `hookledger setup` changes on a host: facts in, steps out
        .target(name: "Setup", swiftSettings: safe),

        // The three programs
        .executableTarget(
            name: "Responder",
            dependencies: [
                "Platform", "FastCGI", "Postgres", "JSON", "Webhooks", "Verification", "Providers",
                "Settings",
                "LogLines", "Ledger", "Actions", "API", argumentParser, logging,
            ],
            swiftSettings: safe),
        .executableTarget(
            name: "BatchProcessor",
            dependencies: [
                "Platform", "Postgres", "Outbound", "Transport", "Webhooks", "Settings", "LogLines", "Ledger",
                "Jobs",
                "Actions", argumentParser, logging,
            ],
            swiftSettings: safe),
        .executableTarget(
            name: "Tool",
            dependencies: [
                "Platform", "FastCGI", "Postgres", "Crypto", "Outbound", "Transport", "JSON", "Webhooks",
                "Verification",
                "Providers", "Settings", "Rules", "LogLines", "Ledger", "Jobs", "Actions", "LocalStack", "Setup",
                argumentParser,
            ],
            swiftSettings: safe),

        // Tests
        .target(name: "FastCGIClient", path: "Tests/Support/FastCGIClient", swiftSettings: strict),
        .executableTarget(
            name: "EchoResponder", dependencies: ["FastCGI", "Platform"], path: "Tests/Support/EchoResponder",
            swiftSettings: strict),
        .target(name: "Loopback", path: "Tests/Support/Loopback", swiftSettings: strict),
        .target(
            name: "HTTPReceiver", dependencies: ["Loopback", "Platform"], path: "Tests/Support/HTTPReceiver",
            swiftSettings: strict),
        .target(
            name: "LoadClient", dependencies: ["Outbound", "Transport", "Crypto", "Platform"],
            path: "Tests/Support/LoadClient",
            swiftSettings: strict),
        .executableTarget(
            name: "FetchOnce", dependencies: ["Outbound", "Transport"], path: "Tests/Support/FetchOnce",
            swiftSettings: strict),
        .target(name: "Patience", dependencies: ["Platform"], path: "Tests/Support/Patience", swiftSettings: strict),
        .target(
            name: "TestThreads", dependencies: ["Platform"], path: "Tests/Support/TestThreads", swiftSettings: strict),
        .target(
            name: "StackSuite",
            dependencies: ["LocalStack", "Patience", "Platform", "JSON", "LoadClient", "TestThreads"],
            path: "Tests/Support/StackSuite", swiftSettings: strict),
        .target(
            name: "StandIns",
            dependencies: ["Crypto", "Patience", "Platform", "Outbound", "Transport", "JSON", "Webhooks"],
            path: "Tests/Support/StandIns",
            exclude: [
                "standins.py", "webhook_apis.py", "mailserver.py", "sendmail.py", "developer.py", "shops.py",
                "fulfillments.py", "event_lists.py", "authorizer.py", "agents.py", "records.py",
            ],
            swiftSettings: strict),
        .target(
            name: "LedgerSupport",
            dependencies: [
                "Crypto", "JSON", "Ledger", "Platform", "Providers", "Rules", "Settings", "Verification", "Webhooks",
            ],
            path: "Tests/Support/LedgerSupport", swiftSettings: strict),
        .target(
            name: "JobsSupport",
            dependencies: [
                "Jobs", "Ledger", "LedgerSupport", "LocalStack", "Transport", "Platform", "Postgres", "JSON", "Rules",
                "Settings", "StandIns", "Webhooks", logging,
            ],
            path: "Tests/Support/JobsSupport", swiftSettings: strict),
        .target(
            name: "ShopSimulation",
            dependencies: [
                "Actions", "Crypto", "HTTPReceiver", "JSON", "Jobs", "Ledger", "LocalStack", "Outbound", "Transport",
                "Platform",
                "Postgres", "Providers", "Settings", "StandIns", "Verification", "Webhooks", logging,
            ],
            path: "Tests/Support/ShopSimulation", swiftSettings: strict),
        .executableTarget(
            name: "ReconcileDemo", dependencies: ["Platform", "ShopSimulation"], path: "Tests/Support/ReconcileDemo",
            swiftSettings: strict),
        .target(
            name: "Forgery", dependencies: ["Platform", "Verification", "Webhooks", "Crypto", "JSON"],
            path: "Tests/Support/Forgery", swiftSettings: strict),
        .executableTarget(
            name: "FuzzSchemes", dependencies: ["Forgery", "Verification", "Platform"],
            path: "Tests/Support/FuzzSchemes", swiftSettings: strict),
        .target(
            name: "History", dependencies: ["Crypto", "Postgres"], path: "Tests/Support/History", swiftSettings: strict),
        .target(
            name: "FaultSupport",
            dependencies: [
                "History", "HTTPReceiver", "JSON", "LoadClient", "Outbound", "Transport", "Patience", "Platform",
                "Postgres",
            ],
            path: "Tests/Support/FaultSupport", swiftSettings: strict),
        .executableTarget(
            name: "Chaos", dependencies: ["FaultSupport", "History", "LocalStack", "Patience", "Platform", "Postgres"],
            path: "Tests/Chaos", exclude: ["Shim"], swiftSettings: strict),
        .target(
            name: "NetworkHosts", dependencies: ["FaultSupport", "Patience", "Platform", "Postgres"],
            path: "Tests/Support/NetworkHosts", swiftSettings: strict),
        .executableTarget(
            name: "Cluster",
            dependencies: [
                "FaultSupport", "History", "LocalStack", "NetworkHosts", "Patience", "Platform", "Postgres",
            ],
            path: "Tests/Cluster", swiftSettings: strict),
        .executableTarget(
            name: "Cells",
            dependencies: [
                "FaultSupport", "History", "Ledger", "LedgerSupport", "LoadClient", "LocalStack", "NetworkHosts",
                "Patience", "Platform", "Postgres",
            ],
            path: "Tests/Cells", swiftSettings: strict),
        .executableTarget(
            name: "Bench",
            dependencies: [
                "Platform", "FastCGI", "Postgres", "Crypto", "Outbound", "Transport", "Webhooks", "LogLines", "Ledger",
                "Settings", "Jobs", "LocalStack", "FastCGIClient", "HTTPReceiver", "LoadClient", logging,
            ],
            path: "Tests/Bench", exclude: ["Contenders"], swiftSettings: strict),
        .testTarget(
            name: "HistoryTests",
            dependencies: [
                "Chaos", "FaultSupport", "History", "JobsSupport", "LocalStack", "Platform", "Postgres", "TestThreads",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "LedgerSimulation",
            dependencies: [
                "Platform", "Postgres", "Outbound", "Webhooks", "Settings", "Ledger", "Jobs", argumentParser,
            ],
            path: "Tests/Simulation", swiftSettings: safe),
        .executableTarget(
            name: "Scaling", dependencies: ["FaultSupport", "Ledger", "Platform", argumentParser],
            path: "Tests/Scaling", swiftSettings: safe),
        .testTarget(
            name: "ScalingTests", dependencies: ["FaultSupport", "Scaling", "Platform"], swiftSettings: strict),
        .testTarget(name: "PlatformTests", dependencies: ["Patience", "Platform"], swiftSettings: strict),
        .testTarget(
            name: "FastCGITests",
            dependencies: ["FastCGI", "Patience", "Platform", "EchoResponder", "FastCGIClient", "TestThreads"],
            swiftSettings: strict),
        .testTarget(
            name: "PostgresTests", dependencies: ["Postgres", "Platform", "LocalStack", "TestThreads"],
            swiftSettings: strict),
        .testTarget(name: "CryptoTests", dependencies: ["Crypto", "Platform"], swiftSettings: strict),
        .testTarget(name: "OutboundTests", dependencies: ["Outbound"], swiftSettings: strict),
        .testTarget(
            name: "TransportTests",
            dependencies: [
                "Transport", "Outbound", "Platform", "LocalStack", "FetchOnce", "Loopback", "TestThreads",
            ],
            swiftSettings: strict),
        .testTarget(name: "JSONTests", dependencies: ["JSON", "Platform"], swiftSettings: strict),
        .testTarget(name: "WebhooksTests", dependencies: ["Webhooks", "JSON"], swiftSettings: strict),
        .testTarget(
            name: "VerificationTests", dependencies: ["Forgery", "Verification", "Webhooks", "Crypto", "JSON"],
            resources: [.copy("Vectors")], swiftSettings: strict),
        .testTarget(
            name: "ProvidersTests",
            dependencies: ["Providers", "Verification", "Webhooks", "Crypto", "JSON", "Platform"],
            resources: [.copy("Vectors")],
            swiftSettings: strict),
        .testTarget(
            name: "SettingsTests",
            dependencies: ["Settings", "Actions", "Webhooks", "Providers", "Verification", "Crypto", "Platform"],
            swiftSettings: strict),
        .testTarget(name: "SetupTests", dependencies: ["Setup"], swiftSettings: strict),
        .testTarget(
            name: "LogLinesTests", dependencies: ["LogLines", "JSON", "Webhooks", "Platform", logging],
            swiftSettings: strict),
        .testTarget(
            name: "RulesTests", dependencies: ["Rules", "Actions", "Settings", "Webhooks", "JSON"],
            swiftSettings: strict),
        .testTarget(
            name: "LedgerTests",
            dependencies: [
                "Ledger", "LedgerSupport", "LocalStack", "Loopback", "Patience", "Platform", "Postgres", "Providers",
                "Verification",
                "Webhooks", "JSON", "Crypto", "Rules", "Settings", "Jobs", "Actions", "Outbound", "TestThreads",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "JobsTests",
            dependencies: [
                "Jobs", "Actions", "BatchProcessor", "Tool", "JobsSupport", "LocalStack", "Patience", "Platform",
                "Postgres",
                "Outbound", "Transport", "Rules", "Ledger", "Settings", "Webhooks", "JSON", "HTTPReceiver", "StandIns",
                "TestThreads", logging,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ActionsTests",
            dependencies: [
                "Actions", "Jobs", "Rules", "Ledger", "Outbound", "Transport", "Settings", "Verification", "Webhooks",
                "JSON",
                "Crypto", "BatchProcessor", "JobsSupport", "LocalStack", "Patience", "Platform", "Postgres",
                "Providers",
                "ReconcileDemo", "ShopSimulation", "StandIns", "TestThreads", "Tool",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "APITests",
            dependencies: [
                "API", "Actions", "Ledger", "LocalStack", "Platform", "Postgres", "Providers", "Settings", "Tool",
                "Webhooks", "JSON", "TestThreads",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "LocalStackTests",
            dependencies: ["LocalStack", "Patience", "Platform", "Postgres", "JSON", "StackSuite"],
            swiftSettings: strict),
        .testTarget(
            name: "ResponderTests",
            dependencies: [
                "Responder", "FastCGI", "Ledger", "Platform", "Postgres", "Providers", "Settings", "Webhooks", logging,
            ], swiftSettings: strict),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "LedgerSimulation", "Jobs", "Ledger", "LocalStack", "Platform", "Postgres", "Providers", "Rules",
                "Settings", "Verification", "Webhooks", "Crypto", "JSON", "TestThreads",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ToolTests",
            dependencies: [
                "Tool", "Responder", "BatchProcessor", "JobsSupport", "LocalStack", "Patience", "Platform", "Postgres",
                "Outbound",
                "Ledger", "LedgerSupport", "Settings", "Webhooks", "JSON", "HTTPReceiver", "LoadClient", "Setup",
                "StandIns", "StackSuite", "TestThreads",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "API", "Actions", "Ledger", "Settings", "StackSuite", "LocalStack", "Patience", "Platform", "Postgres",
                "Crypto",
                "JSON", "Webhooks", "Outbound", "Transport",
                "Responder",
                "BatchProcessor", "Tool", "FastCGIClient", "LoadClient", "HTTPReceiver", "StandIns",
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
