/// What layouts take.
struct Forecast {
    let costs: Costs

    /// No kind of machine is busier than this in a layout for a rate, so that a burst, or the loss of one, finds room.
    static let mostBusy = 0.7

    var text: String {
        let most = Self.layouts.map { line($0, rate: nil) }
        let needed = [1e3, 1e4, 3e4, 1e5, 3e5, 1e6].map { rate in line(layout(for: rate, cores: 16), rate: rate) }
        return """
            The most that a layout takes:

            \(Self.head)
            \(most.joined(separator: "\n"))

            Machines of 16 cores for a rate, each at most \(Int(Self.mostBusy * 100)) % busy:

            \(Self.head)
            \(needed.joined(separator: "\n"))
            """
    }

    static let head = Row.head([
        "hosts with nginx and responder", "routers", "committers of each host", "databases", "deliveries/s", "p50 ms",
        "p99 ms", "hosts busy",
        "routers busy",
        "databases busy", "disk busy", "full first",
    ])

    private static let layouts = [
        Layout(fronts: 1, cells: 1, coresOfFront: 2, coresOfCell: 2, isOneMachine: true),
        Layout(fronts: 1, cells: 1, coresOfFront: 8, coresOfCell: 8, isOneMachine: true),
        Layout(fronts: 1, cells: 1, coresOfFront: 32, coresOfCell: 32, isOneMachine: true),
        Layout(fronts: 2, cells: 1, coresOfFront: 8, coresOfCell: 16),
        Layout(fronts: 2, cells: 1, coresOfFront: 16, coresOfCell: 32, chosenCommitters: 16),
        Layout(fronts: 4, cells: 4, coresOfFront: 16, coresOfCell: 16, chosenCommitters: 16),
        Layout(
            fronts: 8, routers: 4, cells: 8, coresOfFront: 16, coresOfRouter: 16, coresOfCell: 16, chosenCommitters: 16),
    ]

    /// - Parameter rate: deliveries a second; nil for as many as the layout takes.
    func line(_ layout: Layout, rate: Double?) -> String {
        let connections = layout.fronts * layout.committers * 512
        let result = Queueing(
            layout: layout, costs: costs, load: rate.map(Load.rate) ?? .connections(connections)
        ).run(seconds: min(2, 400_000 / (rate ?? 200_000)))
        var busy = [
            ("hosts", result.front), ("databases", result.cell), ("WAL", rate == nil ? result.flushing : result.disk),
        ]
        if layout.routers > 0 { busy.append(("routers", result.router)) }
        let fullest = busy.max { $0.1 < $1.1 }
        let first = fullest.map { $0.1 < 0.9 && rate == nil ? "committers" : $0.0 } ?? ""
        let cores =
            layout.isOneMachine
            ? "one machine of \(layout.coresOfFront) cores" : "\(layout.fronts) of \(layout.coresOfFront) cores"
        return Row.text([
            cores,
            layout.routers > 0
                ? "\(layout.routers) of \(layout.coresOfRouter) cores" : layout.cells > 1 ? "on the hosts" : "–",
            "\(layout.committers)", layout.isOneMachine ? "the same" : "\(layout.cells) of \(layout.coresOfCell) cores",
            Row.rate(result.perSecond), Row.number(result.p50 / 1000), Row.number(result.p99 / 1000),
            Row.share(result.front),
            layout.routers > 0 ? Row.share(result.router) : "–", layout.isOneMachine ? "–" : Row.share(result.cell),
            Row.share(result.disk), first,
        ])
    }

    /// The smallest layout of machines with this many cores that takes a rate. Fewer committers make larger batches, of which each cell
    /// gets a larger part.
    private func layout(for rate: Double, cores: Int) -> Layout {
        var best = layout(for: rate, cores: cores, committers: cores, most: 1024)
        for committers in [cores / 2, cores / 4, cores / 8] {
            let other = layout(for: rate, cores: cores, committers: committers, most: best.machines)
            if other.machines < best.machines { best = other }
        }
        return best
    }

    /// - Parameter most: a layout of more machines is not looked for.
    private func layout(for rate: Double, cores: Int, committers: Int, most: Int) -> Layout {
        func machines(_ microseconds: Double) -> Int {
            max(1, Int((rate * microseconds / 1e6 / (Double(cores) * Self.mostBusy)).rounded(.up)))
        }
        var layout = Layout(
            fronts: max(2, machines(costs.nginx + costs.responder)), cells: 1, coresOfFront: cores,
            coresOfRouter: cores,
            coresOfCell: cores, chosenCommitters: committers)
        while layout.machines < most {
            layout.routers = layout.cells > 1 ? machines(costs.router) : 0
            let result = Queueing(layout: layout, costs: costs, load: .rate(rate)).run(seconds: min(1, 100_000 / rate))
            let disk = rate / Double(layout.cells) * costs.write / 1e6
            if result.cell <= Self.mostBusy, disk <= Self.mostBusy, result.perSecond > 0.97 * rate, result.p99 < 100_000
            {
                break
            }
            // A layout that falls behind for want of committers needs more hosts, not more databases.
            if result.cell < Self.mostBusy / 2, disk < Self.mostBusy / 2 {
                layout.fronts += 1
            } else {
                layout.cells += 1
            }
        }
        return layout
    }
}
