import Ledger
import Settings
import Verification
import Webhooks

/// What to say of sources that took unsigned deliveries and take none any more.
enum UnsignedNotice {
    /// One text for each, with the line that would keep it open.
    ///
    /// - Parameter settings: nil where there are none to look at: then all are named.
    static func texts(_ history: [UnsignedHistory], _ settings: Settings?) -> [String] {
        let settings = settings?.sources.isEmpty == true ? nil : settings
        return history.compactMap { one in
            let contract = settings?.source(named: one.source)?.contract(of: one.provider)
            if let settings, settings.source(named: one.source) == nil { return nil }
            if let contract, contract.verification != .required { return nil }
            return
                "\(one.source) took unsigned deliveries of \(one.provider) until \(one.last.rfc3339) and refuses them "
                + (settings == nil ? "unless its configuration says otherwise" : "from now on")
                + "; to keep it open write sources.\(one.source).providers.\(one.provider): { …, verification: optional }"
        }
    }
}
