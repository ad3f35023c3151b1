/// What one member was in the events of a type.
struct ShapeMember: Sendable, Equatable {
    /// The number of events that had it, since it was first seen or came back.
    var present: Int64 = 0
    /// The number of events that had the object above it before the first sight.
    var firstAt: Int64
    /// The same number at the last sight.
    var lastAt: Int64
    /// The number of events for each of ``ValueTypes/names``.
    var counts = [Int64](repeating: 0, count: ValueTypes.names.count)
    /// Whether the names of its members are data.
    var isMap = false
    /// Whether it was reported as gone.
    var isGone = false

    /// The types that its values had.
    var types: ValueTypes {
        var types: ValueTypes = isMap ? [.map] : []
        for (place, (type, _)) in ValueTypes.names.enumerated() where counts[place] > 0 { types.insert(type) }
        return types
    }
    /// The number of events in which it was an object.
    var objects: Int64 { counts[0] }
    /// The number of events in which it was a list.
    var lists: Int64 { counts[1] }

    fileprivate mutating func count(_ found: ValueTypes, at number: Int64) {
        present += 1
        lastAt = number
        for (place, (type, _)) in ValueTypes.names.enumerated() where found.contains(type) { counts[place] += 1 }
    }
}

/// A change of a shape.
struct ShapeChange: Sendable, Equatable {
    /// The kinds; the raw value is `shape_changes.change`.
    enum Kind: String, Sendable {
        /// The source has not sent this type before.
        case newType = "new_type"
        /// The member has not been there before, or had gone.
        case newMember = "new_member"
        /// Nearly every event had the member, and the last ones do not.
        case goneMember = "gone_member"
        /// The member's values have another type than before.
        case changedType = "changed_type"
    }

    let kind: Kind
    var path = ""
    var before: String?
    var after: String?
}

/// The shape of the events of one source and type, as far as it is learned. Pure.
///
/// A member is judged by the object that it belongs to: what an object has in its first 200 events is learned quietly, be it
/// the body or a part that is rarely there. So a new part is one change, not one for each of its members.
struct EventShape: Sendable, Equatable {
    /// The events of a type, or with an object, that are learned quietly.
    static let quiet: Int64 = 200
    /// As many events without a member, one after the other, make it gone.
    static let absent: Int64 = 200
    /// The share of events that must have had it before, in percent.
    private static let usual: Int64 = 99
    /// The most paths.
    static let mostPaths = 2000
    /// Whether an object is a map is asked at each new member, and when it was there as often as this.
    private static let mapChecks: [Int64] = [100, 200, 1000]
    /// The most members of one object; more are a map.
    private static let mostMembers = 250

    /// The events that were learned.
    private(set) var events: Int64 = 0
    /// The members by their paths; the empty one is the body.
    private(set) var members: [String: ShapeMember] = [:]
    /// Whether a member was not learned because there are too many.
    private(set) var isFull = false
    /// The paths that changed since it was loaded.
    private(set) var touched: Set<String> = []
    /// The paths that were folded since it was loaded.
    private(set) var removed: Set<String> = []
    /// The objects that this event shows to be maps.
    private var newMaps: [String] = []

    /// - Parameter isFull: whether a member was not learned before.
    init(events: Int64 = 0, members: [String: ShapeMember] = [:], isFull: Bool = false) {
        self.events = events
        self.members = members
        self.isFull = isFull
    }

    /// Learns an event.
    /// - Returns: what it shows that earlier events did not.
    mutating func learn(_ body: BodyShape) -> [ShapeChange] {
        events += 1
        var changes: [ShapeChange] = []
        var found = folded(body.paths)
        // A path precedes those below it.
        for written in found.keys.sorted() {
            let path = newMaps.reduce(written) { Self.fold($0, below: $1) }
            guard let types = found[written] else { continue }
            if path != written {
                found[written] = nil
                found[path, default: []].formUnion(types)
            }
            let parent = MemberPath.above(path)
            // The events before this one that had the object, which is counted already.
            let earlier = parent.map { number(of: $0, below: path) } ?? events
            if let change = learn(types, at: path, under: parent, after: earlier - 1) { changes.append(change) }
            if types.contains(.object), let objects = members[path]?.objects, Self.mapChecks.contains(objects) {
                _ = foldsMap(path)
            }
        }
        newMaps = []
        changes += gone(found)
        return changes
    }

    /// The events that had the object or list above a path.
    private func number(of parent: String, below path: String) -> Int64 {
        guard let member = members[parent] else { return 0 }
        return path.hasSuffix(MemberPath.element) ? member.lists : member.objects
    }

