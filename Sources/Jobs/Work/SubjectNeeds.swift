/// The parts of a job's subject that cost something to read, and that somebody asks for.
public struct SubjectNeeds: OptionSet, Sendable, Hashable {
    /// One bit each; `WorkSQL` knows them.
    public let rawValue: Int32

    /// The event's raw body.
    public static let body = SubjectNeeds(rawValue: 1)
    /// The fields of the order as its row stands now. Which order it is, is always read.
    public static let fields = SubjectNeeds(rawValue: 2)
    /// What the event changed.
    public static let change = SubjectNeeds(rawValue: 4)
    /// The trace of the event.
    public static let trace = SubjectNeeds(rawValue: 8)

    /// Those bits.
    public init(rawValue: Int32) { self.rawValue = rawValue }
}
