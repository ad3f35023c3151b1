/// The shops named in a body, which no header can change.
enum ShopNames {
    /// Whether a body names another shop than this one, and not this one.
    static func contradict(_ body: [UInt8], shop: String) -> Bool {
        let ending = ".myshopify.com"
        let shop = shop.lowercased()
        guard shop.hasSuffix(ending) else { return false }
        var namesOther = false
        var namesIt = false
        BodyForm(body).walk(country: nil) { text, _ in
            let lower = text.lowercased()
            guard let end = lower.firstRange(of: ending) else { return }
            let host = lower[..<end.upperBound].split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }.last
            guard let host else { return }
            if host == shop { namesIt = true } else { namesOther = true }
        }
        return namesOther && !namesIt
    }
}
