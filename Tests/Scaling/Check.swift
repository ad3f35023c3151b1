/// Holds the model against loads that were measured and that it was not fitted to.
struct Check {
    let fit: Fit
    let text: String

    init(text: String, path: String) throws(Measured.Missing) {
        let layout = Layout(fronts: 1, cells: 1, coresOfFront: 2, coresOfCell: 2, isOneMachine: true)
        let few = try Measured.line("even load", in: text, path: path)
        let fit = Fit.of(few: few, many: try Measured.line("256 connections", in: text, path: path), layout: layout)
        var lines = [
            Row.head(["load", "measured/s", "model/s", "measured p50 ms", "model p50 ms", "difference of the rate"])
        ]
        for load in Self.loads {
            let measured = try Measured.line(load.name, in: text, path: path)
            var costs = fit.costs.with(measured)
            costs.roundTrip = load.roundTrip
            let result = Queueing(layout: layout, costs: costs, load: load.load).run(seconds: 2)
            lines.append(
                Row.text([
                    load.isFitted ? "\(load.name) (fitted)" : load.name, Row.rate(measured.perSecond),
                    Row.rate(result.perSecond),
                    Row.number(measured.p50), Row.number(result.p50 / 1000),
                    Row.difference(result.perSecond, from: measured.perSecond),
                ]))
        }
        self.fit = fit
        self.text = """
            A batch costs Postgres \(Int(fit.costs.postgresBatch)) µs and a delivery \(Int(fit.costs.postgres)) µs; a commit takes \
            \(Int(fit.costs.flush)) µs without processor time on that machine.

            \(lines.joined(separator: "\n"))

            """
    }

    private struct Case: Sendable {
        let name: String
        let load: Load
        var isFitted = false
        /// Microseconds.
        var roundTrip = 0.0
    }

    private static let loads = [
        Case(name: "even load", load: .connections(64), isFitted: true),
        Case(name: "256 connections", load: .connections(256), isFitted: true),
        Case(name: "10,000 at once, 256 connections", load: .connections(256)),
        Case(name: "Postgres a millisecond away", load: .connections(64), roundTrip: 1000),
    ]
}
