import JSON
import JobsSupport
import Ledger
import LedgerSupport
import LocalStack
import Platform
import Postgres
import Testing

/// What people do with cells, to its end.
extension CellScopeTests {
    @Test func commentsAreDecidedInTheCellOfTheirSource() throws {
        for (place, source) in CellStand.sources.enumerated() {
            let fields: JSONValue = ["text": "Hm", "video_id": "v1", "deleted": false]
            for number in 1...2 {
                try stand.record(
                    Filling.recordable(
                        "comment", "\(source)-c\(number)", fields, source: source, type: "comment.created"))
            }
            _ = try stand.connect(stand.cells[place]).query(
                "update comments set moderation = 'review', moderated_at = now() where source = $1", [.text(source)])
        }
        let waiting = try run("comments", "list", "--json")
        #expect(waiting.succeeded, "\(waiting.errorText)")
        #expect(waiting.text.split(separator: "\n").count == 4, "\(waiting.text)")
        #expect(try run("comments", "list", "--source", "other", "--json").text.split(separator: "\n").count == 2)

        let allowed = try run("comments", "allow", "other-c1", "--source", "other", "--reason", "is fine")
        #expect(allowed.succeeded && allowed.text.contains("other-c1: allowed"), "\(allowed.text)\(allowed.errorText)")
        #expect(allowed.errorText.contains("== \(stand.cells[1])"))
        let deleted = try run("comments", "delete", "shop-c1", "--source", "shop")
        #expect(deleted.succeeded && deleted.text.contains("will be deleted"), "\(deleted.text)\(deleted.errorText)")
        #expect(try cells(where: "select from jobs where action like 'moderate%'") == [true, false])
        #expect(try cells(where: "select from comments where moderation = 'allow'") == [false, true])
        // That of another source is not found, and nothing happens to it.
        #expect(try run("comments", "allow", "shop-c2", "--source", "other").status == .exited(1))
        let left = try run("comments", "list", "--json").text
        #expect(left.contains("other-c2") && left.contains("shop-c2") && !left.contains("other-c1"), "\(left)")
        #expect(
            try stand.value("select count(*) from operator_actions where action like 'comment.%'", in: stand.router)
                == "2")
    }

    @Test func aRestoreNamesItsCell() throws {
        let unnamed = try run("restore", stand.folder + "/backup", "--database", "dbname=x")
        #expect(
            unnamed.status == .exited(2) && unnamed.errorText.contains("HOOKLEDGER_CELL=NAME"),
            "\(unnamed.errorText)")
        let held = try run("restore", "--hold", "--reason", "a test")
        #expect(held.succeeded, "\(held.errorText)")
        #expect(try cells(where: "select from restores where released_at is null") == [true, true])
        let released = try run("restore", "--release")
        #expect(released.succeeded, "\(released.errorText)")
        for cell in stand.cells { #expect(released.errorText.contains("== \(cell)")) }
        #expect(try cells(where: "select from restores where released_at is null") == [false, false])
    }
}
