import Glibc
package import LocalStack
import Platform
import Synchronization
package import Testing

/// Stacks for tests: in a temporary folder, on free ports, with a small FastCGI program as the responder.
package enum TestStack {
    /// The stack of the suite; see ``StackTrait``.
    @TaskLocal package static var current: LocalStack?

    /// Whether tests may use namespaces: they need root, and not every container allows them.
    package static let canUnshare: Bool = {
        let namespaces = ["unshare", "--mount", "--pid", "--fork", "--mount-proc", "true"]
        return geteuid() == 0 && (try? ChildProcess.run(ChildCommand(namespaces)))?.succeeded == true
    }()

    /// Options for a folder; the responder repeats what it is sent.
    package static func options(_ folder: String) throws -> StackOptions {
        let built = try Executable.folder()
        var programs = StackPrograms.beside(built + "/hookledger")
        programs.responder = built + "/EchoResponder"
        programs.batch = nil
        var options = StackOptions(folder: folder, programs: programs, share: try Executable.share(of: built))
        options.httpsPort = nextPort()
        options.httpPort = nextPort()
        return options
    }

    private static let portsTaken = Atomic(0)

    /// A port of this test run: a free port chosen by the stack could be taken by another one that starts at the same
    /// time.
    private static func nextPort() -> Int {
        let start = Int(getpid()) * 200
        return 10_000 + (start + portsTaken.wrappingAdd(1, ordering: .relaxed).newValue) % 10_000
    }

    /// Uses the real responder and batch processor: those beside the tests, or in `HOOKLEDGER_PROGRAMS`, a folder of
    /// release builds.
    ///
    /// - Parameter configuration: the text of `hookledger.yaml` without database and secrets; nil for a developer's
    ///   default.
    package static func useRealPrograms(_ options: inout StackOptions, configuration: String? = nil) throws {
        let folder = Environment.value(of: "HOOKLEDGER_PROGRAMS") ?? Files.parent(options.programs.tool)
        options.programs = .beside(folder + "/hookledger")
        guard let configuration else { return }
        let text = "database: {}  # kept up to date by hookledger up\n" + configuration
        try Files.makeFolder(options.folder)
        try Files.write(options.folder + "/hookledger.yaml", text: text)
    }

    /// Runs a body with a temporary folder; stops any stack in it and removes it afterwards, in any case.
    package static func inFolder<T>(_ body: (String) throws -> T) throws -> T {
        // Postgres runs as a user of its own and must be able to enter.
        let folder = try Files.makeTemporaryFolder("hl-test", mode: 0o711)
        defer {
            _ = try? LocalStack.stop(in: StackFolder(folder))
            try? Files.remove(folder)
        }
        return try body(folder)
    }

    /// The same for a body that waits.
    package static func inFolder<T>(_ body: (String) async throws -> T) async throws -> T {
        let folder = try Files.makeTemporaryFolder("hl-test", mode: 0o711)
        defer {
            _ = try? LocalStack.stop(in: StackFolder(folder))
            try? Files.remove(folder)
        }
        return try await body(folder)
    }

    /// The process ids recorded by the stack, by name.
    package static func processes(_ folder: StackFolder) throws -> [String: Int32] {
        let lines = try Files.readText(folder.path + "/processes").split(separator: "\n")
        return Dictionary(
            uniqueKeysWithValues: lines.compactMap { line in
                let parts = line.split(separator: " ")
                return parts.count == 3 ? Int32(parts[1]).map { (String(parts[0]), $0) } : nil
            })
    }
}

/// One stack for all tests of a suite.
package struct StackTrait: SuiteTrait, TestScoping {
    package let change: @Sendable (inout StackOptions) throws -> Void

    /// - Parameter change: adjusts the options before the start.
    package init(change: @escaping @Sendable (inout StackOptions) throws -> Void) { self.change = change }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await StackPlaces.run {
            let folder = try Files.makeTemporaryFolder("hl-test", mode: 0o711)
            defer { try? Files.remove(folder) }
            var options = try TestStack.options(folder)
            try change(&options)
            let stack = try LocalStack(options)
            defer { stack.stop() }
            try await TestStack.$current.withValue(stack) { try await function() }
        }
    }
}

extension Trait where Self == StackTrait {
    /// Starts a stack before the first test of the suite, and stops it after the last one.
    package static func stack(_ change: @escaping @Sendable (inout StackOptions) throws -> Void = { _ in })
        -> StackTrait
    {
        StackTrait(change: change)
    }
}
