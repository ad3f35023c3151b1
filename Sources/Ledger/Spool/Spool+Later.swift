import Platform

/// Deliveries whose import failed, one a file in later/, until the next try.
extension Spool {
    /// The tries of a delivery before it is moved to aside/.
    static let mostTries = 3
    /// The pause between two tries, in microseconds: three tries take an hour.
    private static let pause: Int64 = 1_800_000_000

    /// A postponed delivery.
    struct Postponed {
        /// Its file in later/.
        let name: String
        /// How often it has failed.
        let tries: Int
        /// The time of the last try, in microseconds since 1970.
        let triedAt: Int64
    }

    /// Postpones a delivery.
    /// - Parameter tries: how often it has failed; 0 if its turn comes with the next import.
    func postpone(_ delivery: SpooledDelivery, tries: Int) throws(FileError) {
        try write([delivery], to: Self.later, suffix: ".\(tries)")
    }

    /// Those whose next try is due, oldest first. The time of a file is that of the last try.
    /// - Parameter now: in microseconds since 1970.
    func postponed(dueAt now: Int64) throws(FileError) -> [Postponed] {
        let later = folder + "/" + Self.later
        guard Files.exists(later) else { return [] }
        var due: [Postponed] = []
        for name in try Files.list(later) where name.hasSuffix(Self.suffix) {
            let tries = name.dropLast(Self.suffix.count).split(separator: ".").last.flatMap { Int($0) } ?? 0
            guard let status = try Files.status(later + "/" + name), tries == 0 || status.modified + Self.pause <= now
            else { continue }
            due.append(Postponed(name: name, tries: tries, triedAt: status.modified))
        }
        return due
    }
}
