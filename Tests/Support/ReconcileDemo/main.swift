internal import Glibc
internal import Platform
internal import ShopSimulation

// `make reconcile-demo`: days of three shops with faults. Usage: ReconcileDemo [DAYS] [SEED]
let arguments = CommandLine.arguments.dropFirst()
let days = arguments.first.flatMap(Int.init) ?? 30
let seed = arguments.dropFirst().first.flatMap(UInt64.init) ?? 1

guard days >= 3 else {
    StandardError.write("usage: ReconcileDemo [DAYS, at least 3] [SEED]")
    exit(ProgramExit.usage.rawValue)
}
do {
    var simulation = try Simulation(days: days, seed: seed)
    let report = try simulation.run { StandardError.write("day \($0) of \(days)") }
    print(report.text)
    exit((report.faults.isEmpty ? ProgramExit.done : .no).rawValue)
} catch {
    StandardError.write("reconcile-demo: \(error)")
    exit(ProgramExit.failed.rawValue)
}
