import Crypto
import JSON
import Platform
import Webhooks

/// The files of an export, and the checks before anything in them is believed.
enum ExportFolder {
    static let manifest = "manifest.json"
    static let index = "index.jsonl"
    /// The hashes of the two, in the form of sha256sum(1).
    static let sums = "SHA256SUMS"
    static let format = "hookledger-events"
    static let version: Int64 = 1
    /// The most bytes of an index: millions of events.
    static let indexLimit = 2 << 30
    /// The most bytes of one request.
    static let requestLimit = 64 << 20

    static func hash(_ bytes: [UInt8]) -> String { Hex.encode(Digest.sha256.hash(bytes)) }

    /// Whether a folder has our manifest.
    static func isOurs(_ folder: String) -> Bool { Files.exists("\(folder)/\(manifest)") }

    /// The events of an export, after all hashes and paths were checked.
    /// - Throws: ``TransferError`` at the first fault.
    static func read(_ folder: String) throws(TransferError) -> [ExportedEvent] {
        let (manifest, index) = (try file(Self.manifest, in: folder), try file(Self.index, in: folder))
        let wanted = [(Self.manifest, manifest), (Self.index, index)].map { "\(hash($0.1))  \($0.0)\n" }.joined()
        guard try file(sums, in: folder) == Array(wanted.utf8) else {
            throw TransferError("\(folder) is damaged: \(sums) does not match \(Self.manifest) and \(Self.index)")
        }
        guard let facts = try? JSONValue(parsing: manifest), facts["format"]?.string == format,
            let count = facts["events"]?.integer
        else { throw TransferError("\(folder)/\(Self.manifest) is not the manifest of exported events") }
        guard facts["version"]?.integer == version else {
            throw TransferError("\(folder)/\(Self.manifest) has another version than \(version): use the newer program")
        }
        var events: [ExportedEvent] = []
        var files: Set<String> = []
        for line in index.split(separator: UInt8(ascii: "\n")) {
            guard let event = (try? JSONValue(parsing: Array(line))).flatMap(ExportedEvent.init) else {
                throw TransferError("line \(events.count + 1) of \(folder)/\(Self.index) is damaged")
            }
            guard files.insert(event.file).inserted else {
                throw TransferError("\(folder)/\(Self.index) names \(event.file) twice")
            }
            events.append(event)
        }
        guard Int64(events.count) == count else {
            throw TransferError("\(folder) is damaged: \(events.count) of \(count) events are in \(Self.index)")
        }
        return events
    }

    /// The request of an event.
    /// - Throws: ``TransferError`` if its file is outside the folder, or is not the one that was exported.
    static func request(of event: ExportedEvent, in folder: String) throws(TransferError) -> RequestText {
        let bytes = try file(event.file, in: folder)
        guard Int64(bytes.count) == event.bytes, hash(bytes) == event.sha256 else {
            throw TransferError("\(folder)/\(event.file) has another hash than \(index) says")
        }
        guard let request = RequestText(bytes) else {
            throw TransferError("\(folder)/\(event.file) is not an HTTP request")
        }
        return request
    }

    private static func file(_ name: String, in folder: String) throws(TransferError) -> [UInt8] {
        let isInside: Bool
        do throws(FileError) {
            // Neither `..` nor a link leads elsewhere.
            isInside = try Files.realPath("\(folder)/\(name)") == Files.realPath(folder) + "/" + name
            if isInside { return try Files.read("\(folder)/\(name)", limit: name == index ? indexLimit : requestLimit) }
        } catch {
            throw TransferError("\(error)")
        }
        throw TransferError("\(folder) names a file outside of it: \(name)")
    }
}
