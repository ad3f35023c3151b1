public import JSON
public import Platform
public import Settings
import Verification
import Webhooks

/// Deliveries in aside/ and later/ of the spool that mention a person: no table has them.
public struct SpoolAside: Sendable {
    private let matcher: PersonMatcher
    private let person: Person
    private let folders: [String]
    private let key: CredentialKey?

    /// - Parameters: - folder: that of the spool; nil when there is none. - key: the spool's key, in a file; nil where
    ///   there is none: then a file that quotes the person is removed as a whole.
    public init(of person: Person, folder: String?, key: KeyFile?) {
        self.key = key?.credentialKey
        self.person = person
        folders = folder.map { [$0 + "/" + Spool.aside, $0 + "/" + Spool.later] } ?? []
        matcher = PersonMatcher(person)
    }

    /// The person's deliveries, for a copy; of other people's that mention the person only the request ids.
    public func json() throws(FileError) -> [JSONValue] {
        var found: [JSONValue] = []
        for file in try files() {
            for delivery in file.own {
                found.append([
                    "file": .string(file.name), "request_id": .string(delivery.delivery.requestID),
                    "body": .string(String(decoding: delivery.delivery.body, as: UTF8.self)),
                ])
            }
            for delivery in file.quoting {
                found.append(["file": .string(file.name), "mentioned_in": .string(delivery.delivery.requestID)])
            }
            if file.isTorn { found.append(["file": .string(file.name), "unreadable": true]) }
        }
        return found
    }

    /// Removes the person's deliveries from their files, and the person's values from other deliveries; an empty file
    /// is removed.
    /// - Returns: how many deliveries there were.
    public func redact() throws(FileError) -> Int {
        var count = 0
        for file in try files() {
            count += max(1, file.own.count + file.quoting.count)
            if file.left.isEmpty {
                try Files.remove(file.path)
            } else {
                let mode = try Files.status(file.path)?.mode ?? 0o640
                try Files.write(
                    file.path, key.map { SpoolSegment.bytes(file.left, key: $0) } ?? [], mode: mode & 0o777)
            }
        }
        return count
    }

    /// A file with something of the person in it.
    private struct Aside {
        let name: String
        let path: String
        let own: [SpooledDelivery]
        let quoting: [SpooledDelivery]
        /// What stays of it.
        let left: [SpooledDelivery]
        /// A file that quotes the person and cannot be read as deliveries can only be removed as a whole.
        let isTorn: Bool
    }

    private func files() throws(FileError) -> [Aside] {
        var found: [Aside] = []
        for path in try paths() {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            let bytes = try Files.read(path, limit: Spool.standardLimit)
            let segment = key.map { SpoolSegment.read(bytes, key: $0) } ?? (deliveries: [], fault: "no key")
            var (own, quoting, left): ([SpooledDelivery], [SpooledDelivery], [SpooledDelivery]) = ([], [], [])
            for delivery in segment.deliveries {
                switch part(of: delivery) {
                case .all: own.append(delivery)
                case .some:
                    quoting.append(delivery)
                    left.append(cleaned(delivery))
                case nil: left.append(delivery)
                }
            }
            let isTorn = segment.fault != nil && matcher.isQuoted(in: String(decoding: bytes, as: UTF8.self))
            if isTorn { left = [] }
            if !own.isEmpty || !quoting.isEmpty || isTorn {
                found.append(
                    Aside(name: name, path: path, own: own, quoting: quoting, left: left, isTorn: isTorn))
            }
        }
        return found
    }

    private func paths() throws(FileError) -> [String] {
        var paths: [String] = []
        for folder in folders where Files.exists(folder) {
            paths += try Files.list(folder).map { folder + "/" + $0 }
        }
        return paths
    }

    /// - Returns: nil when nothing of it is the person's.
    private func part(of delivery: SpooledDelivery) -> PersonSearch.Share? {
        guard person.source == nil || person.source == delivery.source else { return nil }
        let body = delivery.delivery.body
        // No row names the owner: the header does, unless the signed body names another shop.
        let shop = delivery.delivery.headers["x-shopify-shop-domain"]?.lowercased()
        if let asking = person.shop ?? person.askingShop {
            if ShopNames.contradict(body, shop: asking) { return nil }
            if person.shop != nil { return shop == asking.lowercased() ? .all : nil }
            if let shop, shop != asking.lowercased() { return nil }
        }
        let sharesIDs = person.sharesIDs(with: delivery.provider)
        if sharesIDs, let value = try? JSONValue(parsing: body) {
            let ids = ["id", "order_id"].compactMap { (value[$0] ?? value["data"]?[$0])?.identifier }
            if ids.contains(where: person.orderIDs.contains) { return .all }
        }
        let judgement = matcher.judge(body, idsCount: sharesIDs)
        if judgement.isOwn { return .all }
        return judgement.isAny ? .quotation : nil
    }

    /// Only the person's values are removed; it stays for inspection, and cannot be verified again.
    private func cleaned(_ delivery: SpooledDelivery) -> SpooledDelivery {
        var clean = delivery.delivery
        clean.body = matcher.scrubbed(body: clean.body) ?? clean.body
        return SpooledDelivery(
            source: delivery.source, provider: delivery.provider, delivery: clean, credential: delivery.credential)
    }
}
