/// The exit codes of the programs, those of sysexits.h where it has one. docs/operation.md lists what each program means by
/// them, `--help` what a command does; tests hold both to this list.
public enum ProgramExit: Int32, Sendable, CaseIterable {
    /// It is done.
    case done = 0
    /// The answer is no; or the program could not continue.
    case no = 1
    /// Wrong arguments, where 1 is an answer.
    case wrongQuestion = 2
    /// EX_USAGE: wrong arguments.
    case usage = 64
    /// EX_UNAVAILABLE: a program or port that is needed is missing.
    case unavailable = 69
    /// EX_SOFTWARE: something failed.
    case failed = 70
    /// EX_TEMPFAIL: not now; the next run continues.
    case later = 75
    /// EX_CONFIG: the configuration is wrong.
    case configuration = 78
}
