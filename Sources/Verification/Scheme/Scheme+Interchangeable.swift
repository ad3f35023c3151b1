import Crypto

extension Scheme {
    /// Whether what one secret signed for this scheme verifies for the other too, once its unsigned headers are written
    /// anew: the same code over the same bytes.
    public func isInterchangeable(with other: Scheme) -> Bool {
        ([self] + forms).contains { mine in
            ([other] + other.forms).contains { mine.algorithm == $0.algorithm && mine.shape == $0.shape }
        }
    }

    /// What is signed, without the names of headers: those are not signed.
    private var shape: [MessagePart] {
        message.map { part in
            switch part {
            case .header, .timestamp: .timestamp
            default: part
            }
        }
    }
}
