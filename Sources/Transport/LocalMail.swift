internal import Glibc
internal import Outbound
internal import Platform

/// Mail through the sendmail(8) of this host: Postfix, Exim, msmtp and others ship one.
enum LocalMail {
    /// Submits a mail and waits for the program's end. An answer means that the mail system has accepted it.
    ///
    /// - Throws: `OutboundFailure`; its status is a reply of SMTP (RFC 5321) that says the same as the exit code.
    static func perform(_ mail: MailRequest) throws(OutboundFailure) -> HTTPResponse {
        if let flaw = mail.flaw { throw OutboundFailure(.invalidRequest, .notSent, flaw) }
        let started = SystemClock.monotonicNanoseconds()
        let output: ChildOutput
        do {
            let message = try MemoryFile(mail.message.withoutCarriageReturns)
            // -i: a line with a single full stop does not end the mail. An address is never read as an option.
            var command = ChildCommand([mail.host, "-i", "-f", mail.sender, "--"] + mail.recipients)
            command.environment = environment
            command.folder = "/"
            command.input = .descriptor(message.descriptor)
            output = try ChildProcess.run(command, timeout: mail.totalTimeout, limit: 4096)
        } catch {
            throw OutboundFailure(.unreachable, .notSent, "\(error)")
        }
        let elapsed = (SystemClock.monotonicNanoseconds() - started) / 1000
        if output.succeeded {
            return HTTPResponse(
                status: 250, body: Array("250 taken by \(mail.host)".utf8), firstByteAfter: 0, finishedAfter: elapsed)
        }
        throw failure(output)
    }

    /// The meaning of an exit code (sysexits.h). The mail was not accepted, except perhaps after a signal, a timeout,
    /// and EX_TEMPFAIL: "could not be sent immediately, but was queued", says sendmail(8), and other programs mean the
    /// contrary.
    private static func failure(_ output: ChildOutput) -> OutboundFailure {
        let said = output.errorText.split(whereSeparator: \.isNewline).joined(separator: " ")
        guard !output.timedOut, case .exited(let code) = output.status, code != EX_TEMPFAIL else {
            let kind: OutboundFailure.Kind = output.timedOut ? .timeout : .other
            return OutboundFailure(kind, .mayHaveBeenSent, "sendmail ended with \(output.status): \(said)")
        }
        let isForGood = [EX_DATAERR, EX_NOUSER, EX_NOHOST].contains(code)
        return OutboundFailure(
            .other, .notSent, "sendmail exited with \(code): \(said)", status: isForGood ? 550 : 450)
    }

    /// No secret of this process; the variables that a person's own mail program (msmtp) needs to find its
    /// configuration.
    private static var environment: [String: String] {
        var found = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
        for name in ["HOME", "LOGNAME", "USER"] { found[name] = Environment.value(of: name) }
        return found
    }
}

extension [UInt8] {
    /// Lines ended by LF alone, as programs on this host expect them.
    fileprivate var withoutCarriageReturns: [UInt8] {
        enumerated().filter { place, byte in
            byte != UInt8(ascii: "\r") || place + 1 >= count || self[place + 1] != UInt8(ascii: "\n")
        }.map(\.element)
    }
}
