/// Spellings of a URL that a proxy, or a person, may produce.
enum URLVariants {
    static func all(_ url: String) -> [String] {
        let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let (path, query) = (String(parts[0]), parts.count > 1 ? "?" + parts[1] : "")
        let slashed = path.hasSuffix("/") ? String(path.dropLast()) : path + "/"
        var bases = [path, slashed]
        bases += bases.map { base in
            base.hasPrefix("https:") ? "http:" + base.dropFirst(6) : "https:" + base.dropFirst(5)
        }
        return bases.flatMap(URLPorts.spellings).map { $0 + query }.filter { $0 != url }
    }
}
