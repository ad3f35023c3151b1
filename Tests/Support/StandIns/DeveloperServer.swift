internal import Patience
internal import Platform

/// The server of a developer, the target of `hookledger listen`; see developer.py for its checks. It keeps its port and
/// its log when it is restarted.
public final class DeveloperServer {
    /// Its port on 127.0.0.1.
    public let port: Int
    private let folder: String
    private var process: ChildProcess
    private var line: LifeLine

    /// It did not start.
    public struct Failure: Error {}

    /// Starts it on a free port.
    public init() throws {
        folder = try Files.makeTemporaryFolder()
        (process, line) = try Self.start(folder, 0)
        guard let number = Int(try Files.readText(folder + "/log.port")) else { throw Failure() }
        port = number
    }

    deinit {
        end()
        try? Files.remove(folder)
    }

    /// Where to forward to.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// Kills it during its work, and restarts it after a while without a listener.
    public func restart() throws {
        end()
        SystemClock.sleep(milliseconds: 300)
        (process, line) = try Self.start(folder, port)
    }

    /// The ids of the received events, in order, with duplicates.
    public func received() throws -> [Int64] { try lines().compactMap { Int64($0.prefix { $0 != " " }) } }

    /// The paths of their requests.
    public func paths() throws -> Set<String> { Set(try lines().map { String($0.drop { $0 != " " }.dropFirst()) }) }

    private func lines() throws -> [Substring] {
        guard Files.exists(folder + "/log") else { return [] }
        return try Files.readText(folder + "/log").split(separator: "\n")
    }

    private func end() {
        line.cut()
        process.terminate(with: .kill)
    }

    private static func start(_ folder: String, _ port: Int) throws -> (ChildProcess, LifeLine) {
        if Files.exists(folder + "/log.port") { try Files.remove(folder + "/log.port") }
        let here = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        let process = try ChildProcess.spawn(
            ChildCommand(["python3", here + "/developer.py", folder + "/log", "\(port)"], errors: .null))
        _ = eventually { Files.exists(folder + "/log.port") || !process.isRunning }
        guard Files.exists(folder + "/log.port") else {
            process.terminate(with: .kill)
            throw Failure()
        }
        return (process, try LifeLine(ending: process.pid))
    }
}
