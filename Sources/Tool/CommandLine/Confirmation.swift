import ArgumentParser
import Glibc
import Platform

/// A question before work that is hard to undo. It goes to the terminal; without one the answer is an option.
enum Confirmation {
    /// Asks on standard error and reads the answer from standard input.
    ///
    /// - Parameters:
    ///   - fact: the consequence, as the beginning of a sentence.
    ///   - option: what says yes on the command line.
    /// - Throws: `ValidationError` when nobody can be asked; `ExitCode.failure` when the answer is no.
    static func demand(_ fact: String, option: String) throws {
        guard isatty(0) == 1, isatty(2) == 1 else {
            throw ValidationError("\(fact); check it with --dry-run, then add \(option)")
        }
        StandardError.write("\(fact). Continue? [y/N]")
        guard ["y", "yes"].contains(readLine()?.lowercased()) else { throw ExitCode.failure }
    }
}
