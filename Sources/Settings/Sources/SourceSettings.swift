public import Verification

/// One configured sender.
public struct SourceSettings: Sendable {
    /// What to do with a delivery that Postgres can not take.
    public enum StoreFailurePolicy: String, Sendable, CaseIterable {
        /// Answer 503 with `Retry-After`: the sender tries again.
        case retry
        /// Keep it in the spool and answer 2xx: for senders that do not try again.
        case spool
    }

    /// What the operator calls it, such as `tiktok-shop`; events carry it.
    public let name: String
    /// The contracts that it speaks (names of presets); told apart by their headers when there are several.
    public let providers: [String]
    /// The paths its deliveries come to, matched exactly.
    public let paths: [String]
    /// Its signing secrets and static credentials.
    public let keyring: Keyring
    /// What it demands of a delivery.
    public let verification: VerificationPolicy
    /// By how many seconds the time of signing may differ; nil for the scheme's own.
    public let tolerance: Int64?
    /// The largest body, in bytes.
    public let bodyLimit: Int
    /// What to do when Postgres is away.
    public let onStoreFailure: StoreFailurePolicy
    /// For how many seconds an equal body counts as the same event, for providers with neither id nor time.
    public let dedupeWindow: Int64

    /// 1 MiB.
    public static let defaultBodyLimit = 1 << 20
    /// 10 minutes.
    public static let defaultDedupeWindow: Int64 = 600
}
