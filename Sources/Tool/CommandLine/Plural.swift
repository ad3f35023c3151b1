/// Counts, for people to read.
enum Plural {
    /// `1 mistake`, `2 mistakes`.
    static func text(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
