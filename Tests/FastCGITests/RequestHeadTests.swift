import FastCGIClient
import TestThreads
import Testing

@testable import FastCGI

/// The look at the start of a connection before libfcgi reads it.
@Suite(.blocking) struct RequestHeadTests {
    private func verdict(_ bytes: [UInt8]) -> RequestHead.Verdict {
        bytes.withUnsafeBytes { RequestHead.verdict(on: $0) }
    }

    /// Pairs with short and long lengths, one of them across two records.
    private var whole: [UInt8] {
        let pairs =
            Records.nameValue("A", "1") + Records.nameValue("LONG", String(repeating: "v", count: 300))
            + Records.nameValue("", "")
        return Records.begin(id: 7) + Records.record(type: 4, id: 7, content: Array(pairs[..<100]), padding: 5)
            + Records.record(type: 4, id: 7, content: Array(pairs[100...])) + Records.record(type: 4, id: 7)
    }

    @Test func itIsCompleteAtItsLastByteAndNotBefore() {
        for length in 0..<whole.count { #expect(verdict(Array(whole[..<length])) == .incomplete) }
        #expect(verdict(whole) == .complete)
        #expect(verdict(whole + Records.getValues(["anything may follow"])) == .complete)
    }

    @Test(arguments: [
        [0x7F, 0xFF], [0x80], [0x80, 0, 0], [0xFF, 0xFF, 0xFF, 0xFE, 0x80, 0, 0, 1], [0xFF, 0xFF, 0xFF, 0xFF, 0],
        [1, 1, 0x41], [1], [1, 1, 0x41, 0x42, 0],
    ])
    func lengthsBeyondTheContentAreMalformed(pairs: [UInt8]) {
        #expect(verdict(Records.begin() + Records.stream(type: 4, content: pairs)) == .malformed)
    }

    @Test func otherRecordsAreMalformed() {
        let end = Records.record(type: 4)
        #expect(verdict(Records.getValues(["FCGI_MAX_CONNS"])) == .malformed)
        #expect(verdict(Records.begin() + Records.getValues(["FCGI_MAX_CONNS"]) + end) == .malformed)
        #expect(verdict(Records.begin() + Records.begin() + end) == .malformed)
        #expect(verdict(Records.begin() + Records.abort() + end) == .malformed)
        #expect(verdict(Records.begin() + Records.record(type: 4, id: 2)) == .malformed)
        #expect(verdict(Records.begin() + Records.record(type: 5)) == .malformed)
        #expect(verdict(Records.begin(id: 0) + Records.record(type: 4, id: 0)) == .malformed)
        #expect(verdict(Records.begin(role: 2) + end) == .malformed)
        #expect(verdict(Array("GET / HTTP/1.1\r\n".utf8)) == .malformed)
        #expect(verdict([2, 1]) == .malformed)
    }
}
