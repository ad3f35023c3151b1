import LocalStack
import StackSuite
import StandIns
import Testing

/// Part 6: text of a sender stays text wherever it goes.
extension Attacks {
    /// What joins the scalar before it makes another Character of it, to Swift and to nobody else.
    private static let joiners = ["", "\u{200D}", "\u{301}", "\u{FE0F}", "\u{1F3FD}", "\u{E0020}"]

    @Test func aNameIsNoMarkupInSlack() async throws {
        try await attack(6, "names of customers that are Slack's markup") { count in
            for (number, joiner) in Self.joiners.enumerated() {
                let name = "<\(joiner)!channel>\(joiner) &\(joiner)lt; <\(joiner)https://x.example|y>"
                let body =
                    #"{"order_number":"markup-\#(number)","status":"paid","email":"m@mail.example","customer_name":"\#(name)"}"#
                #expect(try open(body, isSigned: true) == 200)
            }
            try await settle()
            let messages = try standIns.effects("slack").keys.filter { $0.hasPrefix("markup-") }
            #expect(messages.count == Self.joiners.count)
            for message in messages {
                let scalars = message.unicodeScalars
                count.expect(
                    !scalars.contains("<") && !scalars.contains(">"), "markup reached Slack: \(message)")
            }
        }
    }
}
