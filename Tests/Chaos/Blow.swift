import Platform

/// A kind of blow. Each is in a file of `Blows`.
struct Blow: Sendable {
    /// Its name in the figures.
    let kind: String
    /// How often it comes, against the others.
    let weight: Int
    /// What it needs beside the stand.
    let need: Need
    /// Does it, and undoes what does not end by itself.
    ///
    /// - Returns: false if there was nothing to hit at that moment.
    let strike: @Sendable (Stand, inout SplitMix64) throws -> Bool

    /// What a machine may lack.
    enum Need { case nothing, ownFileSystems }

    init(
        _ kind: String, weight: Int, need: Need = .nothing,
        _ strike: @escaping @Sendable (Stand, inout SplitMix64) throws -> Bool
    ) {
        (self.kind, self.weight, self.need, self.strike) = (kind, weight, need, strike)
    }

    /// All kinds.
    static let all: [Blow] =
        kills + [.freezePostgres, .lockTable, .lockRow, .pinXmin, .connectionLimit] + fullDisks + [.fileError]
        + clockSteps + [.failOverSynchronous, .failOverAsynchronous, .deployPrograms, .deployMigration]
}
