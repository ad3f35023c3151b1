/// All facts about a kind of action that somebody beside the action itself needs: its keys in the configuration, and how
/// rules, jobs, the API and people treat its jobs.
///
/// Each kind of action declares its own, in its own file. Whoever reads a configuration gives the kinds to
/// `Settings.load`; two kinds are equal when their names are.
public struct ActionKind: Sendable {
    /// One key.
    public struct Key: Sendable, Hashable {
        /// What may stand under a key.
        public enum Form: Sendable, Hashable {
            /// Any text, such as a template.
            case text
            /// One of these words.
            case choice([String])
            /// A secret by reference.
            case secret
            /// A URL without secrets in it: `http` or `https`, no user and password.
            case url
            /// A URL, or a reference to one: many carry their secret in them.
            case urlOrSecret
            /// A whole number in that range.
            case integer(ClosedRange<Int>)
            /// A truth value.
            case boolean
            /// A time in that range.
            case duration(ClosedRange<Duration>)
            /// A list of texts.
            case list
            /// Header fields: texts, or references where the value is a secret.
            case headers
            /// Named texts.
            case texts
            /// The name of another action that can tell people something.
            case teller
            /// The names of other actions that can tell people something.
            case tellers
            /// The path of a folder for the files that the action writes.
            case folder
            /// The name of a source.
            case source
            /// The shape of a body: see ``BodyMapping``.
            case mapping
        }

        /// Its name.
        public let name: String
        /// What may stand under it.
        public let form: Form
        /// Whether the action needs it.
        public let isRequired: Bool
        /// A word under another key with which the action does not need this one.
        public let exemption: Exemption?

        /// A key and a word under it.
        public struct Exemption: Sendable, Hashable {
            let key: String
            let word: String
        }

        /// The default as it is written in the file, or its rule in words; nil when the key has none.
        public let standard: String?
        /// What it is for.
        public let meaning: String

        /// A key.
        public init(
            _ name: String, _ form: Form, required: Bool = false, standard: String? = nil, _ meaning: String
        ) {
            self.name = name
            self.form = form
            self.standard = standard
            self.meaning = meaning
            isRequired = required
            exemption = nil
        }

        /// A key that is required unless another key has a certain word.
        public init(_ name: String, _ form: Form, requiredUnless key: String, is word: String, _ meaning: String) {
            self.name = name
            self.form = form
            standard = nil
            self.meaning = meaning
            isRequired = true
            exemption = Exemption(key: key, word: word)
        }
    }

    /// How its jobs are shared: one job does the work of many events.
    public struct Sharing: Sendable {
        /// Which events share a job.
        public enum Scope: Sendable {
            /// All events that lead to the action. What one job does is about all of them.
            case action
            /// Those about one subject whose name begins with this prefix, such as `cart:`.
            case subject(prefix: String)
        }

        /// Which events share a job.
        public let scope: Scope
        /// The key with the time between the event and the job.
        public let delayKey: String
        /// That time where the key is absent.
        public let delay: Duration
        /// Whether each further event starts the time again, as with a timer.
        public let restarts: Bool

        /// Sharing of that kind.
        public init(_ scope: Scope, delayKey: String, delay: Duration, restarts: Bool) {
            self.scope = scope
            self.delayKey = delayKey
            self.delay = delay
            self.restarts = restarts
        }
    }

    /// The event that runs an action of this kind without being named in a rule.
    public struct Standing: Sendable {
        let provider: String
        let type: String

        /// Events of that type from sources that use that provider.
        public init(provider: String, type: String) {
            self.provider = provider
            self.type = type
        }
    }

    /// What can become of an effect that began and whose end nobody recorded.
    public enum Doubt: Sendable {
        /// The destination accepts a repeated request as one, or can say whether the effect exists: the next attempt
        /// settles it.
        case settled
        /// The destination can do neither: only a person can decide.
        case reported
    }

    /// Its name, the value of `kind:`.
    public let name: String
    /// Its keys.
    public let keys: [Key]
    /// The flag without which nothing is done.
    public var flag: String?
    /// What becomes of an effect in doubt.
    public var doubt = Doubt.settled
    /// Whether its actions can tell people something: alerts, reminders, messages to customers. Its type is a `Carrier`
    /// then, which delivers these messages.
    public var tellsPeople = false
    /// Whether it acts for every event unless the rule says `once:`.
    public var actsForEveryEvent = false
    /// How its jobs are shared; nil when each event has its own.
    public var sharing: Sharing?
    /// Whether its jobs are held while the buyer's request to cancel the order is undecided.
    public var waitsForCancelRequests = false
    /// Whether it asks a provider's API for orders, so that a source can be reconciled through it.
    public var givesOrders = false
    /// Whether it asks its provider's API with a token or key, which may be stored instead of named.
    public var asksWithTokens = false
    /// Whether it only describes a provider's API that lists events, so that a source can be reconciled through it and no
    /// rule can name it.
    public var isListing = false
    /// The types of events by which a person's data is removed or copied: this kind does so, and the law demands it.
    public var personRequests: [String] = []
    /// The event that it handles without being configured.
    public var standing: Standing?
    /// Checks that no single key can make.
    public var check: (@Sendable (Check) -> Void)?

    /// A kind of that name and keys.
    public init(_ name: String, _ keys: [Key], _ describe: (inout ActionKind) -> Void = { _ in }) {
        self.name = name
        self.keys = keys
        describe(&self)
    }
}

extension ActionKind: Hashable {
    /// By name.
    public static func == (a: ActionKind, b: ActionKind) -> Bool { a.name == b.name }

    /// By name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension ActionKind {
    /// The section of an action as it is written, for checks of its kind.
    public struct Check {
        let section: Section
        /// The providers of the sources that have an app, whose tokens are stored.
        let apps: Set<String>

        /// The text under that key; nil when absent.
        public func text(_ key: String) -> String? { section[key]?.scalar?.text }

        /// Whether anything is written under that key.
        public func has(_ key: String) -> Bool { section[key] != nil }

        /// Whether `hookledger authorize` gets tokens for a source of that provider.
        public func hasApp(of provider: String) -> Bool { apps.contains(provider) }

        /// Reports that a key is missing.
        /// - Parameter value: a description of the value.
        public func demand(_ key: String, _ value: String) {
            section.problems.error(section.line, "\(section.path) needs \(key): \(value)")
        }

        /// Reports a mistake under that key, if it is written.
        public func refuse(_ key: String, _ reason: String) {
            if section[key] != nil { section.error(key, reason) }
        }
    }
}

/// The kinds of actions that a program knows.
struct ActionKinds {
    let all: [ActionKind]

    init(_ all: [ActionKind]) { self.all = all }

    var names: [String] { all.map(\.name) }
    /// The names of those that can tell people something.
    var tellers: [String] { all.filter(\.tellsPeople).map(\.name) }

    func named(_ name: String) -> ActionKind? { all.first { $0.name == name } }

    /// The kind of each action as it is written, by the action's name; one that is unknown is not among them.
    func ofActions(_ root: Section) -> [String: ActionKind] {
        let found = (root["actions"]?.mapping ?? []).compactMap { entry in
            entry.value.mapping?.last { $0.key == "kind" }?.value.scalar.flatMap { named($0.text) }.map {
                (entry.key, $0)
            }
        }
        return Dictionary(found, uniquingKeysWith: { _, last in last })
    }
}