    private mutating func learn(
        _ types: ValueTypes, at path: String, under parent: String?, after earlier: Int64
    ) -> ShapeChange? {
        let isJudged = parent != nil && earlier >= Self.quiet
        guard var member = members[path] else {
            if let parent, members[parent] == nil { return nil }
            guard members.count < Self.mostPaths else {
                isFull = true
                return nil
            }
            var member = ShapeMember(firstAt: earlier, lastAt: earlier)
            member.isMap = types.contains(.map)
            member.count(types, at: earlier + 1)
            members[path] = member
            touched.insert(path)
            if let parent, !path.hasSuffix(MemberPath.element), foldsMap(parent) { return nil }
            guard isJudged, !MemberPath.isFolded(path) else { return nil }
            return ShapeChange(kind: .newMember, path: path, after: types.words)
        }
        defer {
            member.count(types, at: earlier + 1)
            members[path] = member
            touched.insert(path)
        }
        if types.contains(.map), !member.isMap {
            member.isMap = true
            fold(path)
        }
        if member.isGone {
            member.isGone = false
            (member.present, member.firstAt) = (0, earlier)
            return ShapeChange(kind: .newMember, path: path, after: types.words)
        }
        let (known, new) = (member.types.ofValues, types.ofValues.subtracting(member.types))
        guard isJudged, !known.isEmpty, !new.isEmpty, !path.hasSuffix(MemberName.folded) else { return nil }
        return ShapeChange(kind: .changedType, path: path, before: known.words, after: new.words)
    }

    /// The members that nearly every event had and that the last ones lack.
    private mutating func gone(_ found: [String: ValueTypes]) -> [ShapeChange] {
        var changes: [ShapeChange] = []
        for (path, member) in members where found[path] == nil && !member.isGone && !MemberPath.isFolded(path) {
            guard let parent = MemberPath.above(path), found[parent] != nil else { continue }
            let window = member.lastAt - member.firstAt
            guard number(of: parent, below: path) - member.lastAt >= Self.absent, window >= Self.quiet,
                member.present * 100 >= Self.usual * window
            else { continue }
            members[path]?.isGone = true
            touched.insert(path)
            changes.append(ShapeChange(kind: .goneMember, path: path, before: member.types.words))
        }
        return changes.sorted { $0.path < $1.path }
    }
}

/// Objects whose members' names are data.
extension EventShape {
    /// The paths with the names below maps folded.
    private func folded(_ paths: [String: ValueTypes]) -> [String: ValueTypes] {
        let maps = members.filter { $0.value.isMap }.map(\.key).sorted()
        if maps.isEmpty { return paths }
        var folded: [String: ValueTypes] = [:]
        for (path, types) in paths {
            let path = maps.reduce(path) { Self.fold($0, below: $1) }
            folded[path, default: []].formUnion(types)
        }
        return folded
    }

    /// `prices.EUR.net` below `prices` is `prices.*.net`.
    private static func fold(_ path: String, below map: String) -> String {
        let prefix = map.isEmpty ? "" : map + "."
        guard path.utf8.count > prefix.utf8.count, path.hasPrefix(prefix) else { return path }
        let rest = path.dropFirst(prefix.count)
        if map.isEmpty, rest.hasPrefix(MemberPath.element) { return path }
        let end = rest.firstIndex { $0 == "." || $0 == "[" } ?? rest.endIndex
        return prefix + MemberName.folded + rest[end...]
    }

    /// Whether an object turns out to be a map; then its members are folded. An object that has very many names, or whose names
    /// are mostly rare, is one.
    private mutating func foldsMap(_ parent: String) -> Bool {
        guard let object = members[parent], !object.isMap else { return false }
        let prefix = parent.isEmpty ? "" : parent + "."
        let own = members.filter { other, _ in
            other.hasPrefix(prefix) && !other.isEmpty && MemberPath.above(other) == parent
                && !other.hasSuffix(MemberPath.element)
        }
        let rare = own.values.count { $0.present * 50 < object.objects }
        guard own.count > Self.mostMembers || object.objects >= 100 && own.count >= 20 && rare * 2 > own.count else {
            return false
        }
        members[parent]?.isMap = true
        touched.insert(parent)
        fold(parent)
        return true
    }

    /// Folds what was learned below a map.
    private mutating func fold(_ map: String) {
        newMaps.append(map)
        for (path, member) in members {
            let folded = Self.fold(path, below: map)
            if folded == path { continue }
            members[path] = nil
            touched.remove(path)
            removed.insert(path)
            var sum = members[folded] ?? ShapeMember(firstAt: member.firstAt, lastAt: member.lastAt)
            sum.present += member.present
            sum.firstAt = min(sum.firstAt, member.firstAt)
            sum.lastAt = max(sum.lastAt, member.lastAt)
            for place in sum.counts.indices { sum.counts[place] += member.counts[place] }
            sum.isMap = sum.isMap || member.isMap
            members[folded] = sum
            touched.insert(folded)
        }
        removed.subtract(touched)
    }
}
