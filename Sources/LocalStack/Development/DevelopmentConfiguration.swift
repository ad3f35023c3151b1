internal import Platform

/// `hookledger.yaml` of a private stack: every provider in, Slack out.
enum DevelopmentConfiguration {
    /// Writes the file unless there is one: what a developer has changed stays. Only the two lines that differ at each
    /// start, database and stand-in, are brought up to date.
    static func ensure(
        in folder: StackFolder, cluster: PostgresCluster, slackHost: String
    ) throws(StackError) {
        try StackError.wrap {
            let old = Files.exists(folder.configuration) ? try Files.readText(folder.configuration) : template
            let lines = old.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                if line.hasSuffix(databaseMark) { return "database: \(database(cluster))  \(databaseMark)" }
                if line.hasSuffix(slackMark) { return "address_guard: \(guardedBut(slackHost))  \(slackMark)" }
                return String(line)
            }
            try Files.write(folder.configuration, text: lines.joined(separator: "\n"), mode: 0o644)
        }
    }

    private static func guardedBut(_ host: String) -> String { "{ allow_private_hosts: [\"\(host)\"] }" }

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

        # The key of the index of persons (hookledger person), made with this stack.
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

        """
}
