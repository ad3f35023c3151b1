import LocalStack
import Platform
import Postgres

/// A person's command that does not reach the database, with what to do.
struct NoConnection: Error, CustomStringConvertible {
    let description: String

    /// - Parameter hasConfiguration: whether a configuration file was found.
    init(_ error: PostgresError, hasConfiguration: Bool) {
        let stack = StackFolder(".run")
        if !hasConfiguration, Files.exists(stack.environment) {
            description =
                "no configuration file was found, and \(error); a private stack is in ./.run: run `. .run/env` first"
        } else if error.isRefusedLogin {
            let advice =
                Account.isRoot
                ? "for root, pg_ident.conf needs the line `hookledger root hookledger_operator`"
                : "run it with sudo, or give pg_ident.conf the line `hookledger \(Account.name) hookledger_operator`"
            description = "\(error); \(advice) (docs/install.md, Postgres roles)"
        } else {
            description = "\(error); `hookledger doctor` checks the connection"
        }
    }
}
