import Platform
import Providers
import Settings

extension Settings {
    /// The source of that name.
    /// - Throws: `UsageError` with the nearest name, or with all, when there is none of that one.
    func sourceToUse(_ name: String) throws -> SourceSettings {
        if let found = source(named: name) { return found }
        let names = sources.map(\.name)
        let nearest = Suggestion.nearest(to: name, among: names).map { "; did you mean \"\($0)\"?" }
        throw UsageError(
            "there is no source \"\(name)\"" + (nearest ?? "; the sources are \(names.joined(separator: ", "))"))
    }
}

/// A name that a person gave to a list.
enum GivenName {
    case source(String?), action(String?), rule(String?), type(String?)

    /// Tells on standard error of names that the configuration does not have, where one that it has is near. For a list that
    /// is empty: rows of names that the configuration had earlier are still there.
    static func tellUnknown(_ names: [GivenName], in settings: Settings) {
        for name in names {
            if let text = name.hint(settings) { StandardError.write(text) }
        }
    }

    private func hint(_ settings: Settings) -> String? {
        let (what, given, known): (String, String?, [String]) =
            switch self {
            case .source(let name): ("source", name, settings.sources.map(\.name))
            case .action(let name): ("action", name, settings.actions.map(\.name))
            case .rule(let name): ("rule", name, settings.rules.map(\.name))
            case .type(let name): ("type", name, Vocabulary.types.sorted())
            }
        guard let given, !known.contains(given), let nearest = Suggestion.nearest(to: given, among: known) else {
            return nil
        }
        return "there is no \(what) \"\(VisibleText.of(given))\"; did you mean \"\(nearest)\"?"
    }
}

extension OperatorArguments {
    /// See ``GivenName/tellUnknown(_:in:)``.
    func tellUnknown(_ names: GivenName...) throws { GivenName.tellUnknown(names, in: try settings()) }
}
