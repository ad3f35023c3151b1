/// The changes that this process makes to files, in their order: tests derive from them what a power cut may leave. Only debug
/// builds note them.
package enum FileSteps {
    /// One call that succeeded.
    package enum Step: Sendable, Hashable {
        /// A file was made, empty.
        case create(String)
        /// Bytes were appended to a file.
        case write(String, [UInt8])
        /// A file's content is on the disk: fsync(2).
        case syncFile(String)
        /// A folder's entries are on the disk: fsync(2).
        case syncFolder(String)
        /// A file has another path.
        case rename(String, to: String)
        /// A file is gone.
        case remove(String)
        /// A folder was made.
        case makeFolder(String)
    }

    #if DEBUG
        private static let observer = Locked<(@Sendable (Step) -> Void)?>(nil)

        /// Gives every later step to `observe`, on the thread that made it; nil ends that.
        package static func observe(_ observe: (@Sendable (Step) -> Void)?) {
            observer.withLock { $0 = observe }
        }

        /// Notes a step.
        static func note(_ step: @autoclosure () -> Step) {
            let observe: (@Sendable (Step) -> Void)? = observer.withLock { $0 }
            observe?(step())
        }
    #else
        @inline(__always)
        static func note(_ step: @autoclosure () -> Step) {}
    #endif
}
