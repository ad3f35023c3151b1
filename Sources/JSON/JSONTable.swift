/// Looks for the keys of one object. An object of many members gets a table of the places of its keys by their hashes, so
/// that a million keys take no quadratic time.
///
/// Keys are the same when their bytes are: `é` in one scalar and `é` in two are two keys, as they are for Postgres.
enum JSONTable {
    /// Objects with fewer members are searched from their beginning.
    static let least = 16

    /// Whether the bytes of a key are these.
    static func isKey(
        _ node: JSONNode, _ key: Span<UInt8>, _ bytes: [UInt8], _ keys: [UInt8]
    ) -> Bool {
        guard node.length == key.count else { return false }
        let start = Int(node.start)
        if node.marks.contains(.isDecoded) {
            for place in key.indices where keys[start + place] != key[place] { return false }
        } else {
            for place in key.indices where bytes[start + place] != key[place] { return false }
        }
        return true
    }

    /// The place of a key by the table that begins at `start`: its size, a power of two, then places; 0 for none.
    static func place(
        of key: Span<UInt8>, _ tables: [UInt32], at start: Int, _ nodes: [JSONNode], _ bytes: [UInt8],
        _ keys: [UInt8]
    ) -> Int? {
        let slot = slot(of: key, tables, at: start, nodes, bytes, keys)
        let place = Int(tables[slot])
        return place == 0 ? nil : place
    }

    /// The slot that has the key, or the free one where it belongs.
    static func slot(
        of key: Span<UInt8>, _ tables: [UInt32], at start: Int, _ nodes: [JSONNode], _ bytes: [UInt8],
        _ keys: [UInt8]
    ) -> Int {
        let mask = Int(tables[start]) - 1
        var slot = Int(truncatingIfNeeded: hash(key)) & mask
        while true {
            let place = Int(tables[start + 1 + slot])
            if place == 0 || isKey(nodes[place], key, bytes, keys) { return start + 1 + slot }
            slot = (slot + 1) & mask
        }
    }

    /// Mixes eight bytes at a time by a multiplication. Who does not know the two secrets cannot choose keys with equal
    /// hashes.
    private static func hash(_ key: Span<UInt8>) -> UInt64 {
        var hash = secrets.0 ^ UInt64(key.count)
        var word: UInt64 = 0
        for place in key.indices {
            word = word << 8 | UInt64(key[place])
            if place & 7 == 7 {
                hash = mix(hash ^ word)
                word = 0
            }
        }
        return mix(hash ^ word)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: secrets.1)
        return product.high ^ product.low
    }

    /// Others in each process, like the hashes of `Hasher`, from which they are made.
    private static let secrets: (UInt64, UInt64) = {
        func secret(_ number: Int) -> UInt64 {
            var hasher = Hasher()
            hasher.combine(number)
            return UInt64(truncatingIfNeeded: hasher.finalize())
        }
        return (secret(1), secret(2) | 1)
    }()
}
