package import LocalStack
import Platform

/// A stack of the real programs, with a configuration of the test's own.
package enum StackSuite {
    /// Runs a body with such a stack in a temporary folder, and ends all of it.
    /// - Parameters:
    ///   - variables: the text of `hookledger.env`; nil for the stack's own secrets.
    ///   - batchInterval: seconds between two starts of the batch processor.
    ///   - prepare: puts further files into the folder, before the start.
    ///   - configuration: the text of `hookledger.yaml` for a folder, without the database.
    package static func run(
        variables: String? = nil, batchInterval: Int = 2, prepare: (String) throws -> Void = { _ in },
        configuration: (String) -> String, _ body: (LocalStack) async throws -> Void
    ) async throws {
        try await TestStack.inFolder { folder in
            var options = try TestStack.options(folder)
            options.batchInterval = batchInterval
            try TestStack.useRealPrograms(&options, configuration: configuration(folder))
            try prepare(folder)
            if let variables { try Files.write(folder + "/hookledger.env", text: variables, mode: 0o640) }
            let stack = try await onThread { [options] in try LocalStack(options) }
            defer { stack.stop() }
            try await body(stack)
        }
    }
}
