import Forgery
import Glibc
import Platform
import Verification

/// `FuzzSchemes [COUNT] [SEED] [SCHEME…]`: tries COUNT forgeries (1,000,000) on every scheme, or on the named ones.
/// Exits with 1 when one verified, or when time grew faster than the request. `FuzzSchemes cost`: see ``Cost``.
@main
struct FuzzSchemes {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "cost" { exit(try Cost.run(Set(arguments.dropFirst())) ? 0 : 1) }
        let count = arguments.first.flatMap { Int($0) } ?? 1_000_000
        let seed = arguments.dropFirst().first.flatMap { UInt64($0) } ?? UInt64(SystemClock.wallMicroseconds())
        let names = Set(arguments.dropFirst(2))
        print("seed \(seed), \(count) forgeries for each scheme")
        var failed = false
        for scheme in Scheme.presets where names.isEmpty || names.contains(scheme.name) {
            let started = ContinuousClock.now
            let outcome = try ForgeryRun(scheme, seed: seed).run(count) { tried in
                if tried % 100_000 == 0 { StandardError.write("  \(scheme.name): \(tried) of \(count)") }
            }
            let factor = try GrowthCheck(scheme).worstFactor()
            let time = (ContinuousClock.now - started).components
            print(
                "\(scheme.name): \(outcome.refused) refused, \(outcome.equivalent) the same as genuine, "
                    + "\(outcome.accepted.count) accepted; 4 times as long took \((factor * 10).rounded() / 10) times "
                    + "the time; \(time.seconds) s")
            fflush(nil)
            for forgery in outcome.accepted { print("  ACCEPTED \(forgery)") }
            if !outcome.accepted.isEmpty || factor > 10 { failed = true }
        }
        fflush(nil)
        exit(failed ? 1 : 0)
    }
}
