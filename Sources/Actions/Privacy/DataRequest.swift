import JSON
import Jobs
import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// Writes all that is stored of a person to a file that nobody else may read: `<source>-<event>.json` in a folder, for the
/// shop's owner to pass on. The same request makes the same file, so repeating is harmless.
struct DataRequest: ConfiguredAction {
    let name: String
    static let kind = ActionKind(
        "data_request",
        [.init("folder", .folder, required: true, "The folder of the copies: SOURCE-EVENT.json with mode 600.")]
    ) {
        $0.personRequests = ["customer.data_request"]
    }
    let retryPolicy: RetryPolicy
    let needsBody = true
    private let folder: String
    private let place: PrivacyPlace

    /// - Returns: nil without a folder.
    init?(_ settings: ActionSettings, in all: Settings) {
        guard let folder = settings.text("folder") else { return nil }
        name = settings.name
        retryPolicy = settings.retry
        self.folder = folder
        place = PrivacyPlace(all)
    }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        let event = subject.event
        guard let person = Person(event, country: place.country(of: event.source)) else {
            return .ended(.skipped("the event names nobody, or was redacted before"))
        }
        let file = "\(folder.withoutTrailingSlash)/\(event.source)-\(event.id).json"
        let export = DataExport(of: person, for: PersonRequest(event: event.id), key: place.key)
        return next(export, of: person, for: PersonRequest(event: event.id), to: file)
    }

    private func next(
        _ export: DataExport, of person: Person, for request: PersonRequest, to file: String
    ) -> Step {
        if export.isTooLarge { return .ended(.bury("the data of this person is too large for one file")) }
        if export.isReady {
            return .commit { _, connection throws(PostgresError) in
                let (document, counts) = try export.document(on: connection)
                var whole = document.object ?? JSONObject()
                do throws(FileError) {
                    let aside = SpoolAside(of: person, folder: place.spool, key: place.spoolKey)
                    whole["aside"] = .array(try aside.json())
                    try Files.makeFolder(Files.parent(file), mode: 0o700)
                    try Files.write(file, JSONValue.object(whole).serialized(), mode: 0o600)
                } catch {
                    return .retry(counted: true, reason: "\(error)")
                }
                try export.log(counts, on: connection)
                return .done(externalID: file)
            }
        }
        return .transact { _, connection throws(PostgresError) in
            var export = export
            try export.step(on: connection)
            return next(export, of: person, for: request, to: file)
        }
    }
}
