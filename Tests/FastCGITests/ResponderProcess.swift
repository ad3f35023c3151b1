import FastCGIClient
import Glibc
import Platform
import Testing

/// An EchoResponder under the real spawn-fcgi, on a socket in a folder of its own. Ends with its owner.
final class ResponderProcess: Sendable {
    let socket: String
    private let folder: String
    private let process: Int32
    private let isReaped = Flag()

    struct StartFailure: Error { let what: String }

    /// - Parameters:
    ///   - options: of EchoResponder.
    ///   - descriptors: how many it may have open; nil leaves the limit of the machine.
    ///   - backlog: of the listening socket.
    init(_ options: [String] = [], descriptors: Int? = nil, backlog: Int = 1024) throws {
        folder = try Self.makeFolder()
        socket = folder + "/s"
        let program = try Self.program("EchoResponder")
        let spawn = ["/usr/bin/spawn-fcgi", "-n", "-b", String(backlog), "-s", socket, "--", program] + options
        let limited = descriptors.map { ["/bin/sh", "-c", "ulimit -n \($0); exec \"$@\"", "sh"] + spawn } ?? spawn
        process = try spawnProcess(limited, standardInput: "/dev/null", standardError: folder + "/log")
        try eventually("the responder listens") { (try? RawConnection(socket: socket)) != nil }
    }

    /// Sends a request and takes its answer apart.
    func exchange(_ bytes: [UInt8]) throws -> Answer {
        try RawConnection.exchange(bytes, socket: socket)
    }

    /// Whether the process still answers a good request.
    func isWell() -> Bool {
        let body = Array("still here".utf8)
        guard let answer = try? exchange(Records.request("POST", "/well", body: body)) else { return false }
        return answer.status == 200 && answer.body == body
    }

    /// The lines of its stderr so far.
    func log() -> [String] {
        readFile(folder + "/log").split(separator: "\n").map(String.init)
    }

    /// The requests that it ran so far, but for those of `isWell`.
    func handled() -> [String] {
        log().filter { $0.hasPrefix("handled ") && !$0.hasSuffix(" /well") }
    }

    func signal(_ signal: Signal) {
        kill(process, signal.number)
    }

    /// Waits for its end. - Returns: exit status; 128 + signal when one ended it; nil when it still runs.
    func exitStatus() -> Int32? {
        guard let status = waitForEnd(of: process) else { return nil }
        isReaped.set()
        return status
    }

    deinit {
        if !isReaped.isSet {
            kill(process, SIGKILL)
            _ = waitForEnd(of: process)
        }
        unlink(folder + "/s")
        unlink(folder + "/log")
        rmdir(folder)
    }

    /// Short, because a socket's path ends at 107 bytes.
    static func makeFolder() throws -> String {
        var template = Array("/tmp/hlf.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw StartFailure(what: "mkdtemp") }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The path of a program that was built beside the tests.
    static func program(_ name: String) throws -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let test = String(decoding: buffer.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        for folder in [test, CommandLine.arguments[0]].map({ $0.split(separator: "/").dropLast() }) {
            let path = "/" + folder.joined(separator: "/") + "/" + name
            if access(path, X_OK) == 0 { return path }
        }
        throw StartFailure(what: "no \(name) beside \(test)")
    }
}
