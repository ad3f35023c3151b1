import Ledger
import Settings
import Verification
import Webhooks

/// The notice about a source that accepted unsigned deliveries and now refuses them.
struct UnsignedNotice {
    let source: String
    /// For people, with the line that would keep accepting them.
    let text: String

    /// One for each source and provider.
    ///
    /// - Parameter settings: nil where there are none to look at: then all are named.
    static func all(_ history: [UnsignedHistory], _ settings: Settings?) -> [UnsignedNotice] {
        let settings = settings?.sources.isEmpty == true ? nil : settings
        return history.compactMap { one in
            let contract = settings?.source(named: one.source)?.contract(of: one.provider)
            if let settings, settings.source(named: one.source) == nil { return nil }
            if let contract, contract.verification != .required { return nil }
            let text =
                "\(one.source) accepted unsigned deliveries of \(one.provider) until \(one.last.rfc3339) and refuses them "
                + (settings == nil ? "unless its configuration says otherwise" : "from now on")
                + "; to keep it open write sources.\(one.source).providers.\(one.provider): { …, verification: optional }"
            return UnsignedNotice(source: one.source, text: text)
        }
    }
}
