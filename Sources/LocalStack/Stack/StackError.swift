/// A stack that could not be started or stopped. The text has advice.
public struct StackError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure, for the exit code.
    public enum Kind: Sendable, Hashable {
        /// Another program listens on a required port.
        case portInUse
        /// A program or file of the stack is not installed.
        case missing
        /// A part did not start, or ended.
        case failed
    }

    /// The kind of failure.
    public let kind: Kind
    /// What happened.
    public let description: String

    /// Makes an error from its parts.
    public init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    /// Runs calls on files, processes and the database, and passes their errors on as this one.
    static func wrap<T>(_ body: () throws -> T) throws(StackError) -> T {
        do { return try body() } catch let error as StackError { throw error } catch {
            throw StackError(.failed, "\(error)")
        }
    }

    static func portInUse(_ port: Int, variable: String) -> StackError {
        StackError(
            .portInUse,
            "port \(port) of 127.0.0.1 is in use by another program; choose a free one with \(variable)=\(port + 1000)")
    }
}
