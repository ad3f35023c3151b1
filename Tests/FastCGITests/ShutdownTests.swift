import FastCGIClient
import Glibc
import Platform
import TestThreads
import Testing

/// How a server ends, and how it refuses to begin.
@Suite(.blocking) struct ShutdownTests {
    /// Far above what an idle server needs, and what a test may take: an end that waited for it would be noticed.
    private let patience = ["--drain-timeout", "600000", "--receive-timeout", "600000"]

    @Test(arguments: [Signal.terminate, .interrupt])
    func anIdleServerEndsAtOnce(signal: Signal) throws {
        let responder = try ResponderProcess(patience)
        #expect(responder.isWell())
        responder.signal(signal)
        #expect(responder.exitStatus() == 0)
        #expect(responder.log().suffix(2) == ["last request handled", "stopped"])
    }

    @Test func whatIsInFlightIsAnswered() throws {
        let responder = try ResponderProcess(patience + ["--workers", "3"])
        let uris = ["/sleep?300", "/sleep?200", "/deferred?50", "/deferred?400", "/deferred?800"]
        // The deferred ones first, so that a worker is free to take each of them.
        let connections = try uris.reversed().map { uri in
            let connection = try RawConnection(socket: responder.socket)
            connection.send(Records.request("POST", uri, body: [1]))
            return connection
        }
        try eventually("all are handled") { responder.handled().count == uris.count }
        responder.signal(.terminate)
        for connection in connections {
            let answer = Answer(try connection.receive())
            #expect(answer.status == 200)
            #expect(answer.body == [1])
        }
        #expect(responder.exitStatus() == 0)
    }

    @Test func aRequestThatIsBeingReadIsFinished() throws {
        let responder = try ResponderProcess(patience + ["--workers", "1"])
        #expect(responder.isWell())
        let whole = Records.request("POST", "/slow", body: [UInt8](repeating: 1, count: 100))
        let connection = try RawConnection(socket: responder.socket)
        connection.send(Array(whole.dropLast(50)))
        SystemClock.sleep(milliseconds: 300)
        responder.signal(.terminate)
        SystemClock.sleep(milliseconds: 100)
        connection.send(Array(whole.suffix(50)))
        #expect(Answer(try connection.receive()).status == 200)
        #expect(responder.exitStatus() == 0)
    }

    @Test func nothingIsAcceptedAfterTheSignal() throws {
        let responder = try ResponderProcess(patience)
        let last = try RawConnection(socket: responder.socket)
        last.send(Records.request("POST", "/deferred?300", body: [1]))
        try eventually("it is handled") { responder.handled().count == 1 }
        responder.signal(.terminate)
        try eventually("the workers accept no more") { responder.log().contains("last request handled") }
        let late = try? RawConnection(socket: responder.socket)
        late?.send(Records.request("POST", "/late"))
        #expect(Answer(try last.receive()).status == 200)
        #expect(responder.exitStatus() == 0)
        #expect(responder.handled() == ["handled POST /deferred?300"])
    }

    @Test func theDrainTimeoutBoundsTheWait() throws {
        let responder = try ResponderProcess(["--drain-timeout", "200"])
        let connection = try RawConnection(socket: responder.socket)
        connection.send(Records.request("POST", "/never"))
        try eventually("it is handled") { responder.handled().count == 1 }
        responder.signal(.terminate)
        #expect(responder.exitStatus() == 0)
        #expect(responder.log().contains("notice abandoned(requests: 1)"))
        #expect(try connection.receive().isEmpty)
    }

    @Test func otherSignalsOfProcessManagersDoNotEndIt() throws {
        let responder = try ResponderProcess()
        // spawn-fcgi listens before the program runs and has blocked anything.
        #expect(responder.isWell())
        responder.signal(.user1)
        #expect(responder.isWell())
    }

    @Test func aProgramStartedByHandSaysSo() throws {
        let process = try spawnProcess(
            [ResponderProcess.program("EchoResponder")], standardInput: "/dev/null", standardError: "/dev/null")
        #expect(waitForEnd(of: process) == 64)
    }

    @Test func aSocketThatDoesNotListenEndsTheServerWith1() throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, descriptor, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let process = try spawnProcess([ResponderProcess.program("EchoResponder")], actions: &actions)
        #expect(waitForEnd(of: process) == 1)
    }
}
