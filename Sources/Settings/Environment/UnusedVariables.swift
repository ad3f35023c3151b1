/// Variables of the guides that have no use here.
enum UnusedVariables {
    private static let redis = "jobs are queued in Postgres, not in Redis"
    private static let reasons = [
        ("PORT", "nginx listens for the responder; its site configuration sets the port"),
        ("REDIS_URL", redis), ("REDIS_HOST", redis), ("REDIS_PORT", redis), ("REDIS_PASSWORD", redis),
    ]

    static func report(_ variables: Variables, problems: ProblemList) {
        for (name, reason) in reasons {
            guard let found = variables[name] else { continue }
            problems.add(SettingsProblem(.notice, file: found.file, line: found.line, "\(name) is not used: \(reason)"))
        }
    }
}
