import Synchronization

/// The keys that were derived from one secret. To decode a secret, or to read a PEM, costs more than to check a
/// signature, and the state that an HMAC keeps with its key would be made again for every delivery.
final class DerivedKeys: Sendable {
    private typealias Entry = (derivation: KeyDerivation, isPublic: Bool, keys: [Key])

    private let entries = Mutex<[Entry]>([])

    /// The keys by this derivation.
    /// - Parameters:
    ///   - isPublic: whether they are public keys.
    ///   - derive: makes them; called for the first request.
    func keys(by derivation: KeyDerivation, isPublic: Bool, _ derive: () -> [Key]) -> [Key] {
        entries.withLock { entries in
            for entry in entries where entry.isPublic == isPublic && entry.derivation == derivation {
                return entry.keys
            }
            let keys = derive()
            entries.append((derivation, isPublic, keys))
            return keys
        }
    }
}
