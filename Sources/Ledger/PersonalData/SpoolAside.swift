public import JSON
public import Platform
public import Settings
import Verification
import Webhooks

/// What was set aside of the spool and says something of a person: deliveries that no table has.
public struct SpoolAside: Sendable {
    private let matcher: PersonMatcher
    private let person: Person
    private let folder: String?
    private let key: CredentialKey?

    /// - Parameters:
    ///   - folder: that of the spool; nil when there is none.
    ///   - key: the spool's key, in a file; nil where there is none: then a file that quotes the person goes as a whole.
    public init(of person: Person, folder: String?, key: KeyFile?) {
        self.key = key?.credentialKey
        self.person = person
        self.folder = folder.map { $0 + "/" + Spool.aside }
        matcher = PersonMatcher(person)
    }

    /// The deliveries, for a copy.
    public func json() throws(FileError) -> [JSONValue] {
        var found: [JSONValue] = []
        for file in try files() {
            for delivery in file.own {
                found.append([
                    "file": .string(file.name), "request_id": .string(delivery.delivery.requestID),
                    "body": .string(String(decoding: delivery.delivery.body, as: UTF8.self)),
                ])
            }
        }
        return found
    }

    /// Takes them out of their files; a file of which nothing is left is removed.
    /// - Returns: how many there were.
    public func redact() throws(FileError) -> Int {
        var count = 0
        for file in try files() {
            count += max(1, file.own.count)
            if file.others.isEmpty {
                try Files.remove(file.path)
            } else {
                let mode = try Files.status(file.path)?.mode ?? 0o600
                try Files.write(
                    file.path, key.map { SpoolSegment.bytes(file.others, key: $0) } ?? [], mode: mode & 0o777)
            }
        }
        return count
    }

    /// A file with something of the person in it.
    private struct Aside {
        let name: String
        let path: String
        let own: [SpooledDelivery]
        let others: [SpooledDelivery]
    }

    private func files() throws(FileError) -> [Aside] {
        guard let folder, Files.exists(folder) else { return [] }
        var found: [Aside] = []
        for name in try Files.list(folder) {
            let path = folder + "/" + name
            let bytes = try Files.read(path, limit: Spool.standardLimit)
            let segment = key.map { SpoolSegment.read(bytes, key: $0) } ?? (deliveries: [], fault: "no key")
            let own = segment.deliveries.filter(isOwn)
            let others = segment.deliveries.filter { !isOwn($0) }
            // What cannot be read as deliveries any more can only go as a whole.
            let isTorn = segment.fault != nil && matcher.isQuoted(in: String(decoding: bytes, as: UTF8.self))
            if !own.isEmpty || isTorn {
                found.append(Aside(name: name, path: path, own: own, others: isTorn ? [] : others))
            }
        }
        return found
    }

    private func isOwn(_ delivery: SpooledDelivery) -> Bool {
        guard person.source == nil || person.source == delivery.source else { return false }
        return matcher.judge(delivery.delivery.body, idsCount: person.sharesIDs(with: delivery.provider)).isAny
    }
}
