extension Parameters {
    /// The headers of the HTTP request, in order: `HTTP_X_SIGNATURE` is listed as `x-signature` (RFC 3875, 4.1.18).
    ///
    /// Which of "-" and "_" the client wrote is unknown; nginx drops names with "_" by default.
    public var headers: [Parameter] {
        all.compactMap { parameter in
            guard parameter.name.utf8.starts(with: "HTTP_".utf8) else { return nil }
            let sent = parameter.name.utf8.dropFirst(5)
            let name = String(unsafeUninitializedCapacity: sent.count) { buffer in
                for (place, byte) in sent.enumerated() { buffer[place] = Parameters.headerByte(byte) }
                return sent.count
            }
            return Parameter(name: name, value: parameter.value)
        }
    }

    /// The first value of an HTTP header, named in any letter case: `header("X-Signature")`; nil when absent.
    public func header(_ name: String) -> String? {
        self[Parameters.parameterName(ofHeader: name)]
    }

    /// Whether an HTTP header occurs more than once.
    public func repeatedHeader(_ name: String) -> Bool {
        repeated(Parameters.parameterName(ofHeader: name))
    }

    /// `X-Signature` becomes `HTTP_X_SIGNATURE`.
    public static func parameterName(ofHeader name: String) -> String {
        "HTTP_" + String(decoding: name.utf8.map(parameterByte), as: UTF8.self)
    }

    private static func headerByte(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "_"): UInt8(ascii: "-")
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        default: byte
        }
    }

    private static func parameterByte(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "-"): UInt8(ascii: "_")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte & ~0x20
        default: byte
        }
    }
}
