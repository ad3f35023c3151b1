import Postgres
import TestThreads
import Testing

@Suite(.blocking) struct ArrayTests {
    static let awkward: [String?] = [
        "", nil, "NULL", "null", "a,b", "{}", "\"quoted\"", "back\\slash", " spaces ", "Ünï 🧶\u{200D}",
        "line\nfeed\ttab",
        "'single'",
    ]

    @Test func textsKeepEveryCharacter() throws {
        let rows = try connect().query(
            "SELECT t FROM unnest($1::text[]) WITH ORDINALITY u(t, n) ORDER BY n", [.texts(Self.awkward)])
        #expect(try rows.map { try $0.optionalText(0) } == Self.awkward)
    }

    @Test func jsonbsKeepEveryCharacter() throws {
        let values = Self.awkward.map { $0.map { text in "[\"" + text.flatMap(Self.escape) + "\"]" } }
        let rows = try connect().query(
            "SELECT j ->> 0 FROM unnest($1::jsonb[]) WITH ORDINALITY u(j, n) ORDER BY n", [.jsonbs(values)])
        #expect(try rows.map { try $0.optionalText(0) } == Self.awkward)
    }

    private static func escape(_ character: Character) -> String {
        switch character {
        case "\"", "\\": "\\\(character)"
        case "\n": "\\n"
        case "\t": "\\t"
        default: String(character)
        }
    }

    @Test func everyArrayTypeWithNullsRoundTrips() throws {
        let connection = try connect()
        let bytes: [[UInt8]?] = [[], nil, [0], [92, 120, 255]]
        let rows = try connection.query(
            "SELECT b FROM unnest($1::bytea[]) WITH ORDINALITY u(b, n) ORDER BY n", [.bytesArray(bytes)])
        #expect(try rows.map { try $0.optionalBytes(0) } == bytes)

        let row = try connection.query(
            "SELECT $1::bigint[]::text, $2::integer[]::text, $3::smallint[]::text, $4::boolean[]::text, $5::numeric[]::text, $6::timestamptz[]::text, $7::interval[]::text",
            [
                .bigints([.max, nil, .min]), .integers([1, nil, -1]), .smallints([.max, nil, .min]),
                .booleans([true, nil, false]), .numerics(["0.10", nil, "-1e3"]), .timestamps([0, nil, -1]),
                .intervals([1_500_000, nil, -1]),
            ]
        ).only()
        #expect(try row.text(0) == "{9223372036854775807,NULL,-9223372036854775808}")
        #expect(try row.text(1) == "{1,NULL,-1}")
        #expect(try row.text(2) == "{32767,NULL,-32768}")
        #expect(try row.text(3) == "{t,NULL,f}")
        #expect(try row.text(4) == "{0.10,NULL,-1000}")
        #expect(try row.text(5) == #"{"1970-01-01 00:00:00+00",NULL,"1969-12-31 23:59:59.999999+00"}"#)
        #expect(try row.text(6) == "{00:00:01.5,NULL,-00:00:00.000001}")
    }

    @Test func emptyArraysAreEmpty() throws {
        let row = try connect().query(
            "SELECT cardinality($1::text[]), cardinality($2::bytea[]), cardinality($3::bigint[]), cardinality($4::numeric[]), cardinality($5::jsonb[])",
            [.texts([]), .bytesArray([]), .bigints([]), .numerics([]), .jsonbs([])]
        ).only()
        for column in 0..<5 { #expect(try row.int(column) == 0) }
    }

    @Test func tenThousandElementsInEveryArrayOfOneStatement() throws {
        let connection = try connect()
        let numbers = (0..<10_000).map { Int64($0) }
        try connection.prepare(
            "many",
            "SELECT t, i, b, at FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::timestamptz[]) AS u(t, i, b, at)"
        )
        let rows = try connection.queryPrepared(
            "many",
            [
                .texts(numbers.map { "row \($0)" }), .bigints(numbers),
                .bytesArray(numbers.map { [UInt8](repeating: UInt8(truncatingIfNeeded: $0), count: Int($0 % 50)) }),
                .timestamps(numbers.map { $0 * 1_000_003 }),
            ])
        #expect(rows.count == 10_000)
        for (index, row) in rows.enumerated() {
            let number = Int64(index)
            guard try row.text("t") == "row \(number)", try row.bigint("i") == number,
                try row.bytes("b") == [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: index % 50),
                try row.timestamp("at") == number * 1_000_003
            else {
                Issue.record("row \(index) differs")
                return
            }
        }
    }

    @Test func aLargeValueTravelsBothWays() throws {
        let body = (0..<8_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let row = try connect().query("SELECT $1::bytea, length($1::bytea)", [.bytes(body)]).only()
        #expect(try row.int(1) == body.count)
        #expect(try row.bytes(0) == body)
    }
}
