import LocalStack
import Platform

/// Follows the logs of a stack's parts from now on.
struct LogFollower {
    private struct Followed {
        let name: String
        let path: String
        var offset: Int64
        /// The beginning of a line whose end has not been written yet.
        var rest = ""
    }

    private var logs: [Followed]

    init(_ folder: StackFolder) {
        let paths = [
            ("responder", folder.log("responder")), ("api", folder.log("api")), ("batch", folder.log("batch")),
            ("nginx", folder.log("nginx-error")), ("stack", folder.log("supervisor")), ("slack", folder.slackMessages),
        ]
        logs = paths.map { name, path in
            Followed(name: name, path: path, offset: (try? Files.status(path))?.size ?? 0)
        }
    }

    /// The lines that have come since the last call, ready to be read by a person.
    mutating func newLines() -> [String] {
        var lines: [String] = []
        for index in logs.indices {
            for line in Self.read(&logs[index]) { lines.append(LogText.readable(line, from: logs[index].name)) }
        }
        return lines
    }

    private static func read(_ log: inout Followed) -> [Substring] {
        let size = (try? Files.status(log.path))?.size ?? 0
        if size < log.offset { log.offset = 0 }
        guard size > log.offset else { return [] }
        // tail(1) counts bytes from 1.
        let tail = ChildCommand(["tail", "-c", "+\(log.offset + 1)", "--", log.path])
        guard let output = try? ChildProcess.run(tail), output.succeeded else { return [] }
        log.offset += Int64(output.output.count)
        let text = log.rest + String(decoding: output.output, as: UTF8.self)
        var lines = text.lines(omittingEmpty: false)
        log.rest = lines.popLast().map(String.init) ?? ""
        return lines.filter { !$0.isEmpty }
    }
}
