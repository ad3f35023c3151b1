import LocalStack
import Platform
import Settings

/// The hook paths of a configuration that nginx does not pass to the responder yet.
struct NewPaths {
    let settings: Settings
    /// The shipped locations.
    let snippet: String
    /// nginx's site files.
    let sites: [String]

    /// Paths outside the shipped locations that no site file names.
    func missing() -> [String] {
        let covered = HookLocations(snippet: (try? Files.readText(snippet)) ?? "")
        let texts = sites.compactMap { try? Files.readText($0) }
        return settings.sources.flatMap(\.paths).filter { path in
            !covered.cover(path) && !texts.contains { $0.contains(NginxWord.quoted(path)) }
        }
    }
}
