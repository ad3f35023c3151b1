import JSON
import Providers
import Testing
import Verification
import Webhooks

@Suite("Answers that each sender expects")
struct AnswerTests {
    private static let receipts = [false, true].map { Receipt(eventID: 1, orderRow: nil, isDuplicate: $0) }

    @Test("Stored: a 2xx, never a redirect, and the same to a repetition", arguments: ProviderRegistry.all.map(\.name))
    func accepted(name: String) throws {
        let provider = try #require(ProviderRegistry.named(name))
        let event = try read(name == "roms" ? #"{"order_number":1}"# : "{}", by: name)
        let answers = Self.receipts.map { provider.answer(event, $0, delivery(body: [])) }
        #expect(answers[0] == answers[1] && answers[0].status == 200)
        #expect(!answers[0].headers.contains { $0.name == "location" })
        let bodies = ["adyen": "[accepted]", "discord": #"{"type":5}"#, "twilio": "<Response/>"]
        let ofGuides = ["evershop", "roms", "tiktok_comments_guide", "tiktok_shop_guide"]
        if !ofGuides.contains(name) { #expect(String(decoding: answers[0].body, as: UTF8.self) == bodies[name] ?? "") }
    }

    @Test(
        "Refused: every kind has its status, and no answer tells what was expected",
        arguments: ProviderRegistry.all.map(\.name))
    func refused(name: String) throws {
        let provider = try #require(ProviderRegistry.named(name))
        for kind in Refusal.Kind.allCases where kind != .invalidPayload {
            let answer = provider.answer(Refusal(kind, "timestamp is 312 s old"))
            let isMismatch = [.noSecretMatched, .malformedSignature].contains(kind)
            let plain = Answer.refusing(Refusal(kind, "")).status
            #expect(answer.status == (name == "ebay" && isMismatch ? 412 : plain), "\(kind)")
            #expect(!String(decoding: answer.body, as: UTF8.self).contains("312"))
        }
    }

    @Test(
        "Discord takes one answer to each kind of interaction, and none to an event",
        arguments: [
            (#"{"type":2,"id":"1"}"#, .json(200, ["type": 5])), (#"{"type":3,"id":"1"}"#, .json(200, ["type": 6])),
            (#"{"type":4,"id":"1"}"#, .json(200, ["type": 8, "data": ["choices": []]])),
            (#"{"type":5,"id":"1"}"#, .json(200, ["type": 5])),
            (#"{"type":1,"event":{"type":"APPLICATION_AUTHORIZED"}}"#, Answer(status: 204)),
        ] as [(String, Answer)])
    func discord(body: String, answer: Answer) throws {
        let provider = try #require(ProviderRegistry.named("discord"))
        for receipt in Self.receipts {
            #expect(provider.answer(try read(body, by: "discord"), receipt, delivery(body: [])) == answer)
        }
    }
}
