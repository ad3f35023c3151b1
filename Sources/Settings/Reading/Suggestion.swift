/// The closest known word.
public enum Suggestion {
    /// - Returns: `; did you mean "secrets"?` if a known word is close, else the list of known words if it is short.
    public static func phrase(for word: String, among words: [String]) -> String {
        let known = Set(words)
        if let nearest = nearest(to: word, among: known) { return "; did you mean \"\(nearest)\"?" }
        guard !known.isEmpty, known.count <= 30 else { return "" }
        return "; known are: " + known.sorted().joined(separator: ", ")
    }

    /// - Returns: the known word that differs in at most three letters, fewer for a short word; nil without one.
    public static func nearest(to word: String, among known: some Sequence<String>) -> String? {
        let limit = word.count <= 2 ? 0 : word.count <= 4 ? 1 : word.count <= 8 ? 2 : 3
        let plain = normalized(word)
        let near = known.map { (word: $0, distance: distance(plain, normalized($0))) }
            .min { ($0.distance, $0.word) < ($1.distance, $1.word) }
        return near.flatMap { $0.distance <= limit ? $0.word : nil }
    }

    /// `allowPrivateHosts` and `allow-private-hosts` are `allow_private_hosts` to someone in a hurry.
    private static func normalized(_ word: String) -> [UInt8] {
        Array(word.prefix(64).lowercased().utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") })
    }

    /// How many bytes to insert, delete, change or swap with their neighbour (Damerau, optimal string alignment).
    static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                let change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                var best = min(change, last[j] + 1, row[j - 1] + 1)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, beforeLast[j - 2] + 1) }
                row.append(best)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
