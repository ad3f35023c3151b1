import Crypto
import JSON
import Outbound
import Platform
import Settings

/// Sends a text the way of `last_resort:`.
struct LastResortSender {
    let way: LastResort.Way
    /// This machine, for the subject.
    let host: String

    /// - Throws: ``OutboundFailure``; nothing secret is in it.
    func send(_ text: String) throws(OutboundFailure) {
        switch way {
        case .webhook(let url):
            let body: JSONValue = ["text": .string("Hookledger on \(host): \(text)")]
            let answer = try OwnServer.send(
                HTTPRequest(
                    method: "POST", url: String(decoding: url.reveal(), as: UTF8.self),
                    headers: [HTTPRequest.Header("Content-Type", "application/json")], body: body.serialized()),
                userAgent: "hookledger-watch")
            guard (200...299).contains(answer.status) else {
                throw OutboundFailure(.other, .mayHaveBeenSent, "the webhook answered \(answer.status)")
            }
        case .mail(let to, let from, let program):
            let message = """
                From: Hookledger <\(from)>
                To: <\(to)>
                Subject: Hookledger on \(host) needs you
                Content-Type: text/plain; charset=utf-8
                Auto-Submitted: auto-generated

                \(text)

                """
            try submit(message, to: to, from: from, program)
        }
    }

    private func submit(_ message: String, to: String, from: String, _ program: String) throws(OutboundFailure) {
        let output: ChildOutput
        do {
            let file = try MemoryFile(Array(message.utf8))
            var command = ChildCommand([program, "-i", "-f", from, "--", to])
            command.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
            command.folder = "/"
            command.input = .descriptor(file.descriptor)
            output = try ChildProcess.run(command, timeout: .seconds(30), limit: 4096)
        } catch {
            throw OutboundFailure(.unreachable, .notSent, "\(error)")
        }
        guard output.succeeded else {
            throw OutboundFailure(.other, .notSent, "\(program) ended with \(output.status)")
        }
    }
}
