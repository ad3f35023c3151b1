import Ledger
import Settings
import Verification
import Webhooks

/// The notice about sources that accepted unsigned deliveries and now refuse them. The package's postinst finds the
/// sources by this sentence: `make deb` tries it.
enum UnsignedNotice {
    /// One text each, with the line that would keep accepting them.
    ///
    /// - Parameter settings: nil where there are none to look at: then all are named.
    static func texts(_ history: [UnsignedHistory], _ settings: Settings?) -> [String] {
        let settings = settings?.sources.isEmpty == true ? nil : settings
        return history.compactMap { one in
            let contract = settings?.source(named: one.source)?.contract(of: one.provider)
            if let settings, settings.source(named: one.source) == nil { return nil }
            if let contract, contract.verification != .required { return nil }
            return
                "\(one.source) accepted unsigned deliveries of \(one.provider) until \(one.last.rfc3339) and refuses them "
                + (settings == nil ? "unless its configuration says otherwise" : "from now on")
                + "; to keep it open write sources.\(one.source).providers.\(one.provider): { …, verification: optional }"
        }
    }
}
