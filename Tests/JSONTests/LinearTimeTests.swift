import Glibc
import JSON
import Testing

/// Four times the input may take at most that many times as long: quadratic reading would take sixteen times.
/// The best of several runs counts, in the thread's own processor time, so that a busy machine does not matter.
private let tolerated = 12.0

private func bestTime(_ bytes: [UInt8]) -> Duration {
    (0..<5).map { _ in
        let start = processorTime()
        _ = accepts(bytes)
        return processorTime() - start
    }.min() ?? .zero
}

private func processorTime() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

@Suite("Reading takes linear time", .serialized)
struct LinearTimeTests {
    @Test(
        "Inputs of 32 KiB and of 128 KiB, and one of 1 MiB",
        arguments: [
            "plain string", "escapes", "surrogates", "numbers", "one long number", "distinct keys", "equal keys",
            "arrays", "white space",
            "unterminated",
        ])
    func linear(kind: String) throws {
        let small = Self.input(kind, size: 1 << 15)
        let large = Self.input(kind, size: 1 << 17)
        #expect(accepts(Self.input(kind, size: 1 << 20)) == (kind != "unterminated"))
        #expect(bestTime(large) < bestTime(small) * tolerated)
    }

    static func input(_ kind: String, size: Int) -> [UInt8] {
        func repeated(_ unit: String) -> String { String(repeating: unit, count: size / unit.utf8.count) }
        return switch kind {
        case "plain string": Array("\"\(repeated("abcdefgh"))\"".utf8)
        case "escapes": Array("\"\(repeated("\\n\\u0041"))\"".utf8)
        case "surrogates": Array("\"\(repeated("\\ud800"))\"".utf8)
        case "numbers": Array("[\(repeated("12.5,"))0]".utf8)
        case "one long number": Array(repeated("7").utf8)
        case "distinct keys":
            Array("{\((0..<size / 16).map { "\"k\($0 + 10_000_000)\":1" }.joined(separator: ","))}".utf8)
        case "equal keys": Array("{\(repeated("\"same\":1,"))\"same\":2}".utf8)
        case "arrays": Array("[\(repeated("[[]],"))0]".utf8)
        case "white space": Array((repeated(" ") + "0").utf8)
        default: Array("\"\(repeated("abcdefgh"))".utf8)
        }
    }
}
