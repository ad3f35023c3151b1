internal import Glibc
internal import Platform
internal import Settings

/// A supervisor that was started and has not answered yet.
struct StackLaunch {
    let supervisor: ChildProcess
    private let options: StackOptions
    private let folder: StackFolder
    /// The length of the supervisor's log before the start.
    private let logStart: Int64

    /// flock(1) exits with this when another supervisor holds the lock.
    private static let locked: Int32 = 75

    init(_ options: StackOptions, parent: Int32?) throws(StackError) {
        self.options = options
        let folder = StackFolder(options.folder)
        self.folder = folder
        let result: (ChildProcess, Int64) = try StackError.wrap {
            try folder.make()
            let log = folder.log("supervisor")
            let start = try Files.status(log)?.size ?? 0
            // The supervisor's own descriptor holds the lock while it lives, because flock -F replaces itself. A killed
            // supervisor's lock is free when its last thread is gone, a moment after the process.
            let lock = [
                "flock", "--timeout", "2", "--no-fork", "--conflict-exit-code", String(Self.locked), folder.lock,
            ]
            // A session of its own: no terminal can hang up on it or send it Ctrl-C.
            var command = ChildCommand(
                ["setsid"] + lock + options.arguments(parent: parent), output: .file(log), errors: .file(log))
            command.ownGroup = false
            return (try ChildProcess.spawn(command), start)
        }
        (supervisor, logStart) = result
    }

    /// Waits until `/health` answers with 200.
    ///
    /// - Parameter isCancelled: polled; true ends the stack.
    func wait(_ timeout: Duration, isCancelled: () -> Bool) throws(StackError) -> StackState {
        let end = ContinuousClock.now + timeout
        var answer = "not reached yet"
        while ContinuousClock.now < end, !isCancelled() {
            if let status = supervisor.wait(timeout: .milliseconds(50)) { throw failure(status) }
            guard let state = StackState(in: folder), state.supervisor.pid == supervisor.pid else { continue }
            let health = try Health.check(state.url, certificate: folder.certificate)
            if health.isGood { return state }
            answer = health.text
        }
        supervisor.terminate(grace: .seconds(60))
        if isCancelled() { throw StackError(.failed, "stopped while starting") }
        throw StackError(
            .failed, "the stack did not answer /health within \(timeout): \(answer)\nIts logs are in \(folder.logs)")
    }

    private func failure(_ status: ExitStatus) -> StackError {
        if status == .exited(Self.locked) {
            return StackError(.failed, "another `hookledger up` is at work in \(folder.path)")
        }
        let log = (try? Files.read(folder.log("supervisor"))) ?? []
        let text = String(decoding: log.dropFirst(Int(logStart)).suffix(4_096), as: UTF8.self)
        let kind: StackError.Kind = text.contains("is in use by another program") ? .portInUse : .failed
        return StackError(kind, text.isEmpty ? "the supervisor ended (\(status))" : Self.message(text))
    }

    /// The error that the supervisor ended with, without the lines before it.
    private static func message(_ log: String) -> String {
        guard let start = log.range(ofLast: Supervisor.errorMark) else { return log }
        return String(log[start...].dropFirst(Supervisor.errorMark.count)).trimmingNewlines
    }
}

extension String {
    fileprivate func range(ofLast text: String) -> Index? {
        indices.last { self[$0...].hasPrefix(text) }
    }

    fileprivate var trimmingNewlines: String {
        var text = self
        while text.last?.isNewline == true { text.removeLast() }
        return text
    }
}

extension StackOptions {
    /// The command line of `hookledger supervise`.
    func arguments(parent: Int32?) -> [String] {
        var arguments = [
            programs.tool, "supervise", "--folder", folder, "--share", share, "--responder", programs.responder,
            "--https-port", String(httpsPort), "--http-port", String(httpPort),
            "--api-requests", String(apiRate.requests), "--api-window", String(apiRate.window.wholeMilliseconds),
            "--batch-interval", String(batchInterval),
        ]
        if let batch = programs.batch { arguments += ["--batch", batch] }
        if isProduction { arguments.append("--production") }
        if let parent { arguments += ["--parent", String(parent)] }
        return arguments
    }
}
