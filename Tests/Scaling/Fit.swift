/// The costs that no table names, found so that the model repeats two measured loads: the cost of a batch in Postgres, and the
/// time of a commit that uses no processor.
struct Fit {
    let costs: Costs
    /// The sum of the squares of the relative errors of the four figures that were fitted: two rates, two processor times.
    let squares: Double

    /// - Parameters:
    ///   - few: a load of 64 connections.
    ///   - many: a load of 256 connections.
    ///   - layout: the machine on which both were measured.
    static func of(few: Measured, many: Measured, layout: Layout) -> Self {
        var best = tried(few: few, many: many, batchCost: 0, flush: 0, layout: layout)
        var (batchCost, flush, step) = (0.0, 0.0, 500.0)
        while step >= 125 {
            let around = (batchCost, flush)
            // The whole range first, then around the best.
            let span = step == 500 ? 0...6 : -2...2
            for (first, second) in span.flatMap({ first in span.map { (first, $0) } }) {
                let (batch, wait) = (around.0 + Double(first) * step, around.1 + Double(second) * step)
                guard batch >= 0, wait >= 0 else { continue }
                let fit = tried(few: few, many: many, batchCost: batch, flush: wait, layout: layout)
                if fit.squares < best.squares { (best, batchCost, flush) = (fit, batch, wait) }
            }
            step /= 2
        }
        return best
    }

    private static func tried(few: Measured, many: Measured, batchCost: Double, flush: Double, layout: Layout) -> Self {
        let costs = costs(of: few, batchCost: batchCost, flush: flush, layout: layout)
        var errors: [Double] = []
        for (measured, connections) in [(few, 64), (many, 256)] {
            let result = Queueing(layout: layout, costs: costs.with(measured), load: .connections(connections)).run(
                seconds: 0.5)
            errors.append(result.perSecond / measured.perSecond - 1)
            errors.append(result.postgres / measured.postgres - 1)
        }
        return Self(costs: costs, squares: errors.reduce(0) { $0 + $1 * $1 })
    }

    /// The measured processor time of Postgres is that of a delivery and its share of a batch, whose size the model knows.
    private static func costs(of few: Measured, batchCost: Double, flush: Double, layout: Layout) -> Costs {
        var costs = Costs(
            client: few.client, nginx: few.nginx, responder: few.responder, postgres: few.postgres,
            postgresBatch: batchCost, flush: flush)
        for _ in 0..<2 {
            let result = Queueing(layout: layout, costs: costs, load: .connections(64)).run(seconds: 0.3)
            costs.postgres = max(1, few.postgres - batchCost / max(1, result.meanBatch))
        }
        return costs
    }
}

extension Costs {
    /// With the processor time that a measured load used in the programs that Postgres does not wait for.
    func with(_ measured: Measured) -> Self {
        var costs = self
        costs.client = measured.client
        costs.nginx = measured.nginx
        costs.responder = measured.responder
        return costs
    }
}
