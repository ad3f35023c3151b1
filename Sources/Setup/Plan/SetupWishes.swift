/// What a person wants of `hookledger setup`.
public struct SetupWishes: Sendable, Equatable {
    /// Variables with the signing secrets of senders.
    public var secrets: SecretLines
    /// The database and who may log in there.
    public var access: DatabaseAccess
    /// The commands that make the database and its schema, with the user who may.
    public var create: SetupCommand
    /// See ``create``.
    public var migrate: SetupCommand
    /// For a database on another host: the lines to type there.
    public var remote: Paste?
    /// The text of nginx's site file.
    public var site: String
    /// The commands that make a certificate for trying out; none where there is a real one.
    public var certificate: [SetupCommand]
    /// The program that makes users, folders and keys.
    public var prepare: SetupCommand
    /// One turn of the batch processor.
    public var firstRun: SetupCommand

    /// The wishes of a person.
    public init(
        secrets: SecretLines, access: DatabaseAccess, create: SetupCommand, migrate: SetupCommand, remote: Paste?,
        site: String, certificate: [SetupCommand], prepare: SetupCommand, firstRun: SetupCommand
    ) {
        self.secrets = secrets
        self.access = access
        self.create = create
        self.migrate = migrate
        self.remote = remote
        self.site = site
        self.certificate = certificate
        self.prepare = prepare
        self.firstRun = firstRun
    }
}
