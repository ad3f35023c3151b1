import Postgres
import TestThreads
import Testing

@Suite(.blocking) struct ScalarTests {
    @Test func everyTypeComesBackAsItWasSent() throws {
        let connection = try connect()
        let row = try connection.query(
            """
            SELECT $1::text AS t, $2::bytea AS b, $3::bigint AS i, $4::integer AS n, $5::boolean AS yes,
                   $6::numeric AS amount, $7::jsonb AS j, $8::timestamptz AS at, $9::double precision AS d,
                   $10::interval AS span
            """,
            [
                .text("Grüße \"'\\ 🧵"), .bytes([0, 1, 92, 255, 0]), .bigint(.min), .integer(-7), .boolean(true),
                .numeric("12345678901234567890.10"), .jsonb(#"{"a": [1, null]}"#), .timestamp(1_709_251_199_000_001),
                .double(0.1), .interval(90_000_001),
            ]
        ).only()
        #expect(try row.text("t") == "Grüße \"'\\ 🧵")
        #expect(try row.bytes("b") == [0, 1, 92, 255, 0])
        #expect(try row.bigint("i") == .min)
        #expect(try row.int("n") == -7)
        #expect(try row.bool("yes"))
        #expect(try row.text("amount") == "12345678901234567890.10")
        #expect(try row.text("j") == #"{"a": [1, null]}"#)
        #expect(try row.timestamp("at") == 1_709_251_199_000_001)
        #expect(try row.text("at") == "2024-02-29 23:59:59.000001+00")
        #expect(try row.double("d") == 0.1)
        #expect(try row.text(9) == "00:01:30.000001")
    }

    @Test func theBinaryFormatSaysTheSame() throws {
        let connection = try connect()
        try connection.prepare(
            "binary",
            """
            SELECT $1::text, $2::bytea, $3::bigint, (-7)::integer, (-3)::smallint, 4000000000::oid, true, false,
                '{"a": [1, null]}'::jsonb, '[1]'::json, $4::timestamptz, 'infinity'::timestamptz, '-infinity'::timestamptz,
                0.1::double precision, 0.5::real, null::bigint, null::text, 1.5::numeric
            """)
        let values: [Parameter] = [
            .text("Grüße 🧵"), .bytes([0, 1, 92, 255, 0]), .bigint(.min), .timestamp(-1_709_251_199_000_001),
        ]
        for format in [ResultFormat.text, .binary] {
            let row = try connection.queryPrepared("binary", values, format: format).only()
            var cells = row.cells
            let (text, bytes, smallest) = (try cells.text(), try cells.optionalBytes(), try cells.bigint())
            #expect(text == "Grüße 🧵" && bytes == [0, 1, 92, 255, 0] && smallest == .min)
            let numbers = [try cells.bigint(), try cells.bigint(), try cells.bigint()]
            #expect(numbers == [-7, -3, 4_000_000_000])
            let truths = [try cells.bool(), try cells.bool()]
            #expect(truths == [true, false])
            let texts = [try cells.text(), try cells.text()]
            #expect(texts == [#"{"a": [1, null]}"#, "[1]"])
            let times = [try cells.timestamp(), try cells.timestamp(), try cells.timestamp()]
            #expect(times == [-1_709_251_199_000_001, .max, .min])
            let fractions = [try row.double(13), try row.double(14)]
            #expect(fractions == [0.1, 0.5])
            #expect(try row.isNull(15))
            #expect(try row.isNull(16))
            // A type that is not read in binary is an error, not a wrong value; so is a column of another type.
            #expect((try? row.text(17)) == (format == .text ? "1.5" : nil))
            #expect((try? row.bigint(0)) == nil && (try? row.text(1)) == nil && (try? row.bigint(18)) == nil)
        }
    }

    @Test(arguments: ["0", "-1", "9223372036854775807", "-9223372036854775808"])
    func aWholeNumberIsReadInFull(_ text: String) throws {
        #expect(try connect().query("SELECT '\(text)'::bigint").only().bigint(0) == Int64(text))
    }

    @Test func nullIsNullInEveryType() throws {
        let nulls: [Parameter] = [
            .text(nil), .bytes(nil), .bigint(nil), .integer(nil), .boolean(nil), .numeric(nil), .jsonb(nil),
            .timestamp(nil), .double(nil), .interval(nil),
        ]
        let row = try connect().query(
            """
            SELECT $1::text, $2::bytea, $3::bigint, $4::integer, $5::boolean, $6::numeric, $7::jsonb, $8::timestamptz,
                   $9::double precision, $10::interval
            """, nulls
        ).only()
        for column in nulls.indices { #expect(try row.isNull(column)) }
        #expect(try row.optionalText(0) == nil)
        #expect(try row.optionalBytes(1) == nil)
        #expect(try row.optionalBigint(2) == nil)
        #expect(try row.optionalBool(4) == nil)
        #expect(try row.optionalTimestamp(7) == nil)
    }

    @Test func emptyIsNotNull() throws {
        let row = try connect().query("SELECT $1::text, $2::bytea", [.text(""), .bytes([])]).only()
        #expect(try row.optionalText(0) == "")
        #expect(try row.optionalBytes(1) == [])
    }

    @Test func aTextParameterTakesTheTypeThatIsAskedFor() throws {
        let rows = try connect().query(
            "SELECT 1 WHERE 5::bigint = $1 AND 'd9428888-122b-11e1-b85c-61cd3cbb3210'::uuid = $2",
            [.text("5"), .text("d9428888-122b-11e1-b85c-61cd3cbb3210")])
        #expect(rows.count == 1)
    }

    @Test(arguments: [
        (0, "1970-01-01 00:00:00+00"), (-1, "1969-12-31 23:59:59.999999+00"),
        (-62_135_596_800_000_000, "0001-01-01 00:00:00+00"),
        (-62_135_596_800_000_001, "0001-12-31 23:59:59.999999+00 BC"),
        (951_782_400_000_000, "2000-02-29 00:00:00+00"), (4_107_542_400_000_000, "2100-03-01 00:00:00+00"),
        (253_402_300_800_000_000, "10000-01-01 00:00:00+00"), (Int64.max, "infinity"), (Int64.min, "-infinity"),
        (-210_866_803_200_000_000, "4714-11-24 00:00:00+00 BC"),
        (9_223_372_036_854_775_806, "294247-01-10 04:00:54.775806+00"),
    ])
    func timesAgreeWithTheServer(microseconds: Int64, text: String) throws {
        let connection = try connect()
        let row = try connection.query(
            "SELECT $1::timestamptz, ($2::timestamptz[])[1], $3::text::timestamptz",
            [.timestamp(microseconds), .timestamps([microseconds]), .text(text)]
        ).only()
        for column in 0..<3 {
            #expect(try row.text(column) == text)
            #expect(try row.timestamp(column) == microseconds)
        }
    }

    @Test func timesAreReadInAnyTimeZone() throws {
        let connection = try connect()
        for zone in ["Asia/Kolkata", "America/St_Johns", "Africa/Monrovia"] {
            try connection.execute("SET TimeZone = '\(zone)'")
            for microseconds in [Int64(1_709_251_199_000_001), -2_000_000_000_000_000, -60_000_000_000_000_000] {
                let row = try connection.query("SELECT $1::timestamptz", [.timestamp(microseconds)]).only()
                #expect(try row.timestamp(0) == microseconds)
            }
        }
    }

    @Test func aTimeBeforeThoseOfPostgresIsADataError() throws {
        let connection = try connect()
        let early = Int64(-210_866_803_200_000_001)
        for parameter in [Parameter.timestamp(early), .timestamps([early])] {
            let error = try failure { try connection.query("SELECT $1", [parameter]) }
            #expect(error.state == .datetimeFieldOverflow)
            #expect(error.state?.isDataError == true)
        }
        #expect(connection.isUsable)
    }
}
