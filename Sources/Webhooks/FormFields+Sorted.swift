extension FormFields {
    /// The pairs sorted by name and then by value, each once: names and values one after the other.
    ///
    /// Takes time in proportion to the bytes, whatever they are: a comparison sort reads what many fields have in
    /// common again for each comparison, and a sender may choose fields that differ in their last byte alone.
    public var sorted: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        // The groups still to sort, the least last, with the number of units that all of a group have in common.
        var groups = [Group(pairs: pairs, depth: 0)]
        while let group = groups.popLast() {
            guard group.pairs.count > 1 else {
                if let pair = group.pairs.first { out += bytes[Int(pair.start)..<Int(pair.end)] }
                continue
            }
            let first = group.pairs[0]
            var depth = length(of: first)
            for pair in group.pairs.dropFirst() {
                depth = commonLength(first, pair, from: group.depth, to: depth)
            }
            if depth == length(of: first), group.pairs.allSatisfy({ length(of: $0) == depth }) {
                out += bytes[Int(first.start)..<Int(first.end)]
            } else {
                groups += parts(group.pairs, at: depth)
            }
        }
        return out
    }

    /// Pairs whose first units are the same.
    private struct Group {
        var pairs: [Pair]
        let depth: Int
    }

    /// A group's parts by the unit at a depth, the greatest first.
    private func parts(_ pairs: [Pair], at depth: Int) -> [Group] {
        let pivot = unit(of: pairs[pairs.count / 2], at: depth)
        var (less, same, more) = ([Pair](), [Pair](), [Pair]())
        for pair in pairs {
            let unit = unit(of: pair, at: depth)
            if unit < pivot { less.append(pair) } else if unit == pivot { same.append(pair) } else { more.append(pair) }
        }
        return [
            Group(pairs: more, depth: depth), Group(pairs: same, depth: pivot < 0 ? depth : depth + 1),
            Group(pairs: less, depth: depth),
        ].filter { !$0.pairs.isEmpty }
    }

    /// A pair's units: its name, an end, its value. The end is less than every byte, so that a name stands before those
    /// that begin with it.
    private func length(of pair: Pair) -> Int { Int(pair.end - pair.start) + 1 }

    private func unit(of pair: Pair, at depth: Int) -> Int {
        let name = Int(pair.nameEnd - pair.start)
        if depth == name || depth >= length(of: pair) { return -1 }
        return Int(bytes[Int(pair.start) + depth - (depth < name ? 0 : 1)])
    }

    /// How many units two pairs have in common, at most `limit`, when the first `depth` are known to be the same.
    private func commonLength(_ a: Pair, _ b: Pair, from depth: Int, to limit: Int) -> Int {
        let (aName, bName) = (Int(a.nameEnd - a.start), Int(b.nameEnd - b.start))
        var place = depth
        let names = min(aName, bName, limit)
        if place < names {
            place += sameBytes(Int(a.start) + place, Int(b.start) + place, names - place)
            if place < names { return place }
        }
        if place >= limit || aName != bName { return place }
        place = max(place, aName + 1)
        let values = min(length(of: a), length(of: b), limit)
        if place < values {
            place += sameBytes(Int(a.start) + place - 1, Int(b.start) + place - 1, values - place)
        }
        return place
    }

    private func sameBytes(_ a: Int, _ b: Int, _ count: Int) -> Int {
        let span = bytes.span
        let (left, right) = (span.extracting(a..<a + count), span.extracting(b..<b + count))
        var place = 0
        while place < count, left[place] == right[place] { place += 1 }
        return place
    }
}
