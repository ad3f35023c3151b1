import Outbound

/// The way to the destinations, and the destinations.
final class Network {
    private let world: World
    private let server: Server
    private let judge: Judge
    private static let timeout: Int64 = 15_000_000_000
    private static let unanswered = OutboundFailure(.timeout, .mayHaveBeenSent, "no answer")

    init(_ world: World, _ server: Server, _ judge: Judge) {
        self.world = world
        self.server = server
        self.judge = judge
    }

    /// Sends a request. What has left the program arrives even if the program is killed meanwhile.
    /// - Parameter landed: called at its end, within its time limit.
    func send(_ request: HTTPRequest, _ landed: @escaping (Result<HTTPResponse, OutboundFailure>) -> Void) {
        let key = request.headers.first { $0.name == "X-Key" }?.value ?? ""
        let isCalm = server.isHealed
        if !isCalm, world.happens(server.faults.refusals / 4) {
            world.after(5_000_000) { landed(.failure(OutboundFailure(.unreachable, .notSent, "refused"))) }
            return
        }
        if !isCalm, world.happens(server.faults.answersLost / 2) {
            world.after(Self.timeout) { landed(.failure(Self.unanswered)) }
            return
        }
        let longest: Int64 = isCalm || world.happens(900) ? 200_000_000 : 5_000_000_000
        let there = world.int(1_000_000...longest)
        world.after(there) { [self] () throws(Violation) in
            let status = try arrive(request, key, isCalm)
            world.note(.arrived, Int64(status), Int64(key.utf8.count), "\(request.method) \(key)")
            if !isCalm, world.happens(server.faults.answersLost) {
                world.after(Self.timeout - there) { landed(.failure(Self.unanswered)) }
            } else {
                world.after(world.int(1_000_000...200_000_000)) { landed(.success(HTTPResponse(status: status))) }
            }
        }
    }

    private func arrive(_ request: HTTPRequest, _ key: String, _ isCalm: Bool) throws(Violation) -> Int {
        if !isCalm, world.happens(server.faults.refusals) { return world.happens(500) ? 503 : 500 }
        if request.method == "GET" { return judge.done[key] == nil ? 404 : 200 }
        try judge.effect(key, takesTwiceAsOne: key.hasPrefix("repeats"))
        return 200
    }
}
