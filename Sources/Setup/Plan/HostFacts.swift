/// What a host is like, as far as a plan depends on it.
public struct HostFacts: Sendable, Equatable {
    /// A file and its text.
    public struct TextFile: Sendable, Equatable {
        let path: String
        /// nil if there is no such file.
        var text: String?

        /// A file with that text.
        public init(_ path: String, _ text: String?) { (self.path, self.text) = (path, text) }
    }

    /// The server that keeps the database.
    public struct Postgres: Sendable, Equatable {
        /// pg_hba.conf
        public var access: TextFile
        /// pg_ident.conf
        public var ident: TextFile
        /// Who manages these two beside the files' own words, such as a Patroni that runs; nil for nobody.
        public var manager: String?
        /// Whether the database exists.
        public var hasDatabase: Bool
        /// Whether its schema is that of this program, with the connection limits of its roles.
        public var isMigrated: Bool

        /// The facts of a server on this host.
        public init(access: TextFile, ident: TextFile, manager: String?, hasDatabase: Bool, isMigrated: Bool) {
            self.access = access
            self.ident = ident
            self.manager = manager
            self.hasDatabase = hasDatabase
            self.isMigrated = isMigrated
        }
    }

    /// The web server.
    public struct Nginx: Sendable, Equatable {
        /// nginx.conf
        public var main: TextFile
        /// The site file.
        public var site: TextFile
        /// Where a link to the site file belongs; nil for an nginx without `sites-enabled`.
        public var link: String?
        /// Whether the link is there.
        public var isLinked: Bool
        /// Whether it runs.
        public var isRunning: Bool

        /// The facts of an nginx.
        public init(main: TextFile, site: TextFile, link: String?, isLinked: Bool, isRunning: Bool) {
            self.main = main
            self.site = site
            self.link = link
            self.isLinked = isLinked
            self.isRunning = isRunning
        }
    }

    /// What starts the batch processor every minute.
    public enum Cron: Sendable, Equatable {
        /// It runs.
        case runs
        /// It does not run; this command starts it.
        case idle([String])
        /// There is none, or it has no line for the batch processor.
        case missing
    }

    /// hookledger.env
    public var secrets: TextFile
    /// Whether users, folders, keys and the generation file are there.
    public var isPrepared: Bool
    /// nil for a server on another host.
    public var postgres: Postgres?
    /// The web server.
    public var nginx: Nginx
    /// Whether the certificate is there.
    public var hasCertificate: Bool
    /// Whether systemd runs this host.
    public var hasSystemd: Bool
    /// The pools whose sockets nobody listens on.
    public var idlePools: [Pool]
    /// With systemd: units that are not enabled, or not active.
    public var idleUnits: [String]
    /// What starts the batch processor.
    public var cron: Cron
    /// Whether a batch processor has run on the database.
    public var hasRun: Bool

    /// The facts of a host.
    public init(
        secrets: TextFile, isPrepared: Bool, postgres: Postgres?, nginx: Nginx, hasCertificate: Bool, hasSystemd: Bool,
        idlePools: [Pool], idleUnits: [String], cron: Cron, hasRun: Bool
    ) {
        self.secrets = secrets
        self.isPrepared = isPrepared
        self.postgres = postgres
        self.nginx = nginx
        self.hasCertificate = hasCertificate
        self.hasSystemd = hasSystemd
        self.idlePools = idlePools
        self.idleUnits = idleUnits
        self.cron = cron
        self.hasRun = hasRun
    }
}
