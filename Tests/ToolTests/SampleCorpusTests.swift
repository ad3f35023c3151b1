import JSON
import LocalStack
import Platform
import StackSuite
import Testing

/// Every sample, signed and sent through nginx, against the table beside the samples: what the event says, and what the
/// row of its record holds (money, items, times, stage). `make corpus` runs it with the test that reads them unsent.
@Suite(
    .serialized,
    .stack { options in
        try TestStack.useRealPrograms(&options)
        // The rows are to be what the deliveries said, not what an action has fetched since.
        options.programs.batch = nil
    })
struct SampleCorpusTests: StackUser {
    let stack: LocalStack
    private let samples: String

    init() throws {
        stack = try TestStack.ofSuite()
        samples = try Executable.share(of: Executable.folder()) + "/samples"
    }

    /// The sources that several providers share, and the providers that take another's samples.
    private static let sources = SendTests.sources.merging(["custom": "api_key"]) { $1 }

    /// Their time is in a header that is made when they are signed.
    private static let timedByHeader: Set = ["twitch", "custom", "standard_webhooks", "etsy"]

    private func types(of provider: String) throws -> [String] {
        try Files.list("\(samples)/\(provider)").sorted().flatMap { name -> [String] in
            if name.hasSuffix(".json") { return [String(name.dropLast(5))] }
            return try Files.list("\(samples)/\(provider)/\(name)").sorted().map { "\(name)/\($0.dropLast(5))" }
        }
    }

    /// The sample's text with the values that the tables know, but for ids: each sample has its own, so that its record
    /// is what it alone has said.
    private static func filled(_ text: String, _ number: Int) -> String {
        [
            (#""{number}""#, id(number)), (#""{seconds}""#, "1735380000"), (#""{milliseconds}""#, "1735380000000"),
            ("{seconds}", "1735380000"), ("{milliseconds}", "1735380000000"), ("{rfc3339}", "2024-12-28T10:00:00Z"),
            ("{gmt}", "2024-12-28T10:00:00"), ("{number}", id(number)), ("{digits}", id(number)),
            ("{id}", token(number)),
        ].reduce(text) { $0.replacing($1.0, with: $1.1) }
    }

    private static func id(_ number: Int) -> String { String(2_000_000_000_001_001 + number) }
    private static func token(_ number: Int) -> String { String(0x5eed_5eed_0000_0000 + number, radix: 16) }

    private static func expectation(_ table: String, _ number: Int) throws -> JSONObject {
        let text = table.replacing("1000000000001001", with: id(number)).replacing(
            "5eed5eed5eed5eed", with: token(number))
        return try #require(try JSONValue(parsing: Array(text.utf8)).object)
    }

    @Test func everySampleIsKeptAsItsTableSays() throws {
        let folder = stack.folder.path + "/corpus"
        var (number, events, records) = (0, 0, 0)
        for provider in try Files.list(samples).sorted() where provider != "expected" && !provider.hasSuffix(".md") {
            let table = try Files.readText("\(samples)/expected/\(provider).json")
            for type in try types(of: provider) {
                number += 1
                let expected = try #require(try Self.expectation(table, number)[type]?.object, "\(provider) \(type)")
                let place = "\(folder)/\(provider)/\(type).json"
                try Files.makeFolder(Files.parent(place))
                let text = try Files.readText("\(samples)/\(provider)/\(type).json")
                try Files.write(place, text: Self.filled(text, number), mode: 0o644)
                if provider == "custom" { try copy(place, to: "\(folder)/api_key/\(type).json") }
                let before = try books.count("select coalesce(max(id), 0) from events")
                let name = provider == "custom" ? "api_key" : provider
                let sent = try StackTool(stack).run([
                    "send", Self.sources[provider] ?? provider, "--provider", name, "--type", type, "--samples", folder,
                ])
                #expect(sent.succeeded, "\(provider) \(type): \(sent.text) \(sent.errorText)")
                if expected["handshake"] == true {
                    #expect(try books.count("select count(*) from events where id > \(before)") == 0)
                    continue
                }
                try compare(expected, after: before, provider, type)
                events += 1
                let isHeld = expected["timing"] == "deletion"
                for record in expected["records"]?.array ?? [] where !isHeld {
                    records += try compare(record, Self.id(number), "\(provider) \(type)")
                }
            }
        }
        print("corpus: \(number) samples sent, \(events) events and \(records) records as their tables say")
        #expect(events > 120 && records > 45)
        #expect(try books.count("select count(*) from refusals") == 0)
    }

    private func copy(_ file: String, to other: String) throws {
        try Files.makeFolder(Files.parent(other))
        try Files.write(other, text: Files.readText(file), mode: 0o644)
    }

    private func compare(_ expected: JSONObject, after before: Int, _ provider: String, _ type: String) throws {
        let row = try #require(
            try books.lines(
                """
                select jsonb_strip_nulls(jsonb_build_object('type', type, 'provider_type', provider_type, 'subject', subject,
                    'at', to_char(occurred_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'claimed', claimed_type,
                    'reason', reason, 'unread', unread, 'shop_key', nullif(shop_key, '')))
                from events where id > \(before) order by id limit 1
                """
            ).first, "\(provider) \(type) made no event")
        let kept = try #require(try JSONValue(parsing: Array(row.utf8)).object)
        for key in ["type", "subject", "at", "claimed", "reason", "unread", "shop_key"] {
            if key == "at", Self.timedByHeader.contains(provider) { continue }
            #expect(kept[key] == expected[key], "\(provider) \(type): \(key)")
        }
        #expect(kept["provider_type"] == expected["provider_type"] ?? expected["type"], "\(provider) \(type)")
    }

    /// - Returns: how many rows were compared: those whose id is this sample's own.
    private func compare(_ record: JSONValue, _ id: String, _ note: String) throws -> Int {
        for kind in ["order", "product", "customer", "comment"] where record[kind]?.string == id {
            let row = try #require(
                try books.lines(
                    """
                    select jsonb_build_object('fields', \(kind)_data, 'extra', coalesce((select string_agg(k, ' '
                        order by k collate "C") from jsonb_object_keys(extra) as k), ''))
                    from \(kind)s where \(kind)_id = '\(id)'
                    """
                ).first, "\(note): no row")
            let kept = try JSONValue(parsing: Array(row.utf8))
            // As Postgres writes it, so that the order of members makes no difference.
            let fields = try books.lines("select '\(record["fields"]?.text.replacing("'", with: "''") ?? "")'::jsonb")
            #expect(
                kept["fields"]?.text == fields.first.flatMap { try? JSONValue(parsing: Array($0.utf8)).text }, "\(note)"
            )
            #expect(kept["extra"]?.string == record["extra"]?.string ?? "", "\(note)")
            return 1
        }
        return 0
    }
}
