public import Ledger
public import Postgres
public import Settings

/// How long and how hard a run of the batch processor works.
public struct RunOptions: Sendable {
    /// How long the run lasts; the last twentieth (at most 2 s) claims nothing more.
    public var duration = Duration.seconds(65)
    /// End as soon as nothing is due, in place of asking again until the time is over.
    public var once = false
    /// The most jobs to claim; nil for no limit.
    public var limit: Int?
    /// How many jobs one claim takes at most.
    public var batch = 500
    /// How many jobs the process holds at most: bounds requests in flight and memory.
    public var maxHeld = 1000
    /// How many requests to one destination this run has under way at most.
    public var perHost = 32
    /// What single destinations take; the runs that are at work share it.
    public var limits = DestinationLimits()
    /// The most bytes of raw bodies in memory, apart from one body.
    public var bodyBudget = 64 << 20
    /// After this many outages in a row nothing is sent to a destination for a while.
    public var breakerThreshold = 5
    /// For how long at first; it doubles each time it is still away, up to 15 minutes.
    public var breakerWait = Duration.seconds(10)
    /// The actions that tell people of dead letters, and of what `alerts` names.
    public var alertThrough: [String] = []
    /// The other causes of alerts.
    public var alerts = AlertSettings.none
    /// When a hold raises an alarm.
    public var holds = HoldSettings.standard
    /// Told a few times a second how far the run is: what was done, and how many jobs are due or under way.
    public var progress: (@Sendable (RunReport, _ left: Int) -> Void)?
    /// What counts attempts and times; nil counts nothing.
    public var metrics: Metrics?
    /// Asked of each new session: the reason why no job may run; nil lets them run. Without it all may.
    public var gate: (@Sendable (Connection) throws(PostgresError) -> String?)?
    /// Which traces are sent, so that requests name their place in them; nil without telemetry.
    public var sampler: TelemetrySettings.Sampler?
    /// The configuration of the run; nil for none.
    public var revision: ConfigurationRevision?
    /// How many runs may work at the same time on this database.
    public var slots = 4
    /// How often the run renews its slot's lease.
    public var slotRenewal = Duration.milliseconds(Slots.beat)
    /// Between two looks for work while there is none.
    public var interval = Duration.milliseconds(200)
    /// How long requests in flight may continue after the run's end before they are given up.
    public var grace = Duration.seconds(20)
    /// How long Postgres may be away before the run ends with a temporary failure.
    public var patience = Duration.seconds(30)

    /// The defaults of the shipped cron line.
    public init() {}
}
