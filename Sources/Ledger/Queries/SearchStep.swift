/// How far one step of a filtered list looks: a filter on a column that no index has must not read a whole table. A step
/// ends by its place in the list's own order, so the next one continues there.
public enum SearchStep {
    /// Rows that are compared with values of their own.
    static let rows = 5000
    /// Rows that are searched for a text, with their bodies.
    static let searched = 1000
    /// Jobs, which lie as scattered as they ended.
    public static let jobs = 1000
    /// Rows of which each is looked up in other tables.
    public static let lookedUp = 120
}
