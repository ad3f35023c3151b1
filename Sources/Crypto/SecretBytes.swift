internal import CCrypto
import Synchronization

/// A secret in memory of its own, overwritten when the last reference goes. It never shows in a log: its descriptions
/// and its mirror say `<secret>`.
public final class SecretBytes: @unchecked Sendable {
    // Written before init returns, only read afterwards: hence Sendable.
    private let memory: UnsafeMutableRawBufferPointer
    /// A state of each HMAC that has taken this key, to be copied: taking it costs more than a short message. Made when it
    /// is first asked for, then only read; libcrypto overwrites it when it is freed.
    private let states = Mutex<[Digest: UInt]>([:])

    /// Copies the bytes. The array stays as it is: ``init(cleansing:)`` overwrites it.
    public init(_ bytes: [UInt8]) {
        // At least one byte, so that an empty key has an address too.
        memory = .allocate(byteCount: max(1, bytes.count), alignment: 1)
        memory.copyBytes(from: bytes)
        count = bytes.count
    }

    /// Copies the bytes and overwrites the array with zeros, unless it shares its memory with another array.
    public convenience init(cleansing bytes: inout [UInt8]) {
        self.init(bytes)
        bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
        bytes = []
    }

    /// Copies the UTF-8 of a text.
    public convenience init(utf8 text: String) {
        var bytes = Array(text.utf8)
        self.init(cleansing: &bytes)
    }

    deinit {
        for state in states.withLock({ $0 }).values { EVP_MAC_CTX_free(OpaquePointer(bitPattern: state)) }
        OPENSSL_cleanse(memory.baseAddress, memory.count)
        memory.deallocate()
    }

    /// The number of bytes.
    public let count: Int

    /// Whether there is no byte.
    public var isEmpty: Bool { count == 0 }

    /// Whether there is nothing but white space (ASCII).
    public var isBlank: Bool { withUnsafeBytes { $0.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } } }

    /// A copy that is not overwritten: for secrets that leave the process (an API token) or are decoded.
    public func reveal() -> [UInt8] { withUnsafeBytes { [UInt8]($0) } }

    /// Whether both hold the same bytes, in constant time.
    public func equals(_ other: SecretBytes) -> Bool {
        count == other.count && CRYPTO_memcmp(memory.baseAddress, other.memory.baseAddress, count) == 0
    }

    /// Whether the secret is these bytes, in constant time.
    public func equals(_ bytes: [UInt8]) -> Bool {
        count == bytes.count && CRYPTO_memcmp(memory.baseAddress, bytes, count) == 0
    }

    /// The state of an HMAC with this key and no message, as long as this object lives.
    func state(_ digest: Digest) -> OpaquePointer? {
        OpaquePointer(
            bitPattern: states.withLock { states in
                if let state = states[digest] { return state }
                let state = UInt(bitPattern: HMAC.keyed(digest, self))
                states[digest] = state
                return state
            })
    }

    /// The bytes in place, never with a null address; valid during the call.
    func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try body(UnsafeRawBufferPointer(start: memory.baseAddress, count: count))
    }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always `<secret>`.
    public var description: String { "<secret>" }
    /// Always `<secret>`.
    public var debugDescription: String { "<secret>" }
    /// Has no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
