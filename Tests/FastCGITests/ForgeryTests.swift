import FastCGIClient
import TestThreads
import Testing

/// A body that looks like another request must never be run as one, wherever in libfcgi's 8 KiB buffer it begins.
///
/// With connections kept open and bodies left unread this happens: the rest of the body is parsed as new records.
@Suite(.blocking) struct ForgeryTests {
    /// Refuses every body, and reads none of what it refuses.
    let responder: ResponderProcess

    init() throws {
        responder = try ResponderProcess([
            "--body-limit", "0", "--drain-limit", "0", "--receive-timeout", "1000",
        ])
    }

    private static let forged = Records.request("POST", "/smuggled", id: 1)

    @Test(arguments: [0, Records.keepConnection])
    func aForgedRequestInAnUnreadBodyIsNeverRun(flags: UInt8) throws {
        // The content of a body starts somewhere in the first buffer; every offset around its end, where the second
        // read begins, is tried, and every alignment before it.
        for filler in Array(7_600...8_260) + Array(stride(from: 0, to: 7_600, by: 97)) {
            let body = [UInt8](repeating: 0, count: filler) + Self.forged + Self.forged
            let answer = try responder.exchange(Records.request("POST", "/early", body: body, flags: flags))
            try #require(answer.status == 413, "filler \(filler)")
            try #require(answer.ended == [1], "filler \(filler)")
        }
        #expect(responder.handled().isEmpty)
        #expect(!responder.log().contains { $0.contains("smuggled") })
    }

    /// Many copies, one after another: one of them begins wherever reading continues.
    @Test(arguments: [0, Records.keepConnection])
    func aBodyFullOfForgedRequestsRunsNone(flags: UInt8) throws {
        for shift in 0..<64 {
            let copies = (0..<400).flatMap { _ in Self.forged }
            let body = [UInt8](repeating: 0, count: shift) + copies
            let connection = try RawConnection(socket: responder.socket)
            connection.send(Records.request("POST", "/early", body: body, flags: flags))
            #expect(Answer(try connection.receive()).ended == [1])
        }
        #expect(responder.handled().isEmpty)
    }

    /// The forged request takes the place of the bytes that a short CONTENT_LENGTH leaves over.
    @Test(arguments: [0, Records.keepConnection])
    func aForgedRequestAfterAShortLengthIsNotRun(flags: UInt8) throws {
        let pairs = Records.usualParameters("POST", "/short", contentLength: 0).filter { $0.0 != "CONTENT_LENGTH" }
        for length in 0..<16 {
            let head = Records.parameters(pairs + [("CONTENT_LENGTH", String(length))])
            let body = [UInt8](repeating: 0, count: length) + Self.forged
            let request = Records.begin(flags: flags) + head + Records.standardInput(body)
            #expect(try responder.exchange(request).status != 200)
        }
        #expect(responder.handled().isEmpty)
    }
}
