/// Something that keeps `hookledger setup` from making a plan, and what to do about it.
public struct SetupProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// For people.
    public let description: String

    /// A problem with that text.
    public init(_ description: String) { self.description = description }
}
