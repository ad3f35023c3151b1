import Platform

extension Blow {
    /// The wall clock of one program steps and, after a while, steps back.
    static let clockSteps =
        steps("responder") { $0.responder } + steps("batch processor") { $0.batch } + steps("Postgres") { $0.postgres }

    private static func steps(_ program: String, _ shim: @escaping @Sendable (Shims) -> Shim) -> [Blow] {
        [("+1 h", 3_600), ("-1 h", -3_600), ("+120 d", 120 * 86_400), ("-120 d", -120 * 86_400)].map { step, seconds in
            Blow("clock of \(program) \(step)", weight: 2) { stand, chance in
                let shim = shim(stand.shims)
                shim.moveClock(seconds: seconds)
                SystemClock.sleep(milliseconds: .random(in: 1500...3500, using: &chance))
                shim.moveClock(seconds: 0)
                return true
            }
        }
    }
}
