internal import Platform
internal import Webhooks

/// `hookledger.yaml` of a private stack: every provider in, Slack out.
enum DevelopmentConfiguration {
    /// Writes the file unless it exists: a developer's changes stay. Only the two lines that differ at each start,
    /// database and stand-in, are updated.
    /// - Parameter slackHostBefore: the stand-in's host at the previous start.
    static func ensure(
        in folder: StackFolder, cluster: PostgresCluster, slackHost: String, slackHostBefore: String?
    ) throws(StackError) {
        try StackError.wrap {
            let old = Files.exists(folder.configuration) ? try Files.readText(folder.configuration) : template
            let lines = old.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
                if line.hasSuffix(databaseMark) { return "database: \(database(cluster))  \(databaseMark)" }
                if line.hasSuffix(slackMark) {
                    return "\(addressGuard(line, slackHost, before: slackHostBefore))  \(slackMark)"
                }
                return String(line)
            }
            try Files.write(folder.configuration, text: lines.joined(separator: "\n"), mode: 0o644)
        }
    }

    /// The line with the stand-in's current host, which replaces the previous one. Hosts that a developer added stay,
    /// and so does a line with anything but one list of hosts.
    private static func addressGuard(_ line: Substring, _ host: String, before: String?) -> String {
        let written = String(line.dropLast(slackMark.count).trimmed)
        if written.filter({ $0 != " " }) == "address_guard:{}" {
            return "address_guard: { allow_private_hosts: [\"\(host)\"] }"
        }
        guard let open = written.firstIndex(of: "["), let close = written.lastIndex(of: "]"), open < close else {
            return written
        }
        let own = [host, before].compactMap { $0.map { "\"\($0)\"" } }
        let others = written[written.index(after: open)..<close].split(separator: ",").map { String($0.trimmed) }
            .filter { !own.contains($0) }
        return written[...open] + (["\"\(host)\""] + others).joined(separator: ", ") + written[close...]
    }

    /// Each part connects as a role of its own; migrations as the superuser.
    private static func database(_ cluster: PostgresCluster) -> String {
        let name = Supervisor.database
        let roles = ["ingest", "api", "batch", "operator", "reader"].map { role in
            "\(role): \"\(cluster.conninfo(user: "hookledger_" + role, database: name))\""
        }
        return "{ conninfo: \"\(cluster.conninfo(database: name))\", roles: { \(roles.joined(separator: ", ")) } }"
    }

    private static let databaseMark = "# kept up to date by hookledger up"
    private static let slackMark = "# the stand-in for Slack; kept up to date by hookledger up"

    private static let template = """
        # The configuration of this private stack. Change what you like; the secrets are in hookledger.env beside it.
        environment: development
        database: {}  \(databaseMark)
        address_guard: {}  \(slackMark)

        # The guides' bare curl commands work from this machine; anything but reading needs `hookledger token create`.
        api: { anonymous_read: loopback }

        # The key of the person index (hookledger person), made with this stack.
        keys: { person: \(DevelopmentKeys.person) }

        sources:
        \(DevelopmentSources.text)

        actions:
          ops: { kind: slack, url: { env: SLACK_WEBHOOK_URL } }
          # Subscriptions of Amazon SNS are confirmed at the stand-in, too.
          confirm_subscription: { kind: confirm_subscription, base_url: { env: SLACK_WEBHOOK_URL } }

        rules:
          - when: { order.status: AWAITING_SHIPMENT }
            do: [ops]
            once: status

        """
}
