import CFastCGI
import Platform

/// libfcgi's process-wide state.
enum Library {
    /// The signals that the server takes itself, or that must not reach libfcgi's handlers.
    static let signals: [Signal] = [.terminate, .interrupt, .user1]

    /// Prepares process and library; before the first thread starts. Later calls change nothing.
    ///
    /// libfcgi installs handlers that set a flag which makes every later accept fail. Blocked signals never reach them.
    /// - Returns: 0, or the error code of FCGX_Init.
    static func initialize() -> Int32 {
        Signals.block(signals)
        let code = initialized
        Signals.ignoreBrokenPipe()
        return code
    }

    /// FCGX_Init is not made for two threads at once; Swift runs this initializer once.
    private static let initialized: Int32 = {
        // Milliseconds that libfcgi waits for the peer after it closed a connection. We close them ourselves, except
        // those with a broken start, and a broken peer's remaining bytes do not matter. Read by FCGX_Init.
        try? Environment.set("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", to: "0")
        return FCGX_Init()
    }()
}
