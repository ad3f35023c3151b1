import Crypto
import JSON
import Platform
public import Postgres
import Verification
public import Webhooks

/// Writes stored events into a folder: each request as received, a line of facts for each, and their hashes.
///
/// The manifest is written last, so an export that was interrupted is none. Files and folders are readable by their owner
/// only: they hold personal data. They hold no credentials, because none are stored.
public struct EventExport {
    /// Which events.
    public struct Request: Sendable {
        /// The only source; nil for all.
        public let source: String?
        /// What was received from this time on.
        public let since: Timestamp
        /// What was received before this time.
        public let until: Timestamp

        /// A request of these parts.
        public init(source: String?, since: Timestamp, until: Timestamp) {
            (self.source, self.since, self.until) = (source, since, until)
        }
    }

    /// The result.
    public struct Report: Sendable, Hashable {
        /// The events that were written.
        public var events = 0
        /// The bytes of their requests.
        public var bytes = 0
        /// The events whose requests cannot be written as HTTP/1.1, by id.
        public var unwritable: [Int64] = []

        /// Nothing.
        public init() {}
    }

    private let request: Request
    private let folder: String
    private let connection: Connection
    private static let page: Int32 = 100

    /// - Parameters:
    ///   - folder: is created; an existing one must be empty.
    ///   - connection: of the role `hookledger_operator`.
    public init(_ request: Request, to folder: String, connection: Connection) {
        (self.request, self.folder, self.connection) = (request, folder, connection)
    }

    /// How many events there are.
    public func count() throws(PostgresError) -> Int { try connection.query(TransferSQL.count, range).only().int(0) }

    private var range: [Parameter] {
        [.text(request.source), .timestamp(request.since.microseconds), .timestamp(request.until.microseconds)]
    }

    /// Writes the export.
    /// - Parameters:
    ///   - now: for the manifest.
    ///   - progress: called with the number of events that were written.
    /// - Throws: ``TransferError``, `PostgresError`, `FileError`; the folder then has no manifest.
    public func run(now: Timestamp, progress: (Int) -> Void = { _ in }) throws -> Report {
        try prepare()
        var (report, last): (Report, (at: Int64, id: Int64)) = (Report(), (.min, 0))
        let index = try AtomicFile("\(folder)/\(ExportFolder.index)", mode: 0o600)
        let lines = RunningDigest()
        while true {
            var events: [StoredEvent] = []
            for row in try connection.query(
                TransferSQL.page, range + [.timestamp(last.at), .bigint(last.id), .integer(Self.page)])
            {
                events.append(try StoredEvent(row))
            }
            guard let end = events.last else { break }
            last = (end.verified.delivery.receivedAt.microseconds, end.id)
            for event in events {
                guard let line = try write(event, &report) else { continue }
                let bytes = line.json.serialized() + [UInt8(ascii: "\n")]
                lines.append(bytes)
                try index.append(bytes)
            }
            progress(report.events)
        }
        try index.commit()
        try finish(report, index: Hex.encode(lines.hash()), now: now)
        return report
    }

    private func prepare() throws {
        if try Files.status(folder) != nil, try !Files.list(folder).isEmpty {
            throw TransferError("\(folder) is not empty")
        }
        try Files.makeFolder(folder, mode: 0o700)
    }

    /// - Returns: nil if it cannot be written.
    private func write(_ event: StoredEvent, _ report: inout Report) throws(FileError) -> ExportedEvent? {
        let delivery = event.verified.delivery
        let request = RequestText(delivery)
        let bytes = request.bytes
        guard RequestText(bytes) == request else {
            report.unwritable.append(event.id)
            return nil
        }
        let day = "events/\(delivery.receivedAt.rfc3339.prefix(10))"
        try Files.makeFolder("\(folder)/\(day)", mode: 0o700)
        let file = "\(day)/\(event.id).http"
        try Files.write("\(folder)/\(file)", bytes, mode: 0o600, durable: false)
        report.events += 1
        report.bytes += bytes.count
        return ExportedEvent(event, file: file, sha256: ExportFolder.hash(bytes), bytes: bytes.count)
    }

    private func finish(_ report: Report, index: String, now: Timestamp) throws(FileError) {
        let manifest: JSONValue = [
            "format": .string(ExportFolder.format), "version": .number(JSONNumber(ExportFolder.version)),
            "program": .string(Version.text), "made_at": .string(now.rfc3339),
            "source": request.source.map(JSONValue.string) ?? .null, "since": .string(request.since.rfc3339),
            "until": .string(request.until.rfc3339), "events": .number(JSONNumber(Int64(report.events))),
        ]
        let bytes = manifest.serialized() + [UInt8(ascii: "\n")]
        try Files.write("\(folder)/\(ExportFolder.manifest)", bytes, mode: 0o600)
        let sums = [(ExportFolder.hash(bytes), ExportFolder.manifest), (index, ExportFolder.index)]
        try Files.write(
            "\(folder)/\(ExportFolder.sums)", text: sums.map { "\($0.0)  \($0.1)\n" }.joined(), mode: 0o600)
    }
}
