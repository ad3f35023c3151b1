/// Planted faults for `make mutants` (Tests/Mutants): a debug build holds all of them, and the environment variable
/// `HOOKLEDGER_MUTANT` turns one on. A release build holds none.
public enum Mutation {
    #if DEBUG
        private static let active = Environment.value(of: "HOOKLEDGER_MUTANT")

        /// Whether this process has that fault.
        public static func isOn(_ name: StaticString) -> Bool {
            guard let active else { return false }
            return active == "\(name)"
        }

        /// What a child with an environment of its own needs to have the same fault.
        static let environment = ["HOOKLEDGER_MUTANT", "HOOKLEDGER_SPLICE"].compactMap { name in
            Environment.value(of: name).map { "\(name)=\($0)" }
        }
    #else
        /// No fault: the optimizer removes the call, and the code behind it.
        @inlinable @inline(__always)
        public static func isOn(_ name: StaticString) -> Bool { false }
    #endif
}
