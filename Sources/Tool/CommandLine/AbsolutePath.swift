import LocalStack
import Platform

/// A path as a person typed it, made absolute; it need not exist (realpath(1)).
func absolutePath(_ path: String) throws -> String {
    let output = try ChildProcess.run(ChildCommand(["realpath", "--canonicalize-missing", "--", path]))
    guard output.succeeded else { throw StackError(.failed, "no path: \(output.errorText)") }
    return output.text
}
