import FastCGIClient
import TestThreads
import Testing

/// What a web server gets back for well-formed requests.
@Suite(.blocking) struct RequestTests {
    let responder: ResponderProcess

    init() throws {
        responder = try ResponderProcess()
    }

    @Test(arguments: [0, 1, 127, 8_168, 8_192, 65_535, 65_536, 300_000, 1 << 20])
    func aBodyArrivesWholeAtAnyLength(length: Int) throws {
        let body = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let answer = try responder.exchange(Records.request("POST", "/echo?a=1", body: body))
        #expect(answer.status == 200)
        #expect(answer.body == body)
        #expect(answer.header("X-Method") == "POST")
        #expect(answer.header("X-URI") == "/echo?a=1")
        #expect(answer.header("Content-Length") == String(length))
        #expect(answer.ended == [1])
    }

    @Test(arguments: [0, 1, 8_000, 100_000, 3_000_000])
    func anAnswerArrivesWholeAtAnyLength(length: Int) throws {
        let answer = try responder.exchange(Records.request("GET", "/large?\(length)"))
        #expect(answer.status == 200)
        #expect(answer.body.count == length)
        #expect(answer.rest.isEmpty)
    }

    @Test func everyParameterArrivesInOrderRepetitionsIncluded() throws {
        let more = [
            ("HTTP_X_SIGNATURE", "one"), ("HTTP_X_SIGNATURE", "two"), ("HTTP_X_EMPTY", ""), ("HTTP_X_EQUALS", "a=b=c"),
            ("HTTP_X_LONG", String(repeating: "v", count: 20_000)), ("HTTP_X_UTF8", "zażółć"),
        ]
        let answer = try responder.exchange(Records.request("GET", "/parameters", more: more))
        let expected = Records.usualParameters("GET", "/parameters", contentLength: 0, more: more)
        #expect(answer.bodyText == expected.map { "\($0.0)=\($0.1)" }.joined(separator: "\n"))
    }

    @Test func aConnectionIsClosedAfterItsRequestEvenWhenThePeerWantsToKeepIt() throws {
        let connection = try RawConnection(socket: responder.socket)
        connection.send(Records.request("POST", "/first", body: [1, 2, 3], flags: Records.keepConnection))
        let answer = Answer(try connection.receive())
        #expect(answer.status == 200)
        #expect(answer.ended == [1])
        connection.send(Records.request("POST", "/second", flags: Records.keepConnection))
        #expect(responder.isWell())
        #expect(responder.handled() == ["handled POST /first"])
    }

    @Test func twoRequestsSentTogetherAreNotBothRun() throws {
        let both = Records.request("POST", "/first", body: [1]) + Records.request("POST", "/second", body: [2])
        let answer = try responder.exchange(both)
        #expect(answer.ended == [1])
        #expect(responder.isWell())
        #expect(responder.handled() == ["handled POST /first"])
    }

    @Test func onlyTheFirstAnswerCounts() throws {
        let answer = try responder.exchange(Records.request("GET", "/twice"))
        #expect(answer.status == 201)
        #expect(answer.ended == [1])
    }

    @Test func aRequestThatCanNoLongerBeAnsweredIsAnswered500() throws {
        let answer = try responder.exchange(Records.request("GET", "/drop"))
        #expect(answer.status == 500)
    }

    @Test func aHeaderCannotBreakOutOfItsLine() throws {
        let answer = try responder.exchange(Records.request("GET", "/inject"))
        #expect(answer.head == ["Status: 200 OK", "X-One: a  X-Forged: b", "Content-Length: 0"])
    }

    @Test func anAnswerFromAnotherThreadArrives() throws {
        for number in 0..<20 {
            let body = Array("late \(number)".utf8)
            let answer = try responder.exchange(Records.request("POST", "/deferred", body: body))
            #expect(answer.status == 200)
            #expect(answer.body == body)
        }
    }
}
