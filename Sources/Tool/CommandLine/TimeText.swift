/// Times for people.
enum TimeText {
    /// A number of seconds in its largest whole unit: `12 s`, `5 min`, `3 h`, `2 d`.
    static func short(_ seconds: Double) -> String {
        switch seconds {
        case ..<120: "\(Int(max(0, seconds))) s"
        case ..<7200: "\(Int(seconds / 60)) min"
        case ..<172_800: "\(Int(seconds / 3600)) h"
        default: "\(Int(seconds / 86_400)) d"
        }
    }
}
