import JSON

/// A dashboard for Grafana with a panel for every metric.
public enum Dashboard {
    /// The dashboard's JSON, a panel a line.
    public static var file: String {
        let panels = Metric.allCases.enumerated().map { "    \(panel($0.element, place: $0.offset).text)" }
        let head: [(String, JSONValue)] = [
            ("uid", "hookledger"), ("title", "Hookledger"), ("tags", ["hookledger"]), ("schemaVersion", 39),
            ("version", 1), ("editable", true), ("refresh", "30s"), ("timezone", "browser"),
            ("time", ["from": "now-6h", "to": "now"]),
            (
                "templating",
                [
                    "list": [
                        [
                            "name": "datasource", "label": "Prometheus", "type": "datasource", "query": "prometheus",
                            "refresh": 1,
                        ],
                        [
                            "name": "source", "label": "Source", "type": "query", "datasource": datasource,
                            "query": .string("label_values(\(Metric.deliveries.rawValue), source)"), "refresh": 2,
                            "multi": true, "includeAll": true, "allValue": ".*",
                        ],
                    ]
                ]
            ),
        ]
        let lines = head.map { "  \(JSONValue.string($0.0).text): \($0.1.text)," }
        return (["{"] + lines + ["  \"panels\": [", panels.joined(separator: ",\n"), "  ]", "}"])
            .joined(separator: "\n") + "\n"
    }

    private static let datasource: JSONValue = ["type": "prometheus", "uid": "${datasource}"]
    private static let (width, height, columns): (Int64, Int64, Int64) = (8, 8, 3)

    private static func panel(_ metric: Metric, place: Int) -> JSONValue {
        let (column, row) = (Int64(place) % columns, Int64(place) / columns)
        let targets: [JSONValue] = queries(metric).enumerated().map { number, query in
            [
                "refId": .string(String(UnicodeScalar(UInt8(65 + number)))), "datasource": datasource,
                "expr": .string(query.expression), "legendFormat": .string(query.legend),
            ]
        }
        return [
            "id": .number(JSONNumber(Int64(place + 1))), "type": "timeseries", "title": .string(title(metric)),
            "description": .string("\(metric.rawValue): \(metric.help)"), "datasource": datasource,
            "gridPos": [
                "x": .number(JSONNumber(column * width)), "y": .number(JSONNumber(row * height)),
                "w": .number(JSONNumber(width)), "h": .number(JSONNumber(height)),
            ],
            "fieldConfig": ["defaults": ["unit": .string(unit(metric)), "min": 0], "overrides": []],
            "options": ["legend": ["displayMode": "list", "placement": "bottom"], "tooltip": ["mode": "multi"]],
            "targets": .array(targets),
        ]
    }

    /// `hookledger_job_attempts_total` is `Job attempts`.
    private static func title(_ metric: Metric) -> String {
        var words = metric.rawValue.split(separator: "_").dropFirst().map(String.init)
        if let last = words.last, ["total", "seconds"].contains(last) { words.removeLast() }
        let text = words.joined(separator: " ")
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    private static func unit(_ metric: Metric) -> String {
        if metric.rawValue.hasSuffix("_seconds") { return "s" }
        return metric.kind == .counter ? "cps" : "short"
    }

    private static func queries(_ metric: Metric) -> [(expression: String, legend: String)] {
        let filter = metric.labels.contains("source") ? #"{source=~"$source"}"# : ""
        let legend = metric.labels.map { "{{\($0)}}" }.joined(separator: " ")
        let by = metric.labels.isEmpty ? "" : " by (\(metric.labels.joined(separator: ", ")))"
        switch metric.kind {
        case .counter:
            return [("sum\(by) (rate(\(metric.rawValue)\(filter)[$__rate_interval]))", legend)]
        case .gauge:
            return [("max\(by) (\(metric.rawValue)\(filter))", legend.isEmpty ? title(metric) : legend)]
        case .histogram:
            let labels = (["le"] + metric.labels).joined(separator: ", ")
            return [0.5, 0.95, 0.99].map { quantile in
                (
                    "histogram_quantile(\(quantile), sum by (\(labels)) "
                        + "(rate(\(metric.rawValue)_bucket\(filter)[$__rate_interval])))",
                    "p\(Int(quantile * 100)) \(legend)"
                )
            }
        }
    }
}
