import CFastCGI
import Glibc

/// One connection of the web server with its one request: the only owner of a libfcgi request and of its socket.
///
/// @unchecked: libfcgi's structure has no lock and needs none, because one thread at a time owns it. The worker that
/// received the request has it until the handler returns; if the answer comes later, the connection passes through
/// the lock of `FinishedList` to the worker that writes the answer, and nobody else has touched it since.
final class Connection: @unchecked Sendable {
    /// Address is stable: libfcgi's streams point back to it.
    let raw: UnsafeMutablePointer<FCGX_Request>

    /// Reads the start of a request, up to the end of its parameters. Blocks for at most the socket's timeout a read.
    ///
    /// - Parameter socket: a connected socket; taken over, closed on every path.
    /// - Returns: nil when the peer sent no complete, well-formed request for a responder; then all is closed.
    init?(receiveFrom socket: Int32) {
        raw = .allocate(capacity: 1)
        raw.initialize(to: FCGX_Request())
        // No listening socket: libfcgi must never accept by itself, it would get a connection without timeouts.
        // When this one breaks, it tries to, gets EBADF and returns.
        FCGX_InitRequest(raw, -1, 0)
        raw.pointee.ipcFd = socket
        // Without this, FCGX_Accept_r begins by closing the connection it is given. Afterwards nothing depends on it:
        // whatever FCGI_KEEP_CONN the peer sets, `close` closes. A second request on a connection would be parsed
        // from whatever the first one left unread.
        raw.pointee.keepConnection = 1
        guard FCGX_Accept_r(raw) == 0 else { return nil }
        // Parameters cut between two pairs look complete to libfcgi; only the stream's error code tells.
        guard FCGX_GetError(raw.pointee.in) == 0, raw.pointee.role == FCGI_RESPONDER else {
            close()
            return nil
        }
    }

    /// Writes the answer and closes the connection. A peer that has gone away is not an error.
    func finish(_ response: Response) {
        put(ResponseHead.encode(response))
        put(response.body)
        // Like FCGX_Finish_r, but without closing the socket, which it would leave to the peer's FCGI_KEEP_CONN.
        FCGX_FClose(raw.pointee.err)
        FCGX_FClose(raw.pointee.out)
        close()
    }

    private func put(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer
            while let start = rest.bindMemory(to: CChar.self).baseAddress, !rest.isEmpty {
                let count = min(rest.count, Int(Int32.max))
                guard FCGX_PutStr(start, Int32(count), raw.pointee.out) == Int32(count) else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            }
        }
    }

    /// Frees what libfcgi holds and closes the socket; harmless when that is done.
    private func close() {
        let socket = raw.pointee.ipcFd
        raw.pointee.ipcFd = -1
        FCGX_Free(raw, 0)
        if socket >= 0 { _ = Glibc.close(socket) }
    }

    deinit {
        close()
        raw.deinitialize(count: 1)
        raw.deallocate()
    }
}
