import FaultSupport

/// `make cluster`: two responder hosts and two Postgres hosts under Patroni, each in a network namespace of its own, are killed
/// and cut off under load; then every answer is held against what is stored. `scripts/cluster` starts it.
@main struct Main {
    static func main() {
        FaultProgram.main("cluster", FaultOptions.Form(counted: "kills", usual: 20, quick: 20)) { options in
            let report = try Run(options).perform()
            return FaultVerdict(text: report.text, table: report.table, isGood: report.isGood)
        }
    }
}

extension FaultOptions {
    /// The blows, in their order.
    var blows: [Blow] {
        // The jobs that the killed host had leased are free by the end.
        if isQuick { return [.killResponderHost, .killPostgres, .killPrimaryHost] }
        var list: [Blow] = []
        for number in 0..<count {
            list.append(number % 2 == 0 ? .killPrimaryHost : .killPostgres)
            if number % 4 == 1 { list.append(.killResponderHost) }
            if number % 5 == 2 { list.append(.killEtcd) }
            if number % 5 == 4 { list.append(.partNodes) }
            if number % 10 == 7 { list.append(.cutPrimaryOff) }
        }
        return list
    }
}
