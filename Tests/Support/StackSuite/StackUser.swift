package import LocalStack
import Testing

/// A suite with a stack (`.stack`), and the ways to use that.
package protocol StackUser {
    /// Set in `init` to ``TestStack/ofSuite()``.
    var stack: LocalStack { get }
}

extension StackUser {
    package var curl: Curl { Curl(stack) }
    package var books: StackBooks { StackBooks(stack) }
    package var tool: StackTool { StackTool(stack) }
}

extension TestStack {
    /// The stack of the running suite.
    package static func ofSuite() throws -> LocalStack { try #require(current) }
}
