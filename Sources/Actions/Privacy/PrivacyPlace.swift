import Ledger
import Settings

/// What requests about a person need to know of the installation.
struct PrivacyPlace: Sendable {
    private let keyPath: String
    private let countries: [String: String]
    /// The folder of the spool; nil when there is none.
    let spool: String?
    private let spoolKeyPath: String

    init(_ settings: Settings) {
        keyPath = settings.keys.person
        spool = settings.spool
        spoolKeyPath = settings.keys.credentials
        countries = settings.sources.reduce(into: [:]) { countries, source in countries[source.name] = source.country }
    }

    /// The country of a source.
    func country(of source: String) -> String? { countries[source] }

    /// The key of the spool as it is now; nil when it cannot be used.
    var spoolKey: KeyFile? { (try? KeyFile.existing(spoolKeyPath)).flatMap(\.self) }

    /// The key of the index as it is now; nil when it cannot be used: then all is read row by row, and the report says so.
    var key: PersonKey? { (try? KeyFile.existing(keyPath)).flatMap(\.self).map { PersonKey($0) } }
}
