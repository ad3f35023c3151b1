import Patience
import Platform
import Transport

/// A script of this folder that answers on a free port, in a process of its own. It ends with this value, and with the
/// tests.
final class StandInProcess: Sendable {
    /// Where it listens, without a slash at the end.
    let url: String
    private let folder: String
    private let process: ChildProcess
    private let line: LifeLine

    /// It did not start.
    struct Failure: Error {}

    /// Starts it, and waits for the port that it writes into a file.
    /// - Parameter script: its name, such as `shops.py`.
    init(_ script: String) throws {
        folder = try Files.makeTemporaryFolder()
        let path = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/" + script
        process = try ChildProcess.spawn(ChildCommand(["python3", "-B", path, folder + "/port"], errors: .inherit))
        line = try LifeLine(ending: process.pid, removing: [folder])
        _ = eventually { [folder] in Files.exists(folder + "/port") }
        guard let port = try? Files.readText(folder + "/port") else {
            process.terminate(with: .kill)
            throw Failure()
        }
        url = "http://127.0.0.1:\(port)"
    }

    deinit {
        line.cut()
        process.terminate(with: .kill)
        try? Files.remove(folder)
    }

    /// A client that may ask it.
    static func client() throws -> HTTPClient {
        try HTTPClient(HTTPClient.Configuration(addressGuard: AddressGuard(allowing: ["127.0.0.1"])))
    }
}
