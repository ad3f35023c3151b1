import FaultSupport
import Glibc
import LocalStack
import Platform
import Postgres

/// Everything that a run hits: the stack, its two Postgres servers, and the shops that send.
final class Stand: Sendable {
    let folder: String
    let disks: Disks
    let shims: Shims
    let pair: Pair
    let stack: LocalStack
    let sender: Sender
    let deploys: Deploys
    let faults = Locked(FileFaults())
    /// When the primary was replaced by a standby that may have been behind.
    let asynchronousFailovers = Locked<[ClosedRange<Int64>]>([])
    let destinations: Destinations
    let spool: String
    private let background = Locked<[Thread]>([])

    init(_ options: FaultOptions) throws {
        folder = try Files.makeTemporaryFolder("hl-chaos", mode: 0o711)
        disks = Disks()
        let built = try Executable.folder()
        let share = try Executable.share(of: built)
        shims = try Shims(folder + "/shim", source: share + "/Tests/Chaos/Shim/faults.c")
        pair = try Pair(in: folder, disks, shims)
        destinations = try Destinations()
        spool = folder + "/spool"
        deploys = try Deploys(folder + "/deploy", built: built, share: share, shims: shims)

        try pair.connect(database: "postgres").execute("create database hookledger")
        try deploys.migrate(pair.conninfo(user: "postgres"))
        guard try pair.ensureStandbyAtStart() else { throw RunFailure("there is no standby") }

        let home = StackFolder(folder + "/stack")
        try Files.makeFolder(home.path)
        try disks.make(home.logs, size: "512m", owner: nil)
        try disks.make(spool, size: "64m", owner: nil, mode: 0o700)
        let pair = pair
        let configuration = StandConfiguration(
            conninfo: { pair.conninfo(user: $0) }, spool: spool, destinations: destinations)
        try Files.write(home.configuration, text: configuration.text)
        try Files.write(home.secrets, text: StandSecrets.lines(destinations), mode: 0o640)
        var stackOptions = StackOptions(
            folder: home.path,
            programs: StackPrograms(
                tool: built + "/hookledger", responder: deploys.responder, batch: deploys.batch), share: share)
        (stackOptions.httpsPort, stackOptions.httpPort, stackOptions.batchInterval) = (0, 0, 2)
        stack = try LocalStack(stackOptions)
        sender = try Sender(
            url: stack.state.url, certificate: stack.folder.certificate, credentials: StandSecrets.credentials,
            rate: options.rate, seed: options.seed)
    }

    /// The process ids of a part of the stack, by the beginning of its name: `ingest`, `batch`, `nginx`.
    func pids(_ part: String) -> [Int32] {
        let lines = ((try? Files.readText(stack.folder.path + "/processes")) ?? "").split(separator: "\n")
        return lines.filter { $0.hasPrefix(part) }.compactMap { $0.split(separator: " ").dropFirst().first }
            .compactMap { Int32($0) }
    }

    /// Sends a signal to a part.
    /// - Returns: whether it was there.
    func signal(_ part: String, _ signal: ChildProcess.Signal) -> Bool {
        pids(part).reduce(false) { signal.send(to: $1) || $0 }
    }

    /// Runs something beside the next blows.
    func inBackground(_ body: @escaping @Sendable () -> Void) throws {
        let thread = try Thread(name: "background", body)
        background.withLock { $0.append(thread) }
    }

    /// Waits for what runs beside.
    func settle() { for thread in background.withLock({ $0 }) { thread.join() } }

    /// Ends everything; the folder stays if the run has found a fault.
    func end(keepingFolder: Bool) {
        if keepingFolder {
            // The file systems of the run end with it.
            for (name, path) in [("log", stack.folder.logs), ("spool", spool)] {
                _ = try? ChildProcess.run(ChildCommand(["cp", "-r", path, "\(folder)/kept-\(name)"]))
            }
            let dump = [
                "pg_dump", "-h", pair.primary.sockets, "-U", "postgres", "-f", folder + "/kept.sql", "hookledger",
            ]
            _ = try? ChildProcess.run(ChildCommand(dump), timeout: .seconds(60))
        }
        stack.stop()
        pair.end()
        if keepingFolder {
            say("the folder of the run stays: \(folder)")
        } else if disks.reason != nil {
            try? Files.remove(folder)
        }
    }
}

extension Pair {
    func ensureStandbyAtStart() throws -> Bool {
        rebuildStandby()
        return try ensureStandby()
    }
}
