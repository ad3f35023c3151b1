import Postgres
import Testing

/// What the command lines of pg_dump and pg_restore show.
struct ConninfoPartsTests {
    @Test(arguments: [
        "host=/run/postgresql dbname=shop user=me password=s3cret", "postgresql://me:s3cret@db.example/shop",
        "postgresql://me@db.example/shop?password=s3cret", "dbname='a b\\'c' password='s3cret'",
    ]) func noPasswordIsVisible(_ conninfo: String) throws {
        let parts = try ConninfoParts(conninfo)
        #expect(!parts.visible.contains("s3cret") && parts.environment["PGPASSWORD"] == "s3cret")
        #expect(parts.visible.contains("dbname="))
        // It is read as it was meant.
        #expect(try ConninfoParts(parts.visible).visible == parts.visible)
    }

    @Test func quotesStay() throws {
        #expect(try ConninfoParts("dbname='a b\\'c'").visible == "dbname='a b\\'c'")
    }
}
