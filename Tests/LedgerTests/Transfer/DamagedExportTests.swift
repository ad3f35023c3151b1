import Crypto
import JSON
import Ledger
import LedgerSupport
import Platform
import TestThreads
import Testing
import Webhooks

/// Whatever is wrong with an export ends its import before the first event.
@Suite(.blocking) struct DamagedExportTests {
    private let here: TransferFixture
    private let there: TransferFixture

    init() throws {
        here = try TransferFixture(["tiktok_shop_guide"])
        there = try TransferFixture(["tiktok_shop_guide"])
        for order in 0..<3 {
            try here.tell(
                .init(Guide.body("order_created", order: "\(order)", status: "UNPAID", at: Guide.now.seconds)),
                Guide.provider, at: Int64(order))
        }
    }

    private func refuses(_ folder: String) throws -> String {
        let error = #expect(throws: TransferError.self) { try there.take(folder) }
        #expect(try there.ledger.value("select count(*) from events") == "0")
        return error?.description ?? ""
    }

    /// Writes the index again, with hashes that are right.
    private func forge(_ folder: String, _ change: (inout JSONObject) -> Void) throws {
        var lines = try Files.readText(folder + "/index.jsonl").split(separator: "\n").map(String.init)
        var last = try #require(JSONValue(parsing: Array(lines[2].utf8)).object)
        change(&last)
        lines[2] = JSONValue.object(last).text
        try Files.write(folder + "/index.jsonl", text: lines.joined(separator: "\n") + "\n")
        let sums = try ["manifest.json", "index.jsonl"].map {
            Hex.encode(Digest.sha256.hash(try Files.read("\(folder)/\($0)"))) + "  \($0)\n"
        }
        try Files.write(folder + "/SHA256SUMS", text: sums.joined())
    }

    @Test(arguments: ["manifest.json", "index.jsonl", "SHA256SUMS"])
    func anyChangedByteIsNoticed(_ name: String) throws {
        try withFolder { folder in
            try here.export(to: folder + "/one")
            let path = "\(folder)/one/\(name)"
            let bytes = try Files.read(path)
            for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 40)) {
                var changed = bytes
                changed[place] ^= 1
                try Files.write(path, changed)
                #expect(try refuses(folder + "/one").contains("damaged"))
            }
            try Files.remove(path)
            #expect(try !refuses(folder + "/one").isEmpty)
        }
    }

    @Test func aChangedRequestIsNoticedBeforeTheFirstRow() throws {
        try withFolder { folder in
            try here.export(to: folder + "/one")
            let day = try #require(Files.list(folder + "/one/events").last)
            let name = try #require(Files.list("\(folder)/one/events/\(day)").last)
            let path = "\(folder)/one/events/\(day)/\(name)"
            let bytes = try Files.read(path)
            try Files.write(path, bytes + [0x20])
            #expect(try refuses(folder + "/one").contains("another hash"))
            try Files.remove(path)
            #expect(try refuses(folder + "/one").contains(name))
        }
    }

    @Test func nothingOutsideOfTheFolderIsRead() throws {
        try withFolder { folder in
            try here.export(to: folder + "/one")
            let secret = Array("POST /x HTTP/1.1\r\n\r\n{}".utf8)
            try Files.write(folder + "/outside.http", secret)
            try Files.link(folder + "/one/link.http", to: folder + "/outside.http")
            for path in ["../outside.http", "\(folder)/outside.http", "link.http", "events/../../outside.http"] {
                try forge(folder + "/one") {
                    $0["file"] = .string(path)
                    $0["sha256"] = .string(Hex.encode(Digest.sha256.hash(secret)))
                    $0["bytes"] = .number(JSONNumber(Int64(secret.count)))
                }
                let reason = try refuses(folder + "/one")
                #expect(reason.contains("outside") || reason.contains("resolve"), "\(reason)")
            }
        }
    }

    @Test func theClockOfAnExportIsNeverAheadOfNow() throws {
        try withFolder { folder in
            try here.export(to: folder + "/one")
            try forge(folder + "/one") { $0["received_at"] = "2999-01-01T00:00:00.000000Z" }
            #expect(try there.take(folder + "/one").imported == 3)
            let isPast = "select bool_and(first_received_at <= received_at)::text from events"
            #expect(try there.ledger.value(isPast) == "true")
        }
    }

    @Test func anUnfinishedExportIsNone() throws {
        try withFolder { folder in
            try here.export(to: folder + "/one")
            #expect(throws: TransferError.self) { try here.export(to: folder + "/one") }
            try Files.remove(folder + "/one/manifest.json")
            #expect(try !refuses(folder + "/one").isEmpty)
            #expect(throws: TransferError.self) { try there.take(folder) }
        }
    }

    /// Folders and files are their owner's only.
    @Test func nobodyElseReadsIt() throws {
        try withFolder { folder in
            try here.export(to: folder + "/one")
            #expect(try Files.status(folder + "/one")?.mode == 0o700)
            let day = try #require(Files.list(folder + "/one/events").first)
            #expect(try Files.status("\(folder)/one/events/\(day)")?.mode == 0o700)
            for name in ["manifest.json", "index.jsonl", "SHA256SUMS"] {
                #expect(try Files.status("\(folder)/one/\(name)")?.mode == 0o600)
            }
            for name in try Files.list("\(folder)/one/events/\(day)") {
                #expect(try Files.status("\(folder)/one/events/\(day)/\(name)")?.mode == 0o600)
                #expect(try !Files.readText("\(folder)/one/events/\(day)/\(name)").contains("c2VjcmV0"))
            }
        }
    }
}
