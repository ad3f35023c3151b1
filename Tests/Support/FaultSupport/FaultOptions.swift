/// What a run under faults is to do.
public struct FaultOptions: Sendable {
    /// What distinguishes the options of one program.
    public struct Form: Sendable {
        let counted: String
        let usual: Int
        let quick: Int
        let lists: Bool
        let parts: [String]?
        let recorded: [String]

        /// - Parameters:
        ///   - counted: what the program counts, such as `kills`; the option has its name.
        ///   - usual: how many of them; `quick` is the number of a quick run.
        ///   - lists: whether it can print its list.
        ///   - parts: what `--only` takes; nil if its words are parts of names.
        ///   - recorded: those of them whose figures a page has.
        public init(
            counted: String, usual: Int, quick: Int, lists: Bool = false, parts: [String]? = [], recorded: [String] = []
        ) {
            (self.counted, self.usual, self.quick, self.lists) = (counted, usual, quick, lists)
            (self.parts, self.recorded) = (parts, recorded)
        }

        var usage: String {
            let only = parts.map { $0.isEmpty ? "" : " [--only \($0.joined(separator: "|"))]" } ?? " [--only KIND,…]"
            return "options: [--seed N] [--\(counted) N] [--quick] [--rate N] [--record PAGE]\(only)"
                + (lists ? " [--list]" : "")
        }

        fileprivate func takes(_ part: String) -> Bool { parts.map { $0.contains(part) } ?? true }
    }

    /// The seed of the load, and of what is drawn.
    public private(set) var seed: UInt64 = 1
    /// Little of everything.
    public private(set) var isQuick = false
    /// How often something is hit.
    public private(set) var count: Int
    /// How many deliveries begin in a second.
    public private(set) var rate = 60
    /// Only these parts of the run; empty for all.
    public private(set) var only: [String] = []
    /// Whether the list of blows is printed, and nothing else happens.
    public private(set) var isList = false
    /// The page that takes the figures; nil for none.
    public private(set) var page: String?

    /// A wrong use of the program.
    public struct Usage: Error, CustomStringConvertible {
        /// The right use.
        public let description: String
    }

    /// - Parameter arguments: those of the process, without its name.
    public init(_ arguments: some Sequence<String>, _ form: Form) throws(Usage) {
        let usage = Usage(description: form.usage)
        var words = Array(arguments)[...]
        var given: Int?
        count = form.usual
        while let word = words.popFirst() {
            switch word {
            case "--quick": isQuick = true
            case "--list" where form.lists: isList = true
            case "--seed": seed = UInt64(try Self.number(&words, usage))
            case "--\(form.counted)": given = try Self.number(&words, usage)
            case "--rate": rate = max(1, try Self.number(&words, usage))
            case "--only":
                only = words.popFirst()?.split(separator: ",").map(String.init) ?? []
                guard !only.isEmpty, only.allSatisfy(form.takes) else { throw usage }
            case "--record":
                guard let path = words.popFirst() else { throw usage }
                page = path
            default: throw usage
            }
        }
        count = given ?? (isQuick ? form.quick : form.usual)
        // A page has the figures of whole runs.
        if page != nil, !only.allSatisfy(form.recorded.contains) { throw usage }
    }

    private static func number(_ words: inout ArraySlice<String>, _ usage: Usage) throws(Usage) -> Int {
        guard let number = words.popFirst().flatMap({ Int($0) }), number >= 0 else { throw usage }
        return number
    }
}
