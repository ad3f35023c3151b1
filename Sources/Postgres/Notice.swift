internal import CPostgres

/// A NOTICE, WARNING or other message that is not an error.
public struct Notice: Sendable, Hashable {
    /// NOTICE, WARNING, INFO, LOG or DEBUG, in English whatever the server's language.
    public let severity: String
    /// The code, `00000` for most notices.
    public let state: SQLState?
    /// The server's words; may quote values.
    public let message: String
}

/// Holds the handler where libpq's callback finds it; lives as long as the connection.
final class NoticeReceiver {
    var handler: ((Notice) -> Void)?

    /// Replaces libpq's own receiver, which prints to standard error.
    func attach(to handle: OpaquePointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        PQsetNoticeReceiver(
            handle,
            { context, result in
                guard let context, let result else { return }
                let receiver = Unmanaged<NoticeReceiver>.fromOpaque(context).takeUnretainedValue()
                guard let handler = receiver.handler else { return }
                handler(
                    Notice(
                        severity: ErrorField.severity.text(result) ?? "",
                        state: ErrorField.state.text(result).map(SQLState.init(rawValue:)),
                        message: ErrorField.message.text(result) ?? ""))
            }, context)
    }
}
