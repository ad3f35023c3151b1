import ArgumentParser
import LocalStack
import Platform

/// Exit codes of sysexits.h.
enum Sysexit {
    /// EX_UNAVAILABLE: a required program or port is unavailable.
    static let unavailable = ExitCode(69)
    /// EX_SOFTWARE: something failed.
    static let software = ExitCode(70)
    /// EX_CONFIG: the configuration is wrong.
    static let configuration = ExitCode(78)
}

/// Runs a piece of work; an error becomes one line on standard error and an exit code.
func reportingErrors<T>(_ body: () throws -> T) throws -> T {
    do {
        return try body()
    } catch let code as ExitCode {
        throw code
    } catch let error as ValidationError {
        // ArgumentParser prints it with the usage, and exits with 64 (EX_USAGE).
        throw error
    } catch let error as UsageError {
        throw error
    } catch let error as NotFound {
        report(error.description)
        throw ExitCode.failure
    } catch let error as StackError {
        report(error.description)
        throw error.kind == .failed ? Sysexit.software : Sysexit.unavailable
    } catch {
        report("\(error)")
        throw Sysexit.software
    }
}

/// It may contain an answer of a server or database.
private func report(_ message: String) { StandardError.write(Supervisor.errorMark + VisibleText.of(message)) }
