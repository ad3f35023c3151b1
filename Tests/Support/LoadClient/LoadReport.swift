/// The answers to the deliveries of a load.
public struct LoadReport: Sendable {
    /// For each delivery the statuses of its answers, in order; 0 where none came.
    public private(set) var answers: [[Int]]
    /// How long all of it took.
    public internal(set) var nanoseconds: Int64 = 0

    init(deliveries: Int) {
        answers = [[Int]](repeating: [], count: deliveries)
    }

    mutating func note(_ status: Int, of index: Int) { answers[index].append(status) }

    /// The deliveries that were answered 2xx, by their place.
    public var accepted: [Int] {
        answers.indices.filter { answers[$0].contains { (200..<300).contains($0) } }
    }

    /// How often each status came, 0 for no answer at all.
    public var statuses: [Int: Int] {
        answers.reduce(into: [:]) { counts, answers in
            for status in answers { counts[status, default: 0] += 1 }
        }
    }

    /// Answers a second.
    public var rate: Int { Int(Double(answers.count) * 1e9 / Double(max(nanoseconds, 1))) }
}
