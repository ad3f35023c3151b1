import Jobs
import Settings
import Testing
import Webhooks

@testable import Actions

@Suite struct ActionTableTests {
    private func actions(_ yaml: String, _ environment: [String: String]) throws -> [String: any Action] {
        let actions = ActionTable.actions(try Configured.settings(yaml, environment))
        return Dictionary(actions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private let yaml = """
        actions:
          ops: { kind: slack, url: { env: SLACK_WEBHOOK_URL }, backoff: 500ms, give_up: 1h, after_dead: block }
          out: { kind: http, url: "https://shop.example/in" }
        """

    @Test func makesWhatTheConfigurationNames() throws {
        let actions = try actions(yaml, ["SLACK_WEBHOOK_URL": "https://hooks.slack.example/x"])
        #expect(actions["ops"] is SlackMessage && actions["out"] is EventPost)
        let policy = try #require(actions["ops"]).retryPolicy
        #expect(policy.backoff == .milliseconds(500) && policy.giveUp == .seconds(3600) && policy.afterDead == .block)
    }

    /// The configuration offers such a kind for alerts and messages, so its actions must be able to deliver them.
    @Test func aKindThatTellsPeopleDeliversTheirMessages() {
        for type in ActionTable.all {
            #expect(
                type.kind.tellsPeople == (type is any Carrier.Type),
                "\(type.kind.name): a kind with tellsPeople is a Carrier, and no other kind")
        }
    }

    @Test func aDeliveryAsksForTheBodyThatItsCarrierQuotes() throws {
        func needsBody(_ to: String) throws -> Bool? {
            let yaml = """
                actions:
                  mail: { kind: email, host: h, from: a@b.example, to: "\(to)" }
                  tell: { kind: message_customer, through: mail }
                """
            return try actions(yaml, [:])["tell:delivery"]?.needsBody
        }
        #expect(try needsBody("{payload.email}") == true)
        #expect(try needsBody("{order.email}") == false)
    }

    @Test func jobsOfAnActionWithoutItsSecretWait() throws {
        let action = try #require(try actions(yaml, [:])["ops"])
        guard
            case .finished(.retry(nil, false, let reason)) = action.prepare(
                Subjects.subject(), now: Timestamp(microseconds: 0))
        else {
            Issue.record("its jobs must be kept, uncounted")
            return
        }
        #expect(reason.contains("SLACK_WEBHOOK_URL"))
        #expect(action.effectKey(for: Subjects.subject()) == nil)
    }
}
