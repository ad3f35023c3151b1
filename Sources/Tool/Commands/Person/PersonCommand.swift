import ArgumentParser
import Ledger
import Platform
import Postgres
import Settings

/// `hookledger person`
struct PersonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person", abstract: "Export or erase the data of one person.",
        discussion: """
            Name the person by full values: an e-mail address, a telephone number, or a customer id. A value that only \
            resembles one is left alone; --dry-run lists it by row id.

            An index finds a person among millions of events. The batch processor fills it, with the key that \
            `hookledger keys create` makes. Rows not yet indexed are read one by one, and the report says so.
            """,
        subcommands: [PersonExport.self, PersonForget.self, PersonRetention.self])
}

/// The person of a command.
struct PersonArguments: ParsableArguments {
    @OptionGroup var database: OperatorArguments

    @Option(help: "An e-mail address; may be given several times.")
    var email: [String] = []

    @Option(help: "A telephone number, best with its country: +49…; may be given several times.")
    var phone: [String] = []

    @Option(help: "A customer's id as the provider writes it; may be given several times.")
    var customer: [String] = []

    @Option(help: "Only data from this source; needed when several sources have a customer with that id.")
    var source: String?

    @Flag(help: "Only list what is meant and why, and near misses, by row ids.")
    var dryRun = false

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        if email.isEmpty && phone.isEmpty && customer.isEmpty {
            throw ValidationError("give the person with --email, --phone or --customer")
        }
    }

    /// What a request about a person works with.
    struct Request {
        let settings: Settings
        let connection: Connection
        let person: Person
        let key: PersonKey?
        let request: PersonRequest
        let aside: SpoolAside
    }

    /// Opens what a request needs; with `--dry-run` only shows what is meant.
    /// - Returns: nil when that was all.
    /// - Throws: `NotFound` when what is given names nobody.
    func begin(_ reason: String) throws -> Request? {
        let settings = try database.settings()
        let connection = try connect(settings)
        let person = try person(settings, on: connection)
        let request = Request(
            settings: settings, connection: connection, person: person, key: key(settings),
            request: PersonRequest(actor: Actor.name, reason: reason),
            aside: SpoolAside(
                of: person, folder: settings.spool, key: try KeyFile.existing(settings.keys.credentials)))
        guard dryRun else { return request }
        try PersonReport.show(request.look(), asJSON: json)
        return nil
    }

    /// The person.
    private func person(_ settings: Settings, on connection: Connection) throws -> Person {
        if let source { _ = try settings.sourceToUse(source) }
        var person = Person(source: source)
        (person.emails, person.phones) = (email, phone)
        person.customerIDs = customer.filter { !$0.isEmpty }
        person.country = source.flatMap { settings.source(named: $0)?.country } ?? Self.onlyCountry(settings)
        guard person.namesSomebody else {
            throw NotFound("this names nobody: " + person.faults.joined(separator: ", "))
        }
        if source == nil, !person.customerIDs.isEmpty {
            let sources = try PersonSources.having(person.customerIDs, on: connection)
            if sources.count > 1 {
                throw ValidationError(
                    "several sources have such a customer; choose one with --source: \(sources.joined(separator: ", "))"
                )
            }
        }
        return person
    }

    /// The key of the index; why it cannot be used is said.
    private func key(_ settings: Settings) -> PersonKey? {
        do throws(KeyFileProblem) {
            return try KeyFile.existing(settings.keys.person).map { PersonKey($0) }
        } catch {
            StandardError.write("\(error)")
            return nil
        }
    }

    /// A connection without a deadline: reading row by row takes its time.
    private func connect(_ settings: Settings) throws -> Connection {
        let connection = try database.connect(settings)
        connection.queryDeadline = nil
        return connection
    }

    private static func onlyCountry(_ settings: Settings) -> String? {
        let countries = Set(settings.sources.map(\.country))
        return countries.count == 1 ? countries.first?.flatMap(\.self) : nil
    }
}

extension PersonArguments.Request {
    /// What it would touch.
    func look() throws -> PersonReport.Look {
        try PersonReport.look(person, request, key, aside, on: connection)
    }
}
