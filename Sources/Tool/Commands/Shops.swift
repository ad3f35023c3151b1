import ArgumentParser
import JSON
import Ledger
import Postgres

/// `hookledger shops`
struct Shops: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the shops of each source, and accept or refuse them.",
        discussion: """
            If ids are unique per shop only, an order belongs to the shop in its signed content. Jobs of a \
            shop that is not listed are held until it is accepted or refused.
            """,
        subcommands: [ShopsList.self, ShopsAccept.self, ShopsRefuse.self], defaultSubcommand: ShopsList.self)
}

/// `hookledger shops list`
struct ShopsList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the shops of each source.")

    @OptionGroup var database: OperatorArguments
    @OptionGroup var layout: TableArguments
    @Flag(help: "One JSON object a line.")
    var json = false

    private static let table = TextTable([
        .init("source"), .init("shop_key", "shop"), .init("state"), .init("changed_at", "since"),
        .init("changed_by", "by"),
    ])

    func run() throws {
        try reportingErrors {
            let rows = try database.connect().jsonObjects(
                CommandsSQL.shops,
                [])
            Console.show(rows, Self.table, layout.shape, asJSON: json, whenEmpty: "No event has named a shop yet.")
        }
    }
}

/// The common part of `accept` and `refuse`.
struct ShopDecision: ParsableArguments {
    @OptionGroup var database: OperatorArguments
    @Argument(help: "The source.")
    var source: String
    @Argument(help: "The shop, as in the list.")
    var shop: String
    @Option(help: "Why, for the operator log.")
    var reason: String?
    @Flag(help: "One JSON object.")
    var json = false

    func decide(_ state: String) throws {
        try reportingErrors {
            let row = try database.connect().query(
                "select before, jobs from hookledger.decide_shop($1::text, $2::text, $3::text, $4::text, $5::text)",
                [.text(source), .text(shop), .text(state), .text(Actor.name), .text(reason)]
            ).only()
            let (before, count) = (try row.optionalText("before"), try row.bigint("jobs"))
            let shown: JSONValue = [
                "source": .string(source), "shop": .string(shop), "state": .string(state),
                "before": before.map(JSONValue.string) ?? .null, "jobs": .number(JSONNumber(count)),
            ]
            let jobs = "\(Plural.text(Int(count), "held job")) \(state == "listed" ? "released" : "ended")"
            Console.say(
                json ? shown.text : "\(shop) of \(source) is \(state); before: \(before ?? "unknown"). \(jobs).")
        }
    }
}

/// `hookledger shops accept`
struct ShopsAccept: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Accept a shop: its held jobs run, and so do those of later events.")
    @OptionGroup var decision: ShopDecision
    var database: OperatorArguments { decision.database }
    var cellScope: CellScope { .source(decision.source) }

    func run() throws { try decision.decide("listed") }
}

/// `hookledger shops refuse`
struct ShopsRefuse: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "refuse", abstract: "Refuse a shop: its events are stored, its held jobs end.")
    @OptionGroup var decision: ShopDecision
    var database: OperatorArguments { decision.database }
    var cellScope: CellScope { .source(decision.source) }

    func run() throws { try decision.decide("refused") }
}
