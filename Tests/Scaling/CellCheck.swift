import FaultSupport

/// Holds the model against one database and four cells that were measured in turns (`make cells ONLY=cost`): one sender with full
/// batches, all on one machine, and no flushes.
struct CellCheck {
    /// A load as it was measured, and as the model has it.
    struct Case {
        let name: String
        /// Deliveries a second.
        let measured: Double
        let model: Double
    }

    /// The error that the model is held to.
    static let error = 0.25

    /// One database, and four cells.
    let cases: [Case]
    /// What a delivery costs in a router, and in a cell beside its cost in one database, in µs.
    let router: Double
    let cell: Double

    /// - Parameters:
    ///   - text: the page with the figures; `path` names it in errors.
    ///   - batch: what a batch costs Postgres, which the figures do not have.
    init(text: String, path: String, batch: Double) throws(CellFigure.Missing) {
        func number(_ figure: CellFigure) throws(CellFigure.Missing) -> Double {
            try figure.number(in: text, path: path)
        }
        let cores = Int(try number(.processors))
        var costs = Costs(
            nginx: 0, responder: try number(.sender), postgres: try number(.one) - batch / number(.batchOfOne),
            postgresBatch: batch, flush: 0)
        costs.committing = 1
        costs.router = max(0, try number(.router))
        costs.cell = max(0, try number(.cells) - number(.one))
        (router, cell) = (costs.router, costs.cell)
        var cases: [Case] = []
        for (name, cells, rate, size) in [
            ("one database", 1, CellFigure.rateOfOne, CellFigure.batchOfOne),
            ("four cells", 4, .rateOfCells, .batchOfCells),
        ] {
            let size = Int(try number(size))
            let layout = Layout(
                fronts: 1, cells: cells, coresOfFront: cores, coresOfCell: cores, isOneMachine: true,
                chosenCommitters: 1, chosenBatch: size)
            // As many wait as the next batch takes.
            let result = Queueing(layout: layout, costs: costs, load: .connections(2 * size)).run(seconds: 3)
            cases.append(Case(name: name, measured: try number(rate), model: result.perSecond))
        }
        self.cases = cases
    }

    var text: String {
        let rows = cases.map { load in
            Row.text([
                load.name, Row.rate(load.measured), Row.rate(load.model),
                Row.difference(load.model, from: load.measured),
            ])
        }
        let head = Row.head(["one sender with full batches", "measured/s", "model/s", "difference of the rate"])
        return """
            One database and four cells, as `make cells ONLY=cost` measures them in turns on one machine, without flushes. The processor
            times are those of its table, the rates are the model's:

            \(head)
            \(rows.joined(separator: "\n"))

            """
    }
}
