/// What a command was asked about is not there: exit code 1, and which it is. Its usage is right, and not shown.
struct NotFound: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
