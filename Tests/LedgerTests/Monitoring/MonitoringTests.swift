import JSON
import Ledger
import Platform
import TestThreads
import Testing

/// Alert rules and dashboard are made of the list of metrics, and Prometheus's own tool accepts and evaluates the rules.
@Suite(.blocking) struct MonitoringTests {
    private static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    private static let folder = root + "/packaging/monitoring"
    private static let hasPromtool = Files.exists("/usr/bin/promtool")

    @Test func theFilesAreThoseOfTheProgram() throws {
        #expect(try Files.readText(Self.folder + "/hookledger.rules.yml") == AlertRule.file)
        #expect(try Files.readText(Self.folder + "/dashboard.json") == Dashboard.file)
    }

    /// A metric that is renamed is renamed in every rule.
    @Test func rulesNameMetricsAndTheirLabels() {
        let names = Set(Metric.allCases.map(\.rawValue))
        for rule in AlertRule.all {
            let words = rule.expression.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
            let named = words.filter { $0.hasPrefix("hookledger_") }
                .map { $0.hasSuffix("_bucket") ? String($0.dropLast("_bucket".count)) : $0 }
            #expect(!named.isEmpty && names.isSuperset(of: named), "\(rule.name)")
            let labels = named.reduce(into: Set<String>()) { $0.formUnion(Metric(rawValue: $1)?.labels ?? []) }
            let matched = rule.expression.split(separator: "\"", omittingEmptySubsequences: false)
                .enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
                .compactMap { $0.split(separator: "{").last?.split { "=!~".contains($0) }.first }
                .filter { $0.allSatisfy { $0.isLetter } }
            for label in matched { #expect(labels.contains(String(label)), "\(rule.name): \(label)") }
            #expect(!rule.summary.isEmpty && !rule.advice.isEmpty)
        }
        #expect(Set(AlertRule.all.map(\.name)).count == AlertRule.all.count)
    }

    @Test func everyMetricHasAPanel() throws {
        let dashboard = try JSONValue(parsing: Array(Dashboard.file.utf8))
        let panels = try #require(dashboard["panels"]?.array)
        #expect(panels.count == Metric.allCases.count)
        var places: Set<String> = []
        for (metric, panel) in zip(Metric.allCases, panels) {
            let targets = try #require(panel["targets"]?.array)
            #expect(!targets.isEmpty)
            for target in targets { #expect(target["expr"]?.string?.contains(metric.rawValue) == true) }
            #expect(panel["datasource"]?["uid"] == "${datasource}")
            let place = try #require(panel["gridPos"])
            let isNew = places.insert("\(place["x"]?.text ?? "") \(place["y"]?.text ?? "")").inserted
            #expect(isNew, "two panels at one place")
        }
    }

    @Test(.enabled(if: hasPromtool, "promtool is missing (Debian: prometheus)"))
    func prometheusAcceptsTheRules() throws {
        let checked = try ChildProcess.run(
            ChildCommand(["promtool", "check", "rules", Self.folder + "/hookledger.rules.yml"]), timeout: .seconds(60))
        #expect(checked.succeeded && checked.text.contains("\(AlertRule.all.count) rules found"), "\(checked.text)")
    }

    /// Grafana's variables are put in by Grafana; the rest is PromQL.
    @Test(.enabled(if: hasPromtool, "promtool is missing (Debian: prometheus)"))
    func prometheusReadsTheQueriesOfTheDashboard() throws {
        let panels = try JSONValue(parsing: Array(Dashboard.file.utf8))["panels"]?.array ?? []
        var lines = ["groups:", "  - name: dashboard", "    rules:"]
        for (number, target) in panels.flatMap({ $0["targets"]?.array ?? [] }).enumerated() {
            let query = try #require(target["expr"]?.string)
                .split(separator: "$__rate_interval").joined(separator: "5m")
                .split(separator: "$source").joined(separator: ".*")
            lines += ["      - record: dashboard:\(number)", "        expr: '\(query)'"]
        }
        let folder = try Files.makeTemporaryFolder("rules")
        defer { try? Files.remove(folder) }
        try Files.write(folder + "/dashboard.yml", text: lines.joined(separator: "\n") + "\n")
        let checked = try ChildProcess.run(
            ChildCommand(["promtool", "check", "rules", folder + "/dashboard.yml"]), timeout: .seconds(60))
        #expect(checked.succeeded, "\(checked.text)\(checked.errorText)")
    }

    /// Every rule fires for what it is about, says so, and is quiet otherwise.
    @Test(.enabled(if: hasPromtool, "promtool is missing (Debian: prometheus)"))
    func everyRuleFiresAndIsQuiet() throws {
        #expect(AlertCase.all.map { "Hookledger\($0.rule)" } == AlertRule.all.map(\.name))
        for step in Set(AlertCase.all.map(\.step)) {
            var lines = [
                "rule_files: ['\(Self.folder)/hookledger.rules.yml']", "evaluation_interval: \(step)", "tests:",
            ]
            for one in AlertCase.all where one.step == step {
                // JSON is YAML.
                lines += try [Self.test(one, fires: true), Self.test(one, fires: false)].map { "  - \($0.text)" }
            }
            let folder = try Files.makeTemporaryFolder("rules")
            defer { try? Files.remove(folder) }
            try Files.write(folder + "/test.yml", text: lines.joined(separator: "\n") + "\n")
            let tested = try ChildProcess.run(
                ChildCommand(["promtool", "test", "rules", folder + "/test.yml"]), timeout: .seconds(300))
            #expect(tested.succeeded, "\(tested.text)\(tested.errorText)")
        }
    }

    private static func test(_ one: AlertCase, fires: Bool) throws -> JSONValue {
        let rule = try #require(AlertRule.all.first { $0.name == "Hookledger\(one.rule)" })
        var labels: JSONValue = ["severity": .string(rule.severity.rawValue)]
        for (name, value) in one.labels { _ = labels.set(.string(value), at: [name]) }
        let alert: JSONValue = [
            "exp_labels": labels,
            "exp_annotations": ["summary": .string(one.summary), "description": .string(rule.advice)],
        ]
        let series = (fires ? one.fires : one.quiet).map {
            ["series": .string($0.name), "values": .string($0.values)] as JSONValue
        }
        return [
            "name": .string(one.rule), "interval": .string(one.step), "input_series": .array(series),
            "alert_rule_test": [
                [
                    "eval_time": .string(one.at), "alertname": .string(rule.name),
                    "exp_alerts": .array(fires ? [alert] : []),
                ]
            ],
        ]
    }
}
