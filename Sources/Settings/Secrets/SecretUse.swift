/// Which variables sources and actions name as secrets, so that one that only actions need is distinguished from one
/// that the responder must see. Lives on one thread, for the length of one `load`.
final class SecretUse {
    private var inbound: Set<String> = []
    private var outbound: [(name: String, line: Int, found: Variables.Found)] = []
    /// The systemd credentials that are named.
    private(set) var credentials: Set<String> = []

    func ofSource(_ name: String) { inbound.insert(name) }

    func ofAction(_ name: String, line: Int, _ found: Variables.Found) { outbound.append((name, line, found)) }

    func ofCredential(_ name: String) { credentials.insert(name) }

    /// On a real host, a secret of an action does not belong where the responder can read it.
    func check(_ environment: DeploymentEnvironment, _ problems: ProblemList) {
        guard environment == .production else { return }
        for use in outbound where !inbound.contains(use.name) {
            guard use.found.file.hasSuffix("/" + Variables.inboundName) else { continue }
            problems.add(
                SettingsProblem(
                    .warning, file: use.found.file, line: use.found.line,
                    "\(use.name) is a secret of an action, and the responder can read it here; move the line to "
                        + "\(Variables.outboundName) beside this file"))
        }
    }
}
