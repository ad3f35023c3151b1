/// The declared length of a body (RFC 3875, 4.1.2).
enum ContentLength {
    /// - Returns: bytes; 0 when CONTENT_LENGTH is absent or empty, which means "no body".
    /// - Throws: `ReadFailure.badContentLength` for anything but digits, for a number above `Int.max`, and when it was
    ///   sent twice: two lengths are how a body is made to look like another request.
    static func parse(_ parameters: Parameters) throws(ReadFailure) -> Int {
        guard !parameters.repeated("CONTENT_LENGTH") else { throw .badContentLength }
        guard let text = parameters["CONTENT_LENGTH"], !text.isEmpty else { return 0 }
        // Int(_:) would accept a sign, too.
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(text) else {
            throw .badContentLength
        }
        return length
    }
}
