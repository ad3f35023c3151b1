import Jobs
import Outbound
public import Postgres
import Settings

/// Sends the spans of stored deliveries and finished attempts to the collector (docs/telemetry.md).
///
/// They are made of rows that are there anyway, in the order of a durable position: what commits late is not missed, and a process
/// that dies sends a few again, with the same ids. A collector that is away stops nothing else: it is asked again after a minute.
public struct TelemetryExport {
    private let collector: Collector
    private let books: TelemetryBooks
    private let send: (HTTPRequest) -> Reply

    /// The spans of one request (OTEL_BSP_MAX_EXPORT_BATCH_SIZE has this default).
    static let batch = 512

    /// - Parameter connection: of the role `hookledger_batch`.
    public init(_ collector: Collector, over connection: Connection) {
        self.init(collector, over: connection, send: collector.sender())
    }

    /// - Parameter send: answers a request of the collector's.
    init(_ collector: Collector, over connection: Connection, send: @escaping (HTTPRequest) -> Reply) {
        self.collector = collector
        books = TelemetryBooks(connection: connection, maxAge: collector.settings.maxAge)
        self.send = send
    }

    /// What a turn did.
    public struct Report: Sendable, Hashable {
        /// Spans that the collector took.
        public internal(set) var sent: Int64 = 0
        /// Spans that it refused for good, alone or with their whole request.
        public internal(set) var refused: Int64 = 0
        /// Spans that were too old.
        public internal(set) var dropped: Int64 = 0
        /// Why it refused them; nil if it did not.
        public internal(set) var refusal: String?
        /// Why it takes nothing, if that is new; nil otherwise.
        public internal(set) var away: String?
        /// Whether it takes spans again.
        public internal(set) var isBack = false
    }

    /// Continues until everything is sent, the collector takes nothing, or the caller stops it.
    public func run(until shouldStop: () -> Bool = { false }) throws(PostgresError) -> Report {
        var report = Report()
        while !shouldStop(), let place = try books.place(), !place.isBusy {
            if place.isOfAnotherHistory {
                try books.beginAgain(place)
                continue
            }
            if place.isTooOld {
                report.dropped += try books.drop(place)
                continue
            }
            let page = try books.page(place) { $0.isSampled(collector.settings.sampler) }
            if page.spans.isEmpty {
                // Without anything new hardly anything is written.
                if place.isUnderWay || place.isStale { try books.moveSeen(place) }
                if place.isUnderWay { continue }
                break
            }
            guard let turn = try books.lease(place) else { break }
            guard try send(page, turn, &report, until: shouldStop) else { break }
            report.isBack = report.isBack || (place.isFailing && report.sent > 0)
            if page.isLast { try books.endRound(turn) } else { try books.release(turn) }
        }
        return report
    }

    /// - Returns: whether the whole page was sent.
    private func send(
        _ page: TelemetryBooks.Page, _ turn: Int64, _ report: inout Report, until shouldStop: () -> Bool
    ) throws(PostgresError) -> Bool {
        for start in stride(from: 0, to: page.spans.count, by: Self.batch) {
            if start > 0, shouldStop() {
                try books.release(turn)
                return false
            }
            let part = page.spans[start..<min(start + Self.batch, page.spans.count)]
            let spans = part.filter(\.isSampled).map(\.span)
            guard let position = part.last?.position,
                try send(spans, turn, position, &report)
            else { return false }
        }
        return true
    }

    private func send(
        _ spans: [Span], _ turn: Int64, _ position: TelemetryBooks.Position, _ report: inout Report
    ) throws(PostgresError) -> Bool {
        if spans.isEmpty { return try books.moveOn(turn, to: position, taken: false) }
        switch collector.judge(send(collector.request(spans)), of: spans.count) {
        case .taken(let rejected, let reason):
            let refusal =
                rejected > 0
                ? "it rejected \(rejected) of \(spans.count) spans" + (reason.isEmpty ? "" : ": \(reason)") : nil
            report.sent += Int64(spans.count) - rejected
            report.refused += rejected
            report.refusal = refusal ?? report.refusal
            return try books.moveOn(turn, to: position, taken: rejected < spans.count, refusal: refusal)
        case .refused(let reason):
            report.refused += Int64(spans.count)
            report.refusal = reason
            return try books.moveOn(turn, to: position, taken: false, refusal: reason)
        case .later(let seconds, let reason):
            if try books.postpone(turn, seconds: seconds, reason: reason) { report.away = reason }
            return false
        }
    }
}
