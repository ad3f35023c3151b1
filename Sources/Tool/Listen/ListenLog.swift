import JSON
import Platform
import Settings
import Webhooks

/// What a person sees while events go by: a line each, in colours on a terminal, or JSON.
final class ListenLog {
    private let asJSON: Bool
    private var isAway = false
    private var waitsFor: FeedItem?

    init(asJSON: Bool) { self.asJSON = asJSON }

    func ended(_ event: LiveEvent, _ outcome: Forwarder.Outcome) {
        waitsFor = nil
        switch outcome {
        case .delivered(let status, let time, let tries):
            say(event, "delivered", "\(status) in \(time.wholeMilliseconds) ms" + again(tries), .green, status)
        case .refused(let status, let tries): say(event, "refused", "\(status), left" + again(tries), .red, status)
        case .unsigned(let reason): say(event, "unsigned", "not sent: \(reason)", .red, nil)
        case .stopped: break
        }
    }

    /// Says once for each event that nobody takes it.
    func waiting(_ event: LiveEvent, _ reason: String) {
        guard waitsFor != event.item else { return }
        waitsFor = event.item
        say(event, "waiting", "retrying: \(reason)", .yellow, nil)
    }

    func gone(_ item: FeedItem) { StandardError.write("\(item.name) is no longer stored: skipped") }

    func feedIsAway(_ reason: String) {
        if !isAway { StandardError.write("events interrupted: \(reason)") }
        isAway = true
    }

    func feedIsBack() {
        if isAway { StandardError.write("events resumed") }
        isAway = false
    }

    func restored(_ since: Timestamp, known: Int, unknown: Int) {
        StandardError.write(
            "the database was restored or failed over: of the events received since \(since.rfc3339) "
                + "\(known) were sent before, and \(unknown) are sent now; replays of that time are not")
    }

    private func again(_ tries: Int) -> String { tries > 1 ? ", try \(tries)" : "" }

    private func say(
        _ event: LiveEvent, _ outcome: String, _ text: String, _ colour: Console.Colour, _ status: Int?
    ) {
        let now = SystemClock.now.rfc3339
        if asJSON {
            let object: JSONValue = [
                "at": .string(now), "kind": .string(event.item.kind.rawValue),
                "event_id": event.item.kind == .handshake ? .null : .number(JSONNumber(event.item.id)),
                "source": .string(event.source),
                "type": .string(event.type), "outcome": .string(outcome),
                "status": status.map { .number(JSONNumber(Int64($0))) } ?? .null, "text": .string(text),
            ]
            return Console.say(object.text)
        }
        let name = "\(event.item.name) \(event.source) \(event.type)\(event.subject.map { " \($0)" } ?? "")"
        Console.say(
            "\(Console.coloured(String(now.dropFirst(11).prefix(12)), .grey))  \(name) → "
                + Console.coloured(text, colour))
    }
}
