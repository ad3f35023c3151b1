public struct PlannedJob: Sendable, Hashable {
    public let action: String
    public let kind: String
    public let rule: String
    public init(action: String, kind: String, rule: String) { self.action = action; self.kind = kind; self.rule = rule }
}
