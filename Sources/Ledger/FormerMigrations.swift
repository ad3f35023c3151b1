import Crypto

/// The earlier migrations, as databases remember them: they became two files.
public enum FormerMigrations {
    /// The checksum of the first of them: a database that has it was made by such a program.
    public static let first = "f70394629afa727359018f6706df6f8fa4740d666d5f103be61f66f6168270d0"

    /// The number of the last of them.
    public static let last: Int64 = 56

    /// The last commit that has them all. It brings a database of any former version to the last one.
    package static let lastCommit = "d227abd1"

    /// What is equal to some of today's files: the versions and checksums that the database remembers, as a checksum, and how many files.
    private static let equals = [
        // 16 migrations: commit b6287ea.
        "fc4e517d48a9900463395e63b9ae77c2fbbe41f513c9414bba3c449207f77b0d": 1,
        // All 56.
        "d50a38e95c0facfcbca6448de14f280dd3a9ae9aa7e0ef43220b962c4d85fd96": 2,
    ]

    /// How many of today's files a database has.
    /// - Parameter present: the checksum of each migration that it remembers.
    /// - Returns: nil for a version between those that are equal to today's files.
    static func filesEqual(to present: [Int64: String]) -> Int? {
        let text = present.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined()
        return equals[Hex.encode(Digest.sha256.hash(Array(text.utf8)))]
    }
}
