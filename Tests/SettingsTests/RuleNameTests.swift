import Settings
import Testing

/// A rule without a name is known by its condition: what it has done stays known when other rules come and go.
@Suite struct RuleNameTests {
    private static let paid =
        "{ when: { order.status: [PAID, SENT], order.total_amount: { gte: 500, lt: 1000 } }, do: ops }"

    private func names(_ rules: String...) throws -> [String] {
        let yaml = """
            actions: { ops: { kind: http, url: "https://ops.test" }, erp: { kind: http, url: "https://erp.test" } }
            rules: [\(rules.joined(separator: ", "))]
            """
        return try Machine(yaml, environment: Machine.shopVariables).load().rules.map(\.name)
    }

    /// The hash is part of what a ledger knows, so it is written out here.
    @Test func otherRulesDoNotChangeIt() throws {
        #expect(try names(Self.paid) == ["rule-d36001"])
        #expect(
            try names("{ when: { type: order.created }, do: erp }", "{ name: all, do: erp }", Self.paid)
                == ["rule-9b072e", "all", "rule-d36001"])
    }

    @Test(arguments: [
        "{ do: [erp, ops], when: { order.total_amount: { lt: 1000, gte: 500 }, order.status: [SENT, PAID] } }",
        "{ when: { order.status: { in: ['PAID', SENT] }, order.total_amount: { gte: 500.00, lt: 1e3 } }, do: ops }",
    ])
    func neitherDoesTheWayItIsWritten(_ rule: String) throws {
        #expect(try names(rule) == ["rule-d36001"])
    }

    @Test(arguments: [
        "{ when: { order.status: PAID, order.total_amount: { gte: 500, lt: 1000 } }, do: ops }",
        "{ when: { order.status: [PAID, SENT], order.total_amount: { gt: 500, lt: 1000 } }, do: ops }",
        "{ when: { order.status: { ne: [PAID, SENT] }, order.total_amount: { gte: 500, lt: 1000 } }, do: ops }",
        "{ when: { order.status: [PAID, SENT], order.total_amount: { gte: 5000, lt: 1000 } }, do: ops }",
        "{ do: ops }",
    ])
    func anotherConditionIsAnotherRule(_ rule: String) throws {
        #expect(try names(rule) != ["rule-d36001"])
    }

    @Test func theSecondOfTheSameConditionIsCounted() throws {
        #expect(try names(Self.paid, "{ name: ship, do: erp }", Self.paid) == ["rule-d36001", "ship", "rule-d36001-2"])
    }
}
