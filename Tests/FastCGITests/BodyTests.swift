import FastCGIClient
import TestThreads
import Testing

/// Bodies that must not be taken.
@Suite(.blocking) struct BodyTests {
    let responder: ResponderProcess

    init() throws {
        responder = try ResponderProcess(["--receive-timeout", "200", "--body-limit", "1000", "--drain-limit", "50000"])
    }

    /// A request up to its body, with a CONTENT_LENGTH of our choice.
    private func head(_ uri: String, contentLength: String) -> [UInt8] {
        let pairs = Records.usualParameters("POST", uri, contentLength: 0).filter { $0.0 != "CONTENT_LENGTH" }
        return Records.begin() + Records.parameters(pairs + [("CONTENT_LENGTH", contentLength)])
    }

    private func expectRefusal(_ answer: Answer, status: Int, _ reason: String) throws {
        #expect(answer.status == status)
        #expect(responder.log().contains("refused \(reason)"))
        #expect(responder.isWell())
        #expect(responder.handled().isEmpty)
    }

    @Test func aBodyThatEndsEarlyIsRefused() throws {
        let answer = try responder.exchange(
            head("/short", contentLength: "10") + Records.standardInput([1, 2, 3]))
        try expectRefusal(answer, status: 400, "truncated(expected: 10, received: 3)")
    }

    @Test func aBodyThatStallsIsRefused() throws {
        let answer = try responder.exchange(
            head("/stalled", contentLength: "10") + Records.record(type: 5, content: [1, 2, 3]))
        try expectRefusal(answer, status: 400, "truncated(expected: 10, received: 3)")
    }

    @Test func aBodyWithoutItsEndIsRefused() throws {
        let answer = try responder.exchange(
            head("/open", contentLength: "3") + Records.record(type: 5, content: [1, 2, 3]))
        try expectRefusal(answer, status: 400, "truncated(expected: 3, received: 3)")
    }

    @Test func aBodyWhoseConnectionBreaksIsRefused() throws {
        let connection = try RawConnection(socket: responder.socket)
        connection.send(head("/broken", contentLength: "10") + Records.record(type: 5, content: [1, 2, 3]))
        connection.finishSending()
        try expectRefusal(
            Answer(try connection.receive()), status: 400, "truncated(expected: 10, received: 3)")
    }

    @Test func aBodyLongerThanDeclaredIsRefused() throws {
        let answer = try responder.exchange(
            head("/long", contentLength: "3") + Records.standardInput([1, 2, 3, 4]))
        try expectRefusal(answer, status: 400, "longerThanDeclared(expected: 3)")
    }

    @Test func aBodyWithoutADeclarationIsRefused() throws {
        let answer = try responder.exchange(head("/undeclared", contentLength: "") + Records.standardInput([1]))
        try expectRefusal(answer, status: 400, "longerThanDeclared(expected: 0)")
    }

    @Test(arguments: [
        "-1", "+3", "0x3", "3 ", " 3", "3.0", "1e3", "three", "٣", "9223372036854775808", "99999999999999999999999",
    ])
    func aMalformedLengthIsRefused(length: String) throws {
        let answer = try responder.exchange(
            head("/malformed", contentLength: length) + Records.standardInput([1, 2, 3]))
        try expectRefusal(answer, status: 400, "badContentLength")
    }

    @Test func twoLengthsAreRefused() throws {
        let pairs = Records.usualParameters("POST", "/twice", contentLength: 3, more: [("CONTENT_LENGTH", "3")])
        let answer = try responder.exchange(
            Records.begin() + Records.parameters(pairs) + Records.standardInput([1, 2, 3]))
        try expectRefusal(answer, status: 400, "badContentLength")
    }

    @Test(arguments: [1_001, 49_000, 1 << 20])
    func aBodyOverTheLimitIsRefused(length: Int) throws {
        let body = [UInt8](repeating: 0x20, count: length)
        let answer = try responder.exchange(Records.request("POST", "/large", body: body))
        try expectRefusal(answer, status: 413, "tooLarge(limit: 1000)")
    }

    @Test func aHugeDeclarationAllocatesNothingAndIsRefused() throws {
        let answer = try responder.exchange(
            head("/huge", contentLength: "9223372036854775807") + Records.standardInput([1]))
        try expectRefusal(answer, status: 413, "tooLarge(limit: 1000)")
    }

    @Test func aBodyAtTheLimitIsTaken() throws {
        let body = [UInt8](repeating: 0x20, count: 1_000)
        #expect(try responder.exchange(Records.request("POST", "/exact", body: body)).status == 200)
    }

    @Test func aRefusalIsNeverA2xx() throws {
        let answer = try responder.exchange(
            head("/refuse-with-200", contentLength: "10") + Records.standardInput([]))
        try expectRefusal(answer, status: 400, "truncated(expected: 10, received: 0)")
    }
}
