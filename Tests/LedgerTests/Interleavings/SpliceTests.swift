import Ledger
import Testing

/// A splice whose anchor no longer fits fails, and changes nothing.
@Suite struct SpliceTests {
    private let files = [(name: "functions/a.sql", sql: "one two two"), (name: "functions/b.sql", sql: "one")]

    @Test func anAnchorMustOccurOnce() throws {
        let changed = try Splice.apply([Splice("functions/a.sql", replacing: "one", with: "three")], to: files)
        #expect(changed.map(\.sql) == ["three two two", "one"])
        for anchor in ["two", "four", ""] {
            let error = #expect(throws: Splice.Mismatch.self) {
                try Splice.apply([Splice("functions/a.sql", replacing: anchor, with: "")], to: self.files)
            }
            #expect(error?.description.hasPrefix("functions/a.sql: the anchor occurs") == true)
        }
    }

    @Test func aFileMustBeThere() {
        #expect(throws: Splice.Mismatch.self) {
            try Splice.apply([Splice("functions/c.sql", replacing: "one", with: "")], to: self.files)
        }
    }
}
