import JSON
import Verification
import Webhooks

extension EnvelopeProvider {
    /// Discord: interactions `{id, type, …}` and events `{type, event{type, timestamp}}`. Its pings are signed: type 1
    /// of an interaction, 0 of an event. A stored command is answered "later" (5), a button that was pressed "later, in
    /// place" (6), a completion by no choices (8): Discord accepts no other answers. A stored event is answered by 204.
    /// Source: https://discord.com/developers/docs/interactions/receiving-and-responding
    static let discord = EnvelopeProvider(
        scheme: .discord,
        envelope: Envelope(
            type: .first([.body("event.type"), .body("type")]), id: .body("id"), time: .body("event.timestamp"),
            subject: .first([
                .all([.literal("channel"), .body("channel_id")], ":"),
                .all([.literal("user"), .body("event.data.user.id")], ":"),
            ]),
            shop: .body("guild_id")),
        signsObjects: true,
        accepting: { event in
            switch event.providerType {
            case "3": .json(200, ["type": 6])
            case "4": .json(200, ["type": 8, "data": ["choices": []]])
            case Event.unrecognized: .json(200, ["type": 5])
            default: Int(event.providerType) == nil ? Answer(status: 204) : .json(200, ["type": 5])
            }
        },
        signedGreeting: { delivery in
            guard let body = try? JSONValue(parsing: delivery.body), body["event"] == nil else { return nil }
            return switch body["type"]?.integer {
            case 0: Answer(status: 204)
            case 1: .json(200, ["type": 1])
            default: nil
            }
        })
}
