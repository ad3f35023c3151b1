import Platform

/// The head of an answer in CGI form (RFC 3875, 6.3): `Status: 200 OK`, the fields, an empty line.
enum ResponseHead {
    /// - Returns: the bytes to write before the body.
    static func encode(_ response: Response) -> [UInt8] {
        let status = (100...599).contains(response.status) ? response.status : 500
        var head: [UInt8] = []
        head.reserveCapacity(256)
        append(name: "Status", value: "\(status) \(ReasonPhrase.of(status))", to: &head)
        for (name, value) in response.headers where name.isHTTPToken && !isReserved(name) {
            append(name: name, value: value, to: &head)
        }
        // RFC 9110, 8.6: no Content-Length in a 1xx or 204.
        if status >= 200, status != 204 {
            append(name: "Content-Length", value: String(response.body.count), to: &head)
        }
        head.append(contentsOf: "\r\n".utf8)
        return head
    }

    private static func append(name: String, value: String, to head: inout [UInt8]) {
        head.append(contentsOf: name.utf8)
        head.append(contentsOf: ": ".utf8)
        for byte in value.utf8 {
            head.append(byte < 0x20 && byte != 0x09 || byte == 0x7F ? 0x20 : byte)
        }
        head.append(contentsOf: "\r\n".utf8)
    }

    private static func isReserved(_ name: String) -> Bool {
        [6, 14].contains(name.utf8.count) && ["status", "content-length"].contains(name.lowercased())
    }
}
