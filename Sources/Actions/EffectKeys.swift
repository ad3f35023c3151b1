import Crypto
import Jobs

/// Keys that make two effects the same effect, in the table `effects`.
enum EffectKeys {
    /// One effect per event and rule (and action: a rule may have two of one kind); of an alert one per job.
    static func perEventAndRule(_ action: some Action, _ subject: JobSubject) -> String {
        if subject.job.note != nil { return "\(action.kind):\(action.name):alert:\(subject.job.id)" }
        return "\(action.kind):\(action.name):\(subject.event.id):\(subject.job.rule)"
    }

    /// A name for a URL, which may be a secret: its hash.
    static func endpoint(_ url: SecretBytes) -> String { Hex.encode(Digest.sha256.hash(url.reveal())) }

    /// An id for the destination that is the same in every attempt: the key's hash, free of characters that any
    /// contract forbids.
    static func messageID(_ key: String) -> String {
        "msg_" + Hex.encode(Array(Digest.sha256.hash(Array(key.utf8)).prefix(16)))
    }
}
