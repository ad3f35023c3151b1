import ArgumentParser
import JSON
import Jobs
import Ledger
import Postgres

/// `hookledger sources`
struct SourcesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources", abstract: "Decide about the shops of a source.", subcommands: [Shops.self])

    /// `hookledger sources shops`
    struct Shops: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List, accept or refuse the shops that a source has had.",
            discussion: """
                Where a source is for one shop, the jobs of any other one are held: accept lets them run, and those of \
                later events too; refuse ends them.
                """,
            subcommands: [List.self, Accept.self, Refuse.self], defaultSubcommand: List.self)
    }

    /// `hookledger sources shops list`
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the shops of all sources.")

        @OptionGroup var database: OperatorArguments
        @Flag(help: "One JSON object a line.")
        var json = false

        private static let table = TextTable([.init("source"), .init("shop_key", "shop"), .init("state")])

        func run() throws {
            try reportingErrors {
                let rows = try SourceShops.list(on: database.connect())
                Console.show(rows, Self.table, asJSON: json, whenEmpty: "No source has had a shop of its own.")
            }
        }
    }

    /// What both decisions take.
    struct Choice: ParsableArguments {
        @OptionGroup var database: OperatorArguments

        @Argument(help: "The source's name.")
        var source: String

        @Argument(help: "The shop, as `hookledger sources shops` lists it.")
        var shop: String

        @Option(help: "Why, for the operator log.")
        var reason: String?

        @Flag(help: "One JSON object.")
        var json = false

        func decide(isListed: Bool) throws {
            let connection = try database.connect()
            let (source, shop, reason) = (source, shop, reason)
            let count = try connection.transaction { () throws(PostgresError) in
                let count = try HeldJobs.decide(shop: shop, of: source, isListed: isListed, on: connection)
                if let count {
                    try OperatorLog.write(
                        actor: Actor.name, action: isListed ? "shop.accept" : "shop.refuse",
                        subject: "shop:\(source):\(shop)", reason: reason,
                        details: ["jobs": .number(JSONNumber(count))], on: connection)
                }
                return count
            }
            guard let count else { throw NotFound("\(source) has never had the shop \(shop)") }
            let shown: JSONValue = [
                "source": .string(source), "shop": .string(shop), "state": isListed ? "listed" : "refused",
                "jobs": .number(JSONNumber(count)),
            ]
            let jobs = Plural.text(Int(count), "held job")
            let end = isListed ? "\(jobs) released" : "\(jobs) ended"
            Console.say(json ? shown.text : "\(shop) is \(isListed ? "listed" : "refused"); \(end).")
        }
    }

    /// `hookledger sources shops accept`
    struct Accept: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List a shop, and release the jobs held for it.")
        @OptionGroup var choice: Choice
        func run() throws { try reportingErrors { try choice.decide(isListed: true) } }
    }

    /// `hookledger sources shops refuse`
    struct Refuse: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Refuse a shop, and end the jobs held for it.")
        @OptionGroup var choice: Choice
        func run() throws { try reportingErrors { try choice.decide(isListed: false) } }
    }
}
