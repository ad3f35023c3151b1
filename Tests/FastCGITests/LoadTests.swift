import FastCGIClient
import Platform
import TestThreads
import Testing

/// Many connections at once, and more than the server takes.
@Suite(.blocking) struct LoadTests {
    /// Runs the closure in several threads at once. - Returns: what they returned.
    private func inThreads<Result: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) -> Result
    ) throws -> [Result] {
        let results = Collected<Result>()
        let threads = try (0..<count).map { number in
            try Thread(name: "client-\(number)") { results.append(body(number)) }
        }
        for thread in threads { thread.join() }
        return results.all
    }

    @Test(arguments: ["/echo", "/deferred"])
    func everyOneOfManyConcurrentRequestsGetsItsOwnAnswer(path: String) throws {
        let responder = try ResponderProcess(["--workers", "4"])
        let wrong = try inThreads(8) { client in
            (0..<100).filter { number in
                let body = Array("\(client)/\(number)".utf8) + [UInt8](repeating: 0x2E, count: number * 97)
                let answer = try? responder.exchange(Records.request("POST", path, body: body))
                return answer?.status != 200 || answer?.body != body
            }
        }
        #expect(wrong == [[Int]](repeating: [], count: 8))
        #expect(responder.handled().count == 800)
    }

    @Test func pastItsCapacityTheServerLetsOthersWait() throws {
        let responder = try ResponderProcess(["--capacity", "4", "--workers", "3"])
        let statuses = try inThreads(16) { number in
            try? responder.exchange(Records.request("POST", "/deferred?50", body: [UInt8(number)])).status
        }
        #expect(statuses == [Int?](repeating: 200, count: 16))
        var inFlight = 0
        var most = 0
        for line in responder.log() {
            if line.hasPrefix("handled") { inFlight += 1 }
            if line.hasPrefix("answered") { inFlight -= 1 }
            most = max(most, inFlight)
        }
        #expect(most == 4)
    }

    @Test func withoutDescriptorsTheServerWaitsForSomeToComeBack() throws {
        let responder = try ResponderProcess(["--workers", "2"], descriptors: 16)
        let statuses = try inThreads(16) { number in
            try? responder.exchange(Records.request("POST", "/deferred?300", body: [UInt8(number)])).status
        }
        let others = responder.log().filter { !$0.hasPrefix("handled") && !$0.hasPrefix("answered") }
        #expect(statuses == [Int?](repeating: 200, count: 16), "\(others)")
        #expect(others.contains { $0.hasPrefix("notice exhausted") }, "\(others)")
    }

    @Test func peersThatSayNothingDoNotKeepOthersOut() throws {
        let responder = try ResponderProcess(["--workers", "2", "--receive-timeout", "100"])
        let silent = try (0..<6).map { _ in try RawConnection(socket: responder.socket) }
        let half = try RawConnection(socket: responder.socket)
        half.send(Records.begin())
        #expect(responder.isWell())
        for connection in silent { #expect(try connection.receive().isEmpty) }
        #expect(try half.receive().isEmpty)
        #expect(responder.log().filter { $0 == "notice connectionDropped" }.count >= 7)
    }
}

/// Results from several threads.
final class Collected<Element: Sendable>: Sendable {
    private let elements = Locked<[Element]>([])
    var all: [Element] { elements.withLock { $0 } }
    func append(_ element: Element) { elements.withLock { $0.append(element) } }
}
