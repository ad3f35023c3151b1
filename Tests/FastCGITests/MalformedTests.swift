import FastCGIClient
import Platform
import TestThreads
import Testing

/// Records that no web server sends. After each of them the process is alive and answers a good request.
@Suite(.blocking) struct MalformedTests {
    let responder: ResponderProcess

    init() throws {
        responder = try ResponderProcess(["--receive-timeout", "100"])
    }

    /// Sends bytes, ends the sending side, takes what comes back.
    @discardableResult
    private func provoke(_ bytes: [UInt8]) throws -> Answer {
        let connection = try RawConnection(socket: responder.socket)
        connection.send(bytes)
        connection.finishSending()
        return Answer(try connection.receive())
    }

    private func expectNothingRun() {
        #expect(responder.isWell())
        #expect(responder.handled().isEmpty)
    }

    @Test(arguments: [
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF, 0x00],
        [0x00, 0xFF, 0xFF, 0xFF, 0xFF],
        [0x80, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFE, 0x80, 0x00, 0x00, 0x01], [0xFF],
        [0x05],
    ])
    func hugeLengthsOfNamesAndValues(lengths: [UInt8]) throws {
        let parameters = Records.stream(type: 4, content: lengths + Array("NAME".utf8))
        try provoke(Records.begin() + parameters + Records.standardInput([]))
        expectNothingRun()
    }

    @Test func tenThousandParametersAllArrive() throws {
        let more = (0..<10_000).map { ("P\($0)", String($0)) }
        let answer = try responder.exchange(Records.request("GET", "/parameters", more: more))
        #expect(answer.status == 200)
        #expect(answer.bodyText.split(separator: "\n").suffix(10_000) == more.map { "\($0.0)=\($0.1)" }[...])
        #expect(responder.isWell())
    }

    @Test func anAbortAtAnyPlaceRunsNothing() throws {
        let pairs = Records.usualParameters("POST", "/aborted", contentLength: 3)
        let someParameters = Records.record(type: 4, content: pairs.flatMap { Records.nameValue($0.0, $0.1) })
        let body = Records.record(type: 5, content: [1, 2, 3])
        for start in [
            [], Records.begin(), Records.begin() + someParameters, Records.begin() + Records.parameters(pairs),
            Records.begin() + Records.parameters(pairs) + body,
        ] {
            let answer = try provoke(start + Records.abort() + Records.record(type: 5))
            #expect(answer.status != 200)
        }
        expectNothingRun()
    }

    @Test(arguments: [1, 3, 40, 3_000])
    func managementRecordsBeforeARequestAreRefused(names: Int) throws {
        let names = [String](repeating: "FCGI_MPXS_CONNS", count: names)
        #expect(try provoke(Records.getValues(names) + Records.request("GET", "/after")) == Answer([]))
        expectNothingRun()
    }

    @Test(arguments: UInt8.min...UInt8.max)
    func aRecordOfAnyTypeAnywhereDoesNoHarm(type: UInt8) throws {
        let pairs = Records.parameters(Records.usualParameters("POST", "/typed", contentLength: 3))
        let odd = Records.record(type: type, content: [1, 0, 0, 0, 0, 0, 0, 0])
        let oddManagement = Records.record(type: type, id: 0, content: [1, 0, 0, 0, 0, 0, 0, 0])
        let oddOther = Records.record(type: type, id: 9, content: [1, 0, 0, 0, 0, 0, 0, 0])
        for record in [odd, oddManagement, oddOther] {
            try provoke(record + Records.request("POST", "/typed", body: [1, 2, 3]))
            try provoke(Records.begin() + record + pairs + Records.standardInput([1, 2, 3]))
            try provoke(Records.begin() + pairs + record + Records.standardInput([1, 2, 3]))
        }
        #expect(responder.isWell())
    }

    @Test(arguments: [0, 2, 3, 65_535])
    func otherRolesAreNotRun(role: UInt16) throws {
        let pairs = Records.usualParameters("GET", "/role", contentLength: 0)
        try provoke(Records.begin(role: role) + Records.parameters(pairs) + Records.standardInput([]))
        expectNothingRun()
    }

    @Test func otherProtocolsAreNotRun() throws {
        try provoke(Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
        try provoke([])
        try provoke([1])
        expectNothingRun()
    }

    @Test func aRequestCutAtAnyByteIsNotRun() throws {
        let whole = Records.request("POST", "/cut", body: Array("{\"order\":1}".utf8))
        for length in 0..<whole.count {
            let answer = try provoke(Array(whole[..<length]))
            try #require(answer.status == nil || answer.status == 400, "cut at \(length)")
        }
        expectNothingRun()
        #expect(try provoke(whole).status == 200)
        #expect(responder.handled() == ["handled POST /cut"])
    }

    @Test(arguments: [1, 7, 100])
    func aRequestInPiecesIsRun(length: Int) throws {
        let responder = try ResponderProcess(["--receive-timeout", "60000"])
        let connection = try RawConnection(socket: responder.socket)
        // Few parameters: on a unix socket, each piece takes a kilobyte of the queue.
        let parameters = Records.parameters([("REQUEST_METHOD", "POST"), ("CONTENT_LENGTH", "3")])
        let whole = Records.begin() + parameters + Records.standardInput([1, 2, 3])
        for start in stride(from: 0, to: whole.count, by: length) {
            connection.send(Array(whole[start..<min(start + length, whole.count)]))
            SystemClock.sleep(milliseconds: 1)
        }
        #expect(Answer(try connection.receive()).status == 200)
    }

    @Test func aStartTooLongForAnyWebServerIsRefused() throws {
        let more = (0..<10_000).map { ("HTTP_X_\($0)", "a value of some length") }
        #expect(try provoke(Records.request("GET", "/long", more: more)) == Answer([]))
        expectNothingRun()
    }

    /// A fixed seed, so that a failure can be looked at again.
    @Test func damagedRequestsDoNoHarm() throws {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let whole = Records.request("POST", "/damaged", body: [UInt8](repeating: 7, count: 50))
        for _ in 0..<1_500 {
            var damaged = whole
            for _ in 0...random(4) { damaged[random(damaged.count)] = UInt8(random(256)) }
            try provoke(damaged)
        }
        #expect(responder.isWell())
    }
}
