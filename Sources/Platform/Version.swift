/// Which Hookledger this is.
public enum Version {
    /// The newest heading of CHANGELOG.md, which `make deb` takes, too.
    public static let text = "0.1.0"
}
