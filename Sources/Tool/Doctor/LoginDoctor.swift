import JSON
import LocalStack
import Platform
import Postgres
import Settings

/// The logins of the roles that programs and people connect as. With peer authentication only its own user can log in as
/// a role, so root looks as each of them.
struct LoginDoctor {
    let settings: Settings
    /// The configuration file as it was given, for the look as another user.
    let config: String?

    static let roles: [DatabaseSettings.Role] = [.ingest, .api, .batch, .operator]

    func findings() -> [Finding] {
        Self.roles.map { role in
            if Account.isRoot, let user = ServiceUser(of: role), Account.exists(user.rawValue) {
                return asUser(user, role)
            }
            return own(role)
        }
    }

    /// As this process's user.
    func own(_ role: DatabaseSettings.Role) -> Finding {
        let check = Self.check(role)
        do throws(PostgresError) {
            let user = try DatabaseDoctor.connect(settings, role).query("select current_user::text").only().text(0)
            return Finding(check, .ok, "as \(user)")
        } catch {
            let place = "\(settings.database.connection(for: role)): \(error)"
            if !Account.isRoot, ServiceUser.exist, ServiceUser(of: role)?.rawValue != Account.name, error.isRefusedLogin
            {
                return Finding(
                    check, .skipped, "\(Account.name) does not log in as this role", advice: ServiceUser.advice)
            }
            return Finding(
                check, .failed, place,
                advice: "is Postgres running (pg_isready)? Does pg_hba.conf let \(Account.name) in as that role "
                    + "(docs/install.md, Postgres roles)? Was `hookledger migrate` run to create the roles?")
        }
    }

    /// The same program, run as that user, which also has to read the configuration.
    private func asUser(_ user: ServiceUser, _ role: DatabaseSettings.Role) -> Finding {
        let check = Self.check(role)
        var arguments = ["doctor", "--json", "--login-only", role.rawValue]
        if let config { arguments += ["--config", config] }
        do {
            let command = ChildCommand([try Executable.current()] + arguments).asUser(user.rawValue)
            let output = try ChildProcess.run(command, timeout: .seconds(40))
            if let line = output.text.lines().last,
                let found = Finding(try JSONValue(parsing: Array(line.utf8)))
            {
                return Finding(check, found.grade, found.message, advice: found.advice)
            }
            return Finding(check, .failed, "as \(user.rawValue): \(output.errorText)")
        } catch {
            return Finding(check, .failed, "as \(user.rawValue): \(error)")
        }
    }

    private static func check(_ role: DatabaseSettings.Role) -> String { "login of \(role.rawValue)" }
}
