internal import Glibc

extension ChildProcess {
    /// A signal by its number (signal(7)), with names for those sent here.
    public struct Signal: RawRepresentable, Hashable, Sendable {
        /// The number.
        public let rawValue: Int32

        /// Any signal; 0 only asks whether the process is there.
        public init(rawValue: Int32) { self.rawValue = rawValue }

        /// SIGTERM: please end.
        public static let terminate = Signal(rawValue: SIGTERM)
        /// SIGINT: Ctrl-C.
        public static let interrupt = Signal(rawValue: SIGINT)
        /// SIGQUIT: end at once.
        public static let quit = Signal(rawValue: SIGQUIT)
        /// SIGHUP: read the configuration again.
        public static let hangUp = Signal(rawValue: SIGHUP)
        /// SIGKILL: ended by the kernel.
        public static let kill = Signal(rawValue: SIGKILL)
        /// SIGSTOP: frozen until ``resume``.
        public static let stop = Signal(rawValue: SIGSTOP)
        /// SIGCONT: continues.
        public static let resume = Signal(rawValue: SIGCONT)

        /// Sends it to a process that is no child of this one.
        ///
        /// - Returns: false when there is no such process, or none that this user may signal.
        @discardableResult
        public func send(to pid: Int32) -> Bool { pid > 0 && Glibc.kill(pid, rawValue) == 0 }
    }
}
