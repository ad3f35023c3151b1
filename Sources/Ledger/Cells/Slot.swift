import Crypto

/// One of the 1,024 parts into which the sources are divided where several databases (cells) share them: a slot is in one cell,
/// and moves as a whole. A source keeps its slot, because ids carry it.
public struct Slot: Sendable, Hashable {
    /// How many there are.
    public static let count = 1024

    /// 0 to 1,023.
    public let number: Int

    /// The slot of a source: the low 10 bits of the first two bytes of SHA-256 over its name. The database function
    /// `source_slot()` computes the same.
    public init(of source: String) {
        let hash = Digest.sha256.hash(Array(source.utf8))
        number = (Int(hash[0]) << 8 | Int(hash[1])) & (Self.count - 1)
    }
}
