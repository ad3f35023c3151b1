import CFastCGI

/// A look at how a connection begins, before libfcgi reads it.
enum FirstRecord {
    /// Whether the connection begins as a web server's does: with FCGI_BEGIN_REQUEST (FastCGI specification, 5.1).
    ///
    /// A connection may also begin with a management record, FCGI_GET_VALUES. nginx never sends one, and libfcgi
    /// answers it into a buffer that enough names overflow. What comes later can not be looked at from here: the mode
    /// of the socket, which lets only the web server in, remains the guard.
    /// Waits for the first bytes up to the socket's timeout; takes none of them.
    static func beginsRequest(on socket: Int32) -> Bool {
        let version = UInt8(FCGI_VERSION_1)
        let beginRequest = UInt8(FCGI_BEGIN_REQUEST)
        return withUnsafeTemporaryAllocation(byteCount: 2, alignment: 1) { header in
            let count = recv(socket, header.baseAddress, header.count, Int32(MSG_PEEK))
            // One byte alone tells the version only; two come together from any writer that does not mean to hide.
            return count == 2 && header[0] == version && header[1] == beginRequest
        }
    }
}
