import Crypto
import Platform
import Settings
import Verification
import Webhooks

/// What a person can do while events go by: keys for the event that was shown last, and the filter.
final class ListenConsole {
    /// Which events are forwarded; nil for all.
    private(set) var filter: ListenFilter?
    private let keys: TerminalKeys?
    /// The pages of the server; nil if its address is not known.
    private let links: ServerLinks?
    private let stop: () -> Void
    private var last: LiveEvent?

    /// The longest body that a copied command has.
    private static let mostCopied = 64 << 10

    static let help = "keys: r retry the last event, o open it, c copy it as curl, f filter, q quit"

    /// - Parameters:
    ///   - keys: nil without a terminal.
    ///   - stop: ends the listener.
    init(filter: ListenFilter?, keys: TerminalKeys?, links: ServerLinks?, stop: @escaping () -> Void) {
        self.filter = filter
        self.keys = keys
        self.links = links
        self.stop = stop
    }

    /// Whether a key waits.
    var hasKey: Bool { keys?.hasKey ?? false }

    /// An event was shown.
    func note(_ event: LiveEvent) { last = event }

    /// Does what the keys say that were pressed meanwhile.
    /// - Parameters:
    ///   - forwarder: says what is sent.
    ///   - again: sends an event again.
    func attend(_ forwarder: Forwarder, again: (LiveEvent) -> Void) {
        while let key = keys?.next() {
            switch key {
            case UInt8(ascii: "r"): if let last = shown { again(last) }
            case UInt8(ascii: "o"): if let last = shown { open(last) }
            case UInt8(ascii: "c"): if let last = shown { copy(last, forwarder) }
            case UInt8(ascii: "f"): askForFilter()
            case UInt8(ascii: "q"): return stop()
            default: StandardError.write(Self.help)
            }
        }
    }

    /// The last event; says so if there is none.
    private var shown: LiveEvent? {
        if last == nil { StandardError.write("no event so far") }
        return last
    }

    private func link(_ event: LiveEvent) -> String? {
        event.item.kind == .handshake ? nil : links?.event(event.item.id)
    }

    private func open(_ event: LiveEvent) {
        guard let link = link(event) else {
            StandardError.write("no address of the inspector is known: set HOOKLEDGER_URL, or use --server")
            return
        }
        StandardError.write(link)
        guard ["DISPLAY", "WAYLAND_DISPLAY"].contains(where: { Environment.value(of: $0)?.isEmpty == false }) else {
            return
        }
        var browser = ChildCommand(["xdg-open", link])
        (browser.output, browser.errors) = (.null, .null)
        _ = try? ChildProcess.run(browser)
    }

    /// Puts the request into the terminal's clipboard (OSC 52 of xterm's control sequences).
    private func copy(_ event: LiveEvent, _ forwarder: Forwarder) {
        guard let text = curl(event, forwarder) ?? link(event) else {
            StandardError.write("its body is too long or no text, and no link to it is known")
            return
        }
        Console.write(Array("\u{1B}]52;c;".utf8) + Array(Base64.encode(Array(text.utf8)).utf8) + [0x07])
        StandardError.write("copied: \(VisibleText.of(String(text.prefix(60))))…")
    }

    /// The event as a command, signed now; nil if its body does not fit into one.
    private func curl(_ event: LiveEvent, _ forwarder: Forwarder) -> String? {
        guard event.body.count <= Self.mostCopied, let body = String(validating: event.body, as: UTF8.self),
            !body.unicodeScalars.contains("\0"),
            let draft = try? forwarder.signer.signed(event, url: forwarder.url(of: event), now: SystemClock.now)
        else { return nil }
        let headers = draft.headers.fields.map { " -H \(Self.quoted("\($0.name): \($0.value)"))" }.joined()
        return "curl -X \(draft.method) \(Self.quoted(draft.url))\(headers) --data-raw \(Self.quoted(body))"
    }

    /// One word of a shell.
    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

    private func askForFilter() {
        StandardError.write("filter, such as type: order.created (empty for all events):")
        guard let text = keys?.line() else { return }
        if text.allSatisfy(\.isWhitespace) {
            filter = nil
            StandardError.write("all events")
            return
        }
        do {
            filter = try ListenFilter(text, sources: nil)
            StandardError.write("only events with \(VisibleText.of(text))")
        } catch {
            StandardError.write("\(error)")
        }
    }
}
