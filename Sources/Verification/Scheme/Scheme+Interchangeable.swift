import Crypto

extension Scheme {
    /// Whether a delivery signed for this scheme verifies for the other, too, with the same secret and rewritten
    /// unsigned headers: the same code over the same bytes.
    public func isInterchangeable(with other: Scheme) -> Bool {
        ([self] + forms).contains { mine in
            ([other] + other.forms).contains { mine.algorithm == $0.algorithm && mine.shape == $0.shape }
        }
    }

    /// The signed parts, without the names of headers, which are not signed.
    private var shape: [MessagePart] {
        message.map { part in
            switch part {
            case .header, .timestamp: .timestamp
            default: part
            }
        }
    }
}
