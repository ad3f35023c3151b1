/// The actions that a person's data depends on: what they do cannot be undone, or hands data out.
public enum PrivacyActions {
    /// Their kinds.
    public static let kinds: Set<String> = ["redact", "data_request"]
}
