import JSON
import Jobs
import Outbound
import Settings
import Testing

@testable import Actions

@Suite struct ConfirmSubscriptionTests {
    private func action(_ baseURL: String? = nil) throws -> ConfirmSubscription {
        let base = baseURL.map { ", base_url: \"\($0)\"" } ?? ""
        let settings = try Configured.settings(
            "actions: { confirm: { kind: confirm_subscription\(base) } }")
        return ConfirmSubscription(try #require(settings.action(named: "confirm")), in: settings)
    }

    private func preparation(_ url: String?, _ action: ConfirmSubscription) -> FirstStep {
        var body = JSONObject()
        body["SubscribeURL"] = url.map(JSONValue.string)
        return action.prepare(
            Subjects.subject(order: nil, body: JSONValue.object(body).text), now: EventPostTests.now)
    }

    @Test(arguments: [
        "https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn&Token=2336412f",
        "https://sns.cn-north-1.amazonaws.com.cn/?Action=ConfirmSubscription&Token=2",
        "https://sns.eusc-de-east-1.amazonaws.eu/?Action=ConfirmSubscription&Token=3",
    ])
    func theURLIsVisited(url: String) throws {
        guard case .request(let request) = preparation(url, try action()) else {
            Issue.record("no request")
            return
        }
        #expect(request.method == "GET" && request.url == url && request.body == nil)
        #expect(request.destination?.hasSuffix(":443") == true)
        guard case .request(let moved) = preparation(url, try action("http://127.0.0.1:8081/a/")) else {
            Issue.record("no request")
            return
        }
        #expect(moved.url.hasPrefix("http://127.0.0.1:8081/a/?Action=ConfirmSubscription&"))
    }

    @Test(arguments: [
        nil, "", "https://attacker.example/", "http://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription",
        "https://sns.us-west-2.amazonaws.com.attacker.example/",
        "https://sns.us-west-2.amazonaws.com@attacker.example/",
        "https://sns.us-west-2.amazonaws.com:8443/", "https://169.254.169.254/latest/meta-data/",
        "https://attacker.example/?sns.us-west-2.amazonaws.com", "https://a.sns.us-west-2.amazonaws.com/",
        "https://sns.us-west-2.amazonaws.com/?a\r\nHost: attacker.example", "file:///etc/passwd",
    ])
    func whatIsNotAmazonsIsNotVisited(url: String?) throws {
        for action in [try action(), try action("http://127.0.0.1:1")] {
            guard case .finished(.bury) = preparation(url, action) else {
                Issue.record("\(url ?? "none") would be visited")
                return
            }
        }
    }

    private static let confirmation = Subjects.subject(
        order: nil, body: #"{"SubscribeURL": "https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription"}"#)

    @Test(arguments: [
        (200, "done"), (400, "bury"), (403, "bury"), (302, "bury"), (429, "retry"), (500, "retry"), (503, "retry"),
    ])
    func judgesByStatus(status: Int, expected: String) throws {
        let outcome = try action().judge(.success(HTTPResponse(status: status)), of: Self.confirmation)
        let word =
            switch outcome {
            case .done: "done"
            case .bury: "bury"
            case .retry: "retry"
            default: "other"
            }
        #expect(word == expected)
    }

    @Test func aSecondVisitIsHarmlessAndOneIsTheRule() throws {
        let action = try action()
        guard case .send(_, .repeatable, _) = action.begin(Self.confirmation, now: EventPostTests.now) else {
            Issue.record("a second visit is allowed")
            return
        }
        #expect(action.kind.doubt == .settled)
        #expect(action.effectKey(for: Subjects.subject()) == action.effectKey(for: Subjects.subject()))
        #expect(action.needsBody)
    }
}
