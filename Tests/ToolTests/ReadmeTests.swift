import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

/// The README's commands and the queries of docs/psql.md, run as written.
@Suite(.serialized, .stack { try TestStack.useRealPrograms(&$0) }) struct ReadmeTests: StackUser {
    let stack: LocalStack
    private let folder: String

    init() throws {
        stack = try TestStack.ofSuite()
        folder = try Executable.share(of: Executable.folder())
    }

    /// The blocks of a language in a section of a document.
    private func blocks(_ language: String, in section: String, of document: String) throws -> [String] {
        let whole = try Files.readText("\(folder)/\(document)")
        let start = try #require(whole.firstRange(of: "## \(section)\n"))
        let text = whole[start.upperBound...]
        let body = text.firstRange(of: "\n## ").map { text[..<$0.lowerBound] } ?? text
        return body.split(separator: "```").filter { $0.hasPrefix(language + "\n") }
            .map { String($0.dropFirst(language.count + 1)) }
    }

    /// What a new user types: an order, its event, a replay. `make up` and `make down` are the stack of the suite.
    private func firstSteps() throws -> ChildOutput {
        let lines = try blocks("sh", in: "Try it", of: "README.md").joined(separator: "\n").split(separator: "\n")
            .map { $0.hasPrefix("make up && ") ? ". \"$1\"" : String($0) }.filter { !$0.hasPrefix("make ") }
        let script = "set -e\n" + lines.joined(separator: "\n")
        return try ChildProcess.run(ChildCommand(["/bin/sh", "-uc", script, "sh", stack.folder.environment]))
    }

    @Test func fromCloneToAReplayedEvent() throws {
        let output = try firstSteps()
        #expect(output.succeeded, "\(output.text)\n\(output.errorText)")
        #expect(output.text.contains("accepted: the signature is right"))
        #expect(output.text.contains("would be replayed") && output.text.contains("replayed as event"))
        #expect(output.text.contains("status from AWAITING_SHIPMENT to CANCELLED"))
        #expect(
            try books.lines("select status from orders where source = 'tiktok-shop' and order_id = '1001'") == [
                "CANCELLED"
            ])
        #expect(try books.lines("select reason from operator_log where action = 'replay'").contains("trying it out"))
    }

    @Test func theTenQueriesAnswerWhatTheyAreAskedFor() async throws {
        let first = try firstSteps()
        #expect(first.succeeded, "\(first.errorText)")
        let shop = try Shop(stack)
        let twice = ShopDelivery.guide("twice", "UNPAID", at: Shop.now, amount: "5.00")
        for _ in 0..<2 { try #require(try shop.send(twice).status == 200) }
        try #require(try shop.post("{}", [("x-tiktok-shop-signature", "00")]).status == 401)
        try #require(
            try await books.eventually(
                "select count(*) from metrics where name = 'hookledger_duplicates_total'", are: ["1"]))
        try #require(try await books.eventually("select count(*) > 0 from refusals", are: ["t"]))
        let text = try #require(try blocks("sql", in: "Ten questions", of: "docs/psql.md").first)
        let queries = text.split(separator: ";\n").map(String.init).filter { $0.contains("select") }
        #expect(queries.count == 10)
        let reader = Psql(conninfo: stack.state.reader)
        for (number, query) in queries.enumerated() {
            #expect(query.contains("-- \(number + 1). "))
            let lines = try reader.lines(query)
            // Nothing is dead, and once its jobs are done nothing is open.
            if ![1, 8].contains(number + 1) { #expect(!lines.isEmpty, "\(query)") }
        }
        #expect(try reader.lines(queries[8]).contains { $0.hasPrefix("tiktok-shop|") && !$0.contains("|0|") })
    }

    /// The other statements of the five guides; the queries of the TikTok Shop guide have a suite of their own.
    @Test(arguments: [
        "CREATE DATABASE tiktok_orders;",
        "SELECT * FROM orders ORDER BY created_at DESC LIMIT 10;",
        "SELECT * FROM webhook_logs ORDER BY created_at DESC LIMIT 10;",
    ]) func theStatementsOfTheOrderGuideRun(_ statement: String) throws {
        let output = try Psql(conninfo: stack.state.database).run(statement)
        #expect(output.succeeded, "\(output.errorText)")
    }
}
