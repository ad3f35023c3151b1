/// The named thing does not exist: exit code 1, with its name, and without the usage.
struct NotFound: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
