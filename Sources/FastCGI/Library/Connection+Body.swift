import CFastCGI

extension Connection {
    /// Reads the body to its end.
    ///
    /// - Parameters:
    ///   - parameters: with CONTENT_LENGTH.
    ///   - limit: the longest accepted body, in bytes; checked before memory is allocated.
    ///   - drainLimit: how many bytes of a refused body are still read. A web server that is still sending when the
    ///     connection closes reports that as an error instead of passing our answer on.
    /// - Throws: `ReadFailure`; the connection can still be answered.
    func readBody(_ parameters: Parameters, limit: Int, drainLimit: Int) throws(ReadFailure) -> [UInt8] {
        let length: Int
        do throws(ReadFailure) {
            length = try ContentLength.parse(parameters)
            if length > limit { throw .tooLarge(limit: limit) }
        } catch {
            drain(upTo: drainLimit)
            throw error
        }
        let body = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            count = read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        guard body.count == length, FCGX_GetError(raw.pointee.in) == 0 else {
            throw .truncated(expected: length, received: body.count)
        }
        // The empty record that ends the body must be next.
        if FCGX_GetChar(raw.pointee.in) >= 0 {
            drain(upTo: drainLimit)
            throw .longerThanDeclared(expected: length)
        }
        guard FCGX_GetError(raw.pointee.in) == 0 else { throw .truncated(expected: length, received: length) }
        return body
    }

    /// - Returns: bytes read; fewer than the buffer holds only at the end of the body or after an error.
    private func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var received = 0
        while received < buffer.count, let start = buffer.bindMemory(to: CChar.self).baseAddress {
            let wanted = min(buffer.count - received, 1 << 20)
            let count = Int(FCGX_GetStr(start + received, Int32(wanted), raw.pointee.in))
            received += max(count, 0)
            if count < wanted { break }
        }
        return received
    }

    /// Reads and discards, up to the end, an error or the limit.
    private func drain(upTo limit: Int) {
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { scratch in
            var drained = 0
            while drained < limit {
                let count = read(into: scratch)
                drained += count
                if count < scratch.count { break }
            }
        }
    }
}
