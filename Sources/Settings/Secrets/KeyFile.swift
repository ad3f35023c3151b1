public import Crypto
public import Platform

/// A key of this installation in a file of its own: the same on every host, in no database, made once.
public struct KeyFile: Sendable {
    /// The key.
    public let secret: SecretBytes
    /// What tells keys apart without telling anything of them: the first 8 hexadecimal digits of the key's SHA-256.
    public let id: String

    /// How many random bytes a key has.
    public static let length = 32

    /// A key of those bytes.
    public init(_ secret: SecretBytes) {
        self.secret = secret
        id = String(Hex.encode(Digest.sha256.hash(secret.reveal())).prefix(8))
    }

    /// Why a key is not used.
    public enum Failure: Error, Sendable, CustomStringConvertible {
        /// The file cannot be read.
        case file(FileError)
        /// The file holds no key.
        case malformed(String)
        /// Every user of the machine can read or write it.
        case exposed(String)

        /// What to do, for the log.
        public var description: String {
            switch self {
            case .file(let error): "\(error)"
            case .malformed(let path): "\(path) holds no key of \(KeyFile.length) bytes in hexadecimal digits"
            case .exposed(let path): "\(path) is open to every user of this machine: chmod 640 '\(path)'"
            }
        }
    }

    /// Reads the key.
    /// - Returns: nil when there is no such file.
    /// - Throws: ``Failure``.
    public static func read(_ path: String) throws(Failure) -> KeyFile? {
        let mode: UInt32?
        let bytes: [UInt8]
        do throws(FileError) {
            mode = try Files.status(path)?.mode
            guard mode != nil else { return nil }
            bytes = try Files.read(path, limit: 4096)
        } catch {
            if error.isMissing { return nil }
            throw .file(error)
        }
        if let mode, mode & 0o006 != 0 { throw .exposed(path) }
        let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        guard var key = Hex.decode(text), key.count == length else { throw .malformed(path) }
        return KeyFile(SecretBytes(cleansing: &key))
    }

    /// Makes a key of random bytes, in a file of mode 0640 whose folder is made when it is not there. A key that is there
    /// stays: whatever was made with it would be lost with it.
    /// - Returns: the key, and whether it is new.
    /// - Throws: ``Failure``.
    public static func create(_ path: String) throws(Failure) -> (key: KeyFile, isNew: Bool) {
        if let key = try read(path) { return (key, false) }
        var bytes = Random.bytes(length)
        do throws(FileError) {
            let folder = Files.parent(path)
            if !Files.exists(folder) { try Files.makeFolder(folder, mode: 0o750) }
            try Files.write(path, Array((Hex.encode(bytes) + "\n").utf8), mode: 0o640)
        } catch {
            throw .file(error)
        }
        return (KeyFile(SecretBytes(cleansing: &bytes)), true)
    }
}
