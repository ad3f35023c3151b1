extension Simulation.Report {
    /// The results, one a line.
    package var text: String {
        let gaps = gaps.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        var lines = [
            "\(orders) orders with \(states) states; \(arrived) webhooks arrived, \(refused) were refused, \(dropped) dropped",
            "orders missing ten minutes after their fault: \(missing.count) (the longest was missing for \(longest) minutes)",
            "effects: \(effects), doubled: \(doubled)",
            "gaps found by their reason: \(gaps.isEmpty ? "none" : gaps)",
            "gaps with a wrong reason: \(misnamed.count)",
        ]
        lines += (missing + misnamed).map { "  " + $0 }
        return lines.joined(separator: "\n")
    }
}
