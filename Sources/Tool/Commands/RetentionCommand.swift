import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// `hookledger retention`
struct RetentionCommand: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "Delete stored data past its retention, or show what would go.",
        discussion: """
            The batch processor does this about once an hour. It waits for a person when two clocks differ by more than a \
            minute, when more than two partitions with rows would go at once, or when the last time was more than 14 days \
            ago: then a clock may be wrong, and what is deleted does not come back. Compare the clocks and the weeks that \
            --dry-run shows, set a clock that is wrong, and confirm with --run. Data is old by the earliest of the clocks, confirmed or not.

            Exit codes: 0 done, 64 neither --run nor --dry-run, 70 failed.
            """)

    @OptionGroup var database: OperatorArguments

    @Flag(name: .customLong("run"), help: "Delete it now.")
    var isConfirmed = false

    @Flag(help: "Only show what would go.")
    var dryRun = false

    @Option(help: "Why, for the operator log.")
    var reason: String?

    @OptionGroup var times: TimeArguments

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        if !isConfirmed && !dryRun {
            throw ValidationError("give --run to delete, or --dry-run to show what would be deleted")
        }
    }

    var cellScope: CellScope { .eachCell }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let connection = try database.connect(settings)
            connection.queryDeadline = nil
            let clocks = try Clocks.read(on: connection)
            let old = try Retention.oldPartitions(settings.retention, by: clocks, over: connection)
            let objection = try Retention.objection(settings.retention, by: clocks, over: connection)
            if dryRun { return show(clocks, old, objection) }
            let report = try Retention.apply(settings.retention, by: clocks, isConfirmed: true, over: connection)
            _ = try Retention.hold(nil, over: connection)
            try OperatorLog.write(
                actor: Actor.name, action: "retention", subject: "retention", reason: reason,
                details: counts(report), on: connection)
            if json { return Console.say(counts(report).text) }
            Console.say(
                "\(Plural.text(report.partitions.count, "partition")) dropped"
                    + (report.partitions.isEmpty ? "" : " (\(report.partitions.joined(separator: ", ")))")
                    + ", \(Plural.text(report.receipts, "receipt")), \(Plural.text(report.refusals, "refusal")) and "
                    + "\(Plural.text(report.handshakes, "handshake")) deleted."
                    + (report.isPostponed ? " A partition is in use: run it again later." : ""))
        }
    }

    private func counts(_ report: Retention.Report) -> JSONValue {
        [
            "partitions": .array(report.partitions.map { .string($0) }),
            "receipts": .number(JSONNumber(Int64(report.receipts))),
            "refusals": .number(JSONNumber(Int64(report.refusals))),
            "handshakes": .number(JSONNumber(Int64(report.handshakes))), "postponed": .bool(report.isPostponed),
        ]
    }

    private func show(_ clocks: Clocks, _ old: [Retention.OldPartition], _ objection: String?) {
        if json {
            var readings = JSONObject()
            for reading in clocks.readings { readings[reading.name] = .string(reading.time.rfc3339) }
            let object: JSONValue = [
                "clocks": .object(readings),
                "partitions": .array(
                    old.map {
                        [
                            "name": .string($0.name), "ends": .string(Timestamp(microseconds: $0.ends).rfc3339),
                            "has_rows": .bool($0.hasRows),
                        ]
                    }),
                "waits_for_a_person": objection.map { .string($0) } ?? .null,
            ]
            return Console.say(object.text)
        }
        for reading in clocks.readings { Console.say("clock of \(reading.name): \(times.shape.text(reading.time))") }
        for partition in old {
            let end = times.shape.text(Timestamp(microseconds: partition.ends))
            Console.say("would drop \(partition.name), until \(end), \(partition.hasRows ? "with rows" : "empty")")
        }
        if old.isEmpty { Console.say("No partition is past its retention.") }
        if let objection { Console.say("The batch processor waits for you: \(objection).") }
    }
}
