public import Crypto
import Platform
public import Verification

/// A key of this installation in a file of its own: 32 random bytes as base64, the same on every host that shares a
/// database. Not in the database, so that a reader of the database cannot use it.
public struct KeyFile: Sendable {
    /// The first 8 hexadecimal digits of the key's SHA-256: stored with the data made with the key.
    public let id: String
    /// The 32 bytes.
    public let key: SecretBytes

    /// How many bytes a key has.
    public static let length = 32

    /// Reads a key.
    /// - Throws: the reason, in words for the operator.
    public static func load(_ path: String) throws(KeyFileProblem) -> KeyFile {
        let status: FileStatus?
        let text: [UInt8]
        do throws(FileError) {
            status = try Files.status(path)
            text = status == nil ? [] : try Files.read(path, limit: 4096)
        } catch {
            throw KeyFileProblem("cannot be read: \(error)")
        }
        guard let status else {
            throw KeyFileProblem("\(path) does not exist: run `hookledger keys create`, or copy it from another host")
        }
        guard status.isRegular else { throw KeyFileProblem("\(path) is not a file") }
        if let advice = FilePath.exposure(path, mode: status.mode) { throw KeyFileProblem("\(path) \(advice)") }
        let line = text.filter { !($0 == 0x0A || $0 == 0x0D || $0 == 0x20 || $0 == 0x09) }
        guard var bytes = Base64.decode(String(decoding: line, as: UTF8.self)), bytes.count == length else {
            throw KeyFileProblem(
                "\(path) does not hold a key (\(length) bytes as base64): restore the right one, or create a new one")
        }
        return KeyFile(SecretBytes(cleansing: &bytes))
    }

    /// The key in a file; nil when there is no file.
    public static func existing(_ path: String) throws(KeyFileProblem) -> KeyFile? {
        Files.exists(path) ? try load(path) : nil
    }

    /// Makes a key and writes it to a file that only its owner and group can read.
    /// - Throws: the reason; an existing file stays unchanged.
    public static func create(_ path: String) throws(KeyFileProblem) -> KeyFile {
        guard !Files.exists(path) else {
            throw KeyFileProblem("\(path) already exists and is kept: stored data depends on it")
        }
        var bytes = Random.bytes(length)
        let key = KeyFile(SecretBytes(bytes))
        do throws(FileError) {
            if !Files.exists(Files.parent(path)) { try Files.makeFolder(Files.parent(path), mode: 0o750) }
            try Files.write(path, text: Base64.encode(bytes) + "\n", mode: 0o640)
        } catch {
            throw KeyFileProblem("cannot be written: \(error)")
        }
        bytes = []
        return key
    }

    /// A key of those bytes.
    public init(_ key: SecretBytes) {
        self.key = key
        id = Hex.encode(Array(Digest.sha256.hash(key.reveal()).prefix(4)))
    }

    /// The key as Verification takes it.
    public var credentialKey: CredentialKey { CredentialKey(id: id, key: key) }
}

/// Why a key cannot be used.
public struct KeyFileProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// One line, with the file and what to do.
    public let description: String

    init(_ description: String) { self.description = description }
}
