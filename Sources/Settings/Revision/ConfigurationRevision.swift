import Synchronization

/// A configuration that a program has read, and the number that the database gave it (`configurations.revision`).
///
/// One object for each `load`: what was made with these settings asks it for the number when it is recorded.
public final class ConfigurationRevision: Sendable {
    /// What the configuration says.
    public let record: ConfigurationRecord
    private let given = Atomic<Int32>(0)

    /// A reading of the configuration, without a number.
    package init(_ record: ConfigurationRecord) { self.record = record }

    /// Its number; nil while the database has not given it one.
    public var number: Int32? {
        let number = given.load(ordering: .relaxed)
        return number > 0 ? number : nil
    }

    /// The database gave it this number, from 1.
    public func got(_ number: Int32) { given.store(number, ordering: .relaxed) }
}
