import Postgres

/// Finds all stored data of a person: by the index, and row by row for data that is not indexed yet. Each step is
/// short, so that the caller can do other work in between.
struct PersonSearch: Sendable {
    /// One event that mentions the person.
    struct Found {
        let event: LoadedEvent
        /// The person's part.
        let share: Share

        var stored: StoredEvent { event.stored }
        /// Whether all of it is the person's; otherwise it is somebody else's and quotes the person, or is partly the
        /// person's.
        var isOwn: Bool { share == .all }
    }

    /// A person's part of an event.
    enum Share: Equatable, Sendable {
        /// All of it.
        case all
        /// It is about several records, of which these are the person's, by row and by the sender's name.
        case parts([PersonDocument: String])
        /// It is somebody else's and quotes the person.
        case quotation
    }

    let person: Person
    let matcher: PersonMatcher
    /// Excluded from the results: the requesting event.
    let but: Int64?
    let key: PersonKey?
    var rows = PersonRows()
    var report = SearchReport()
    /// Whether everything was searched.
    private(set) var isOver = false

    var isBegun = false
    /// Events that the index names.
    var candidates: [EventPlace] = []
    /// Rows that an event about the person is about, or that the index names.
    var suspects: Set<PersonDocument> = []
    /// Rows that an event about the person is about.
    var rowsOfEvents: Set<PersonDocument> = []
    /// Whether the index is used.
    var isIndexed = false
    /// Rows that are not indexed yet.
    var unknownRows: [IndexState.Rows] = []
    /// Events after this one are not indexed yet; nil if all older ones are.
    var backlog: EventPlace?
    /// Events of transactions outside this snapshot are not indexed yet.
    var live: (seen: String, after: (transaction: String, id: Int64))?
    var until: Int64 = .max
    /// The person's rows whose other events are still to be read.
    var unfollowed: Set<PersonDocument> = []
    var followedSubjects: Set<String> = []
    /// The results, by event id.
    var found: [Int64: Share] = [:]
    /// Where these events are.
    var places: [Int64: EventPlace] = [:]
    /// Those that name the person themselves, and were not only linked.
    var naming: Set<Int64> = []

    /// How many events one step loads as a whole.
    static let portion = 200

    /// - Parameters:
    ///   - but: the id of an event that is left out.
    ///   - key: that of the index; nil reads all row by row.
    init(about person: Person, but: Int64?, key: PersonKey?) {
        self.person = person
        self.but = but
        self.key = key
        matcher = PersonMatcher(person)
        report.faults = person.faults
    }

    /// Takes the next step, in the caller's transaction.
    mutating func next(on connection: Connection) throws(PostgresError) -> [Found] {
        if !isBegun {
            try begin(on: connection)
            return []
        }
        if !suspects.isEmpty {
            try judgeSuspects(on: connection)
            return []
        }
        if !candidates.isEmpty {
            let portion = Array(candidates.prefix(Self.portion))
            candidates.removeFirst(portion.count)
            return try judge(portion, on: connection)
        }
        if let span = unknownRows.first {
            try lookThrough(span, on: connection)
            return []
        }
        if let backlog {
            try lookThrough(after: backlog, on: connection)
            return []
        }
        if let live {
            try lookThrough(live, on: connection)
            return []
        }
        if !unfollowed.isEmpty || !rows.subjects.isSubset(of: followedSubjects) {
            try follow(on: connection)
            return []
        }
        isOver = true
        return []
    }

    private mutating func lookThrough(_ span: IndexState.Rows, on connection: Connection) throws(PostgresError) {
        let page = try PersonRowPage.read(
            span.kind, source: person.source, after: span.after, until: span.until, on: connection)
        unknownRows.removeFirst()
        guard let last = page.last else { return }
        unknownRows.insert(IndexState.Rows(kind: span.kind, after: last.id, until: span.until), at: 0)
        var chosen = 0
        defer { count(page.count, ofWhichAgain: chosen) }
        for row in page where isOfSource(row.source) {
            let judgement = judgement(of: row)
            if judgement.isAny {
                chosen += 1
                suspects.insert(PersonDocument(kind: row.kind, id: row.id))
            } else if judgement.isNear {
                report.addNearMiss(row.kind, row.id)
            }
        }
    }

    private mutating func lookThrough(after place: EventPlace, on connection: Connection) throws(PostgresError) {
        let page = try EventPage.read(after: (place.receivedAt, place.id), until: until, on: connection)
        backlog = page.last.map { EventPlace(receivedAt: $0.receivedAt, id: $0.id) }
        choose(page)
    }

    private mutating func lookThrough(
        _ place: (seen: String, after: (transaction: String, id: Int64)), on connection: Connection
    ) throws(PostgresError) {
        let page = try EventPage.readLive(seen: place.seen, target: nil, after: place.after, on: connection)
        live = page.last.flatMap { last in last.transaction.map { (place.seen, ($0, last.id)) } }
        choose(page)
    }

    /// Of the events read one by one, those that mention the person: they are judged as a whole.
    private mutating func choose(_ page: [EventPage]) {
        var chosen: [EventPlace] = []
        for event in page where event.id != but && isOfSource(event.source) && found[event.id] != .all {
            let judgement = matcher.judge(event.body, idsCount: person.sharesIDs(with: event.provider))
            let isFollowed = event.subject.map(rows.subjects.contains) == true || event.row.map(rows.owns) == true
            if judgement.isAny || isFollowed || person.shop != nil {
                chosen.append(EventPlace(receivedAt: event.receivedAt, id: event.id))
            } else if judgement.isNear {
                report.addNearMiss(.event, event.id)
            }
        }
        candidates += chosen
        count(page.count, ofWhichAgain: chosen.count)
    }

    /// - Parameter again: how many of them are read, and counted, again.
    private mutating func count(_ rows: Int, ofWhichAgain again: Int) {
        report.read += rows - again
        report.readRowByRow += rows
    }

    /// The events of which all is the person's.
    var whole: Set<Int64> { Set(found.filter { $0.value == .all }.keys) }
    /// Other people's events that quote the person, and those that are partly the person's.
    var inPart: Set<Int64> { Set(found.filter { $0.value != .all }.keys) }

    func isOfSource(_ source: String) -> Bool { person.source == nil || person.source == source }

    func judgement(of row: PersonRowPage) -> PersonMatcher.Judgement {
        let idsCount = person.sharesIDs(with: row.provider)
        var judgement = matcher.judge(.json(row.document), idsCount: idsCount)
        if idsCount, let id = row.customerID, matcher.customerIDs.contains(id) { judgement.isAbout = true }
        return judgement
    }
}

/// Where an event is.
struct EventPlace: Hashable, Sendable {
    let receivedAt: Int64
    let id: Int64
}
