import Actions
import JSON
import Jobs
import Settings

/// What can be paused.
struct PauseTarget: Hashable {
    enum Kind: String, CaseIterable {
        case source, action, destination
    }

    let kind: Kind
    let name: String

    var text: String { "\(kind.rawValue) \(name)" }

    var json: JSONObject {
        var object = JSONObject()
        object["kind"] = .string(kind.rawValue)
        object["name"] = .string(name)
        return object
    }

    /// - Parameter text: a name, or a kind and a name, such as `action:ops`.
    /// - Throws: ``NotFound`` if the configuration has nothing of that name, `UsageError` if it has two.
    static func find(_ text: String, in settings: Settings) throws -> PauseTarget {
        let actions = ActionTable.actions(settings)
        let destinations = Set(actions.compactMap(\.destination).flatMap(DestinationName.names))
        let known =
            settings.sources.map { PauseTarget(kind: .source, name: $0.name) }
            + actions.map { PauseTarget(kind: .action, name: $0.name) }
            + destinations.sorted().map { PauseTarget(kind: .destination, name: $0) }
        let (kind, name) = parts(text)
        // Only the requests of some actions say where they go.
        if kind == .destination, DestinationName.isValid(name) { return PauseTarget(kind: .destination, name: name) }
        return try choose(text, among: known, orElse: "no source, action or destination is called \"\(text)\"")
    }

    /// - Parameter rows: of the view pause_list.
    /// - Throws: ``NotFound`` if that is not paused, `UsageError` if it may mean two pauses.
    static func find(_ text: String, amongPaused rows: [JSONObject]) throws -> PauseTarget {
        let paused = rows.compactMap { row -> PauseTarget? in
            guard let kind = row["kind"]?.string.flatMap(Kind.init), let name = row["name"]?.string else { return nil }
            return PauseTarget(kind: kind, name: name)
        }
        return try choose(text, among: paused, orElse: "\"\(text)\" is not paused")
    }

    private static func choose(_ text: String, among known: [PauseTarget], orElse message: String) throws -> PauseTarget
    {
        let (kind, name) = parts(text)
        let found = known.filter { ($0.name == text || $0.name == name && $0.kind == kind) }
        if let only = found.first, found.count == 1 { return only }
        if found.isEmpty {
            let names = known.flatMap { kind == nil ? [$0.name] : ["\($0.kind.rawValue):\($0.name)"] }
            let hint =
                Suggestion.nearest(to: text, among: names).map { "; did you mean \"\($0)\"?" }
                ?? (text.contains(".") ? "; a host that no action names is written destination:\(text)" : "")
            throw NotFound(message + hint)
        }
        let kinds = found.map { "\($0.kind.rawValue):\($0.name)" }.joined(separator: " or ")
        throw UsageError("\"\(text)\" is ambiguous; write \(kinds)")
    }

    /// A host is in lower case wherever it is compared.
    private static func parts(_ text: String) -> (kind: Kind?, name: String) {
        for kind in Kind.allCases where text.hasPrefix(kind.rawValue + ":") {
            let name = String(text.dropFirst(kind.rawValue.count + 1))
            return (kind, kind == .destination ? name.lowercased() : name)
        }
        return (nil, text)
    }
}
