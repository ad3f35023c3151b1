import Outbound
import TestThreads
import Testing
import Transport

@Suite(.blocking) struct HTTPClientTests {
    let server: LoopbackServer
    let client: HTTPClient

    init() throws {
        server = try LoopbackServer()
        client = try HTTPClient(
            HTTPClient.Configuration(addressGuard: AddressGuard(allowing: ["127.0.0.1"]), maxInFlight: 400))
    }

    private func failure(_ path: String, limit: Int = 65_536, timeout: Int = 5000) throws -> OutboundFailure {
        try #require(throws: OutboundFailure.self) {
            _ = try client.perform(
                HTTPRequest(
                    method: "POST", url: server.url(path), body: [1, 2], totalTimeout: .milliseconds(timeout),
                    responseLimit: limit))
        }
    }

    @Test func sendsMethodHeadersAndBodyAndReadsTheAnswer() throws {
        let answer = try client.perform(
            HTTPRequest(
                method: "POST", url: server.url("/echo"), headers: [.init("X-One", "1"), .init("X-Empty", "")],
                body: Array("hello".utf8)))
        #expect(answer.status == 200)
        #expect(answer.text == "hello")
        #expect(answer.header("CONNECTION") == "close")
        #expect(answer.firstByteAfter > 0 && answer.finishedAfter >= answer.firstByteAfter)
        let sent = try #require(server.requests.first)
        #expect(sent.hasPrefix("POST /echo HTTP/1.1\r\n"))
        #expect(sent.contains("\r\nX-One: 1\r\n") && sent.contains("\r\nX-Empty:\r\n"))
        #expect(sent.contains("\r\nUser-Agent: hookledger\r\n") && !sent.contains("Expect"))
    }

    @Test(arguments: ["GET", "DELETE", "PUT", "PATCH"])
    func sendsOtherMethods(method: String) throws {
        let body: [UInt8]? = method == "PUT" ? [] : method == "PATCH" ? [65] : nil
        _ = try client.perform(HTTPRequest(method: method, url: server.url("/echo"), body: body))
        let sent = try #require(server.requests.first)
        #expect(sent.hasPrefix("\(method) /echo "))
        #expect(sent.lowercased().contains("content-length:") == (body != nil))
    }

    @Test func givesUpASlowServerAndSaysThatItMayHaveActed() throws {
        let failure = try failure("/slow", timeout: 200)
        #expect(failure.kind == .timeout)
        #expect(failure.reach == .mayHaveBeenSent)
        #expect(failure.firstByteAfter != nil)
    }

    @Test func tellsAResetAfterTheRequestFromNoConnection() throws {
        let reset = try failure("/reset")
        #expect(reset.kind == .reset)
        #expect(reset.reach == .mayHaveBeenSent)
        let silent = try #require(throws: OutboundFailure.self) {
            // Port 1 of loopback: nothing listens there.
            _ = try client.perform(HTTPRequest(method: "POST", url: "http://127.0.0.1:1/", body: [1]))
        }
        #expect(silent.kind == .unreachable)
        #expect(silent.reach == .notSent)
        #expect(silent.firstByteAfter == nil)
    }

    @Test func dropsAnAnswerOverTheLimit() throws {
        #expect(try failure("/big").kind == .tooLarge)
        #expect(try failure("/big").status == 200)
        #expect(try failure("/headers").status == nil)
        #expect(try failure("/headers").kind == .tooLarge)
        #expect(try failure("/headers").reach == .mayHaveBeenSent)
    }

    @Test func refusesGarbageAndHalfAnswers() throws {
        #expect(try failure("/garbage").kind == .garbage)
        #expect(try failure("/garbage").reach == .mayHaveBeenSent)
        #expect(try failure("/short").kind == .reset)
    }

    @Test func keepsTheHeadersOfTheFinalAnswerOnly() throws {
        let answer = try client.perform(HTTPRequest(method: "GET", url: server.url("/interim")))
        #expect(answer.status == 200)
        #expect(answer.header("link") == nil)
        #expect(answer.header("x-two") == "b")
    }

    @Test func returnsARedirectInsteadOfFollowingIt() throws {
        let answer = try client.perform(HTTPRequest(method: "GET", url: server.url("/redirect")))
        #expect(answer.status == 302)
        #expect(server.requests.count == 1)
    }

    @Test(arguments: [
        HTTPRequest(method: "POST", url: "http://127.0.0.1/", headers: [.init("X", "a\r\nY: b")]),
        HTTPRequest(method: "POST", url: "http://127.0.0.1/", headers: [.init("X Y", "a")]),
        HTTPRequest(method: "GET /x", url: "http://127.0.0.1/"), HTTPRequest(method: "GET", url: "ftp://127.0.0.1/"),
        HTTPRequest(method: "GET", url: "file:///etc/passwd"), HTTPRequest(method: "GET", url: "no url"),
        HTTPRequest(method: "GET", url: "127.0.0.1/x"),
    ])
    func refusesRequestsThatCannotBeSentAsTheyAre(request: HTTPRequest) throws {
        let failure = try #require(throws: OutboundFailure.self) { _ = try client.perform(request) }
        #expect(failure.kind == .invalidRequest)
        #expect(failure.reach == .notSent)
    }

    @Test func neverSendsAnUnrepeatableRequestTwice() throws {
        func twice(repeatable: Bool) throws -> Int {
            let before = server.requests.count
            for _ in 0..<2 {
                let request = HTTPRequest(
                    method: "POST", url: server.url("/keep"), body: [1], repeatable: repeatable)
                #expect(try client.perform(request).status == 200)
            }
            return server.requests.count - before
        }
        #expect(try twice(repeatable: false) == 2)
        // The control: on a kept connection libcurl itself repeats a POST that met with silence.
        #expect(try twice(repeatable: true) == 3)
    }

    @Test func keepsHundredsInFlight() throws {
        let start = ContinuousClock.now
        var open = Set<RequestTicket>()
        for _ in 0..<300 {
            open.insert(client.start(HTTPRequest(method: "POST", url: server.url("/wait"), body: [1])))
        }
        #expect(client.inFlight == 300)
        var good = 0
        while !open.isEmpty, ContinuousClock.now - start < .seconds(20) {
            for finished in client.poll(waiting: 100) where open.remove(finished.ticket) != nil {
                if case .success(let answer) = finished.result, answer.text == "ok" { good += 1 }
            }
        }
        #expect(good == 300)
        // One after the other they would need 90 seconds.
        #expect(ContinuousClock.now - start < .seconds(15))
    }

    @Test func saysWhenItHasNoRoomAndWhatItGaveUp() throws {
        let small = try HTTPClient(
            HTTPClient.Configuration(addressGuard: AddressGuard(allowing: ["127.0.0.1"]), maxInFlight: 1))
        let first = small.start(HTTPRequest(method: "POST", url: server.url("/slow"), body: [1]))
        let second = small.start(HTTPRequest(method: "POST", url: server.url("/echo"), body: [1]))
        let refused = try #require(small.poll(waiting: 0).first)
        #expect(refused.ticket == second)
        #expect(throws: OutboundFailure.self) { try refused.result.get() }
        for _ in 0..<100 where server.requests.isEmpty { _ = small.poll(waiting: 10) }
        small.cancelAll()
        let cancelled = try #require(small.poll(waiting: 0).first)
        #expect(cancelled.ticket == first)
        let failure = try #require(throws: OutboundFailure.self) { try cancelled.result.get() }
        #expect(failure.kind == .cancelled)
        #expect(failure.reach == .mayHaveBeenSent)
        #expect(small.inFlight == 0)
    }

    /// Whatever holds a date against the answer's own finds one (RFC 9110 section 6.6.1).
    @Test func anAnswerWithoutADateHasThatOfTheReceipt() throws {
        let date = try #require(try client.perform(HTTPRequest(method: "GET", url: server.url("/echo"))).header("Date"))
        #expect(date.wholeMatch(of: /[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/) != nil, "\(date)")
    }
}
