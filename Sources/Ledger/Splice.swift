#if DEBUG
    import Platform

    /// A change of the SQL of a test's database: pause points, and the planted faults of `make mutants`. Only debug builds
    /// have it.
    package struct Splice: Sendable, Hashable {
        /// The text does not contain the anchor exactly once: it has changed, and the splice must change with it.
        package struct Mismatch: Error, CustomStringConvertible {
            /// What to look at.
            package let description: String
        }

        /// The file below `sql/`, such as `functions/02_finish_jobs.sql`; for other texts, a name for messages.
        package let file: String
        /// What is replaced.
        package let anchor: String
        /// What replaces it.
        package let text: String

        /// A splice.
        package init(_ file: String, replacing anchor: String, with text: String) {
            self.file = file
            self.anchor = anchor
            self.text = text
        }

        /// The splice that the environment plants: file, anchor and text, separated by U+001F.
        static let planted: Splice? = {
            guard let value = Environment.value(of: "HOOKLEDGER_SPLICE") else { return nil }
            let parts = value.split(separator: "\u{1f}", omittingEmptySubsequences: false).map(String.init)
            return Splice(parts[0], replacing: parts.count > 1 ? parts[1] : "", with: parts.count > 2 ? parts[2] : "")
        }()

        /// The changed text.
        /// - Throws: ``Mismatch``.
        package func applied(to whole: String) throws(Mismatch) -> String {
            let count = anchor.isEmpty ? 0 : whole.ranges(of: anchor).count
            guard count == 1 else {
                throw Mismatch(description: "\(file): the anchor occurs \(count) times instead of once: \(anchor)")
            }
            return whole.replacing(anchor, with: text)
        }

        /// The files with these splices, in their order.
        /// - Throws: ``Mismatch``; also for a file that does not exist.
        package static func apply(
            _ splices: [Splice], to files: [(name: String, sql: String)]
        ) throws(Mismatch) -> [(name: String, sql: String)] {
            var files = files
            for splice in splices {
                guard let place = files.firstIndex(where: { $0.name == splice.file }) else {
                    throw Mismatch(description: "there is no sql/\(splice.file)")
                }
                files[place].sql = try splice.applied(to: files[place].sql)
            }
            return files
        }
    }
#endif
