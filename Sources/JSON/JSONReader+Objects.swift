extension JSONReader {
    mutating func object(depth: Int) throws(JSONError) {
        let place = try open(.object, depth: depth)
        skipWhiteSpace()
        if skip(UInt8(ascii: "}")) { return close(place) }
        var count: UInt32 = 0
        while true {
            skipWhiteSpace()
            guard next == UInt8(ascii: "\"") else { throw unexpected() }
            let key = nodes.count
            try string(as: .key)
            skipWhiteSpace()
            guard skip(UInt8(ascii: ":")) else { throw unexpected() }
            try value(depth: depth)
            count += 1
            if count < JSONTable.least { hideRepetition(of: key, in: place) }
            if depth == 1, !repairs.isEmpty { noteRepairs(in: key) }
            skipWhiteSpace()
            if skip(UInt8(ascii: "}")) { break }
            guard skip(UInt8(ascii: ",")) else { throw unexpected() }
        }
        close(place)
        if count >= JSONTable.least { makeTable(place, count: Int(count)) }
    }

    /// Of a key that occurs again, the first one takes the last one's value.
    private mutating func hideRepetition(of key: Int, in object: Int) {
        let node = nodes[key]
        var place = object + 1
        while place < key {
            let other = nodes[place]
            if other.length == node.length, isSame(other, node) { return hide(key, behind: place) }
            place = Int(nodes[place + 1].next)
        }
    }

    private mutating func hide(_ key: Int, behind first: Int) {
        nodes[first].next = UInt32(key + 1)
        nodes[key].marks.insert(.isHidden)
        isCompact = false
    }

    private func isSame(_ a: JSONNode, _ b: JSONNode) -> Bool {
        let source = b.marks.contains(.isDecoded) ? keys : bytes
        return JSONTable.isKey(a, source.span.extracting(b.range), bytes, keys)
    }

    /// Makes the table of an object with many members, at most half full.
    private mutating func makeTable(_ object: Int, count: Int) {
        var size = 2
        while size < 2 * count { size *= 2 }
        let start = tables.count
        tables.append(UInt32(size))
        tables.append(contentsOf: repeatElement(0, count: size))
        nodes[object].more = UInt32(start)
        var place = object + 1
        while place < nodes[object].next {
            let node = nodes[place]
            let source = node.marks.contains(.isDecoded) ? keys : bytes
            let slot = JSONTable.slot(
                of: source.span.extracting(node.range), tables, at: start, nodes, bytes, keys)
            if tables[slot] == 0 { tables[slot] = UInt32(place) } else { hide(place, behind: Int(tables[slot])) }
            place = Int(nodes[place + 1].next)
        }
    }
}
