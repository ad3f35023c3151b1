import Webhooks

extension Scheme {
    /// The text of the timestamp, as sent.
    /// - Returns: nil when the scheme has no timestamp.
    /// - Throws: a refusal when it is missing or given more than once.
    func timestampText(in request: RequestFields, beside text: SignatureText) throws(Refusal) -> String? {
        guard let place = timestamp?.place else { return nil }
        let found: String?
        switch place {
        case .header(let name): found = request[.header(name)]
        case .jsonField(let path): found = request[.jsonField(path)]
        case .pair, .position:
            if text.timestamps.count > 1 { throw Refusal(.malformedTimestamp, "there is more than one timestamp") }
            found = text.timestamps.first.map(String.init)
        }
        guard let found else { throw Refusal(.missingTimestamp, "there is no timestamp") }
        return found
    }
}

extension TimestampRule {
    /// Reads a timestamp and compares it with the present.
    /// - Parameters:
    ///   - seconds: how far the two may be apart; nil for any.
    /// - Throws: a refusal if the text is malformed, or too far from `now`.
    func check(_ text: String, tolerance seconds: Int64?, now: Timestamp) throws(Refusal) {
        guard let moment = moment(text) else {
            throw Refusal(.malformedTimestamp, "the timestamp is not \(unit.expectation)")
        }
        guard let seconds = seconds.map({ max(0, $0) }) else { return }
        if moment < now.advanced(bySeconds: -seconds) {
            let age = now.seconds - moment.seconds
            throw Refusal(.outsideTolerance, "timestamp is \(age) s old, tolerance is \(seconds) s")
        }
        if moment > now.advanced(bySeconds: seconds) {
            let lead = moment.seconds - now.seconds
            throw Refusal(.outsideTolerance, "timestamp is \(lead) s ahead, tolerance is \(seconds) s")
        }
    }

    /// The moment that a text names; nil for text of another form: no sign, no exponent, no white space.
    private func moment(_ text: String) -> Timestamp? {
        if unit == .rfc3339 { return Timestamp(rfc3339: text) }
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int64(text) else {
            return nil
        }
        return unit == .seconds ? Timestamp(seconds: number) : Timestamp(milliseconds: number)
    }

    /// A moment as this rule writes it.
    func text(of moment: Timestamp) -> String {
        switch unit {
        case .seconds: String(moment.seconds)
        case .milliseconds: String(moment.microseconds / 1000)
        case .rfc3339: moment.rfc3339
        }
    }
}

extension TimestampRule.Unit {
    fileprivate var expectation: String {
        switch self {
        case .seconds: "a number of seconds"
        case .milliseconds: "a number of milliseconds"
        case .rfc3339: "an RFC 3339 date"
        }
    }
}
