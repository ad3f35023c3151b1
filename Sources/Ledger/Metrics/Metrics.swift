import JSON
public import Postgres
import Synchronization

/// Counts in memory, and adds the counts to the table `metrics` on request: never inside the transaction of a webhook
/// or a job. Counting is an addition under a lock; texts are made at the writing.
public final class Metrics: Sendable {
    /// One metric with its labels: name, value, name, value.
    private struct Series: Hashable {
        let metric: Metric
        let labels: [String]

        var names: [String] { stride(from: 0, to: labels.count - 1, by: 2).map { labels[$0] } }
    }

    private struct Histogram {
        /// How many fell into each bucket, the last without an upper bound.
        var counts: [Int]
        var sum = 0.0
    }

    private struct State {
        var counters: [Series: Int] = [:]
        var histograms: [Series: Histogram] = [:]
    }

    private let state = Mutex(State())
    private let program: String

    /// The most series: invented labels must not fill the memory.
    private static let mostSeries = 2000

    /// - Parameter program: `ingest`, `api` or `batch`.
    public init(program: String) { self.program = program }

    /// Adds to a counter; nothing for 0.
    /// - Parameters:
    ///   - number: how much.
    ///   - labels: names and values, one after the other.
    public func count(_ metric: Metric, by number: Int = 1, _ labels: String...) {
        guard number > 0 else { return }
        let series = Series(metric: metric, labels: labels)
        assert(series.names == metric.labels, "\(metric) has the labels \(metric.labels)")
        state.withLock { state in
            guard state.counters.count < Self.mostSeries || state.counters[series] != nil else { return }
            state.counters[series, default: 0] += number
        }
    }

    /// Adds a time to a histogram.
    /// - Parameter labels: names and values, one after the other.
    public func observe(_ metric: Metric, seconds: Double, _ labels: String...) {
        observe(metric, Series(metric: metric, labels: labels), [seconds])
    }

    /// Adds several times to a histogram without labels.
    public func observe(_ metric: Metric, seconds: [Double]) {
        observe(metric, Series(metric: metric, labels: []), seconds)
    }

    private func observe(_ metric: Metric, _ series: Series, _ seconds: [Double]) {
        assert(series.names == metric.labels, "\(metric) has the labels \(metric.labels)")
        let bounds = metric.bounds
        state.withLock { state in
            guard state.histograms.count < Self.mostSeries || state.histograms[series] != nil else { return }
            var histogram =
                state.histograms[series] ?? Histogram(counts: Array(repeating: 0, count: bounds.count + 1))
            state.histograms[series] = nil
            for seconds in seconds {
                histogram.counts[bounds.firstIndex { seconds <= $0 } ?? bounds.count] += 1
                histogram.sum += seconds
            }
            state.histograms[series] = histogram
        }
    }

    /// Adds the counts to the table; after a failure they are kept for the next time.
    public func flush(over connection: Connection) throws(PostgresError) {
        let taken = state.withLock { state in
            defer { state = State() }
            return state
        }
        let samples = Self.samples(taken)
        // A router asks its cells with each turn, also where nothing was counted: one that was away may be back.
        if samples.isEmpty, !connection.endsByClosing { return }
        do {
            _ = try connection.query(
                "select hookledger.add_metrics($1::text, $2::text[], $3::jsonb[], $4::numeric[]::double precision[])",
                [
                    .text(program), .texts(samples.map(\.name)), .jsonbs(samples.map(\.labels)),
                    .numerics(samples.map { "\($0.value)" }),
                ])
        } catch {
            keep(taken)
            throw error
        }
    }

    /// A Prometheus histogram: cumulative buckets, sum and count.
    private static func samples(_ state: State) -> [(name: String, labels: String, value: Double)] {
        var samples = state.counters.map { (name: $0.metric.rawValue, labels: text($0.labels), value: Double($1)) }
        for (series, histogram) in state.histograms {
            let name = series.metric.rawValue
            var count = 0
            for (bound, inBucket) in zip(series.metric.bounds.map { "\($0)" } + ["+Inf"], histogram.counts) {
                count += inBucket
                samples.append((name + "_bucket", text(series.labels + ["le", bound]), Double(count)))
            }
            samples.append((name + "_sum", text(series.labels), histogram.sum))
            samples.append((name + "_count", text(series.labels), Double(count)))
        }
        return samples
    }

    private func keep(_ taken: State) {
        state.withLock { state in
            for (series, count) in taken.counters { state.counters[series, default: 0] += count }
            for (series, old) in taken.histograms {
                guard let new = state.histograms[series] else {
                    state.histograms[series] = old
                    continue
                }
                state.histograms[series] = Histogram(
                    counts: zip(old.counts, new.counts).map { $0 + $1 }, sum: old.sum + new.sum)
            }
        }
    }

    private static func text(_ labels: [String]) -> String {
        let names = stride(from: 0, to: labels.count - 1, by: 2)
        return JSONValue.storableText(
            ofMembers: names.map { JSONObject.Member(key: labels[$0], value: .string(labels[$0 + 1])) })
    }
}
