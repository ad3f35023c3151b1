public import Webhooks

extension Statistics {
    /// A time in buckets. Activity is counted by minutes, ten minutes and hours, so buckets are whole minutes, from ten minutes on
    /// whole tens of them, from an hour on whole hours, and begin at such times in UTC.
    public struct Window: Sendable, Hashable {
        /// Where the first bucket begins.
        public let since: Timestamp
        /// Where the last one ends.
        public let until: Timestamp
        /// The seconds of a bucket.
        public let bucket: Int64
        /// The seconds of what is added up.
        let step: Int64

        /// The most buckets.
        public static let mostBuckets: Int64 = 1000
        /// The buckets if nobody says how long they are to be.
        private static let usualBuckets: Int64 = 60

        /// The window that has that time in it.
        /// - Parameters:
        ///   - bucket: the least seconds of a bucket; nil for about 60 buckets.
        ///   - now: nothing is of later, so a window that reaches further ends as it is asked.
        public init(since: Timestamp, until: Timestamp, bucket: Int64?, now: Timestamp) {
            let length = max(1, until.seconds - since.seconds)
            let least = max(
                bucket ?? Self.parts(length, Self.usualBuckets), Self.parts(length, Self.mostBuckets), 60)
            let step: Int64 = least < 600 ? 60 : least < 3600 ? 600 : 3600
            let first = Self.floor(since.microseconds, step)
            let last = until < now ? Self.floor(until.microseconds + step * 1_000_000 - 1, step) : until.microseconds
            var size = Self.parts(least, step) * step
            // The rounded ends may need one bucket more.
            while last - first > size * Self.mostBuckets * 1_000_000 { size += step }
            (self.since, self.until) = (Timestamp(microseconds: first), Timestamp(microseconds: last))
            (self.bucket, self.step) = (size, step)
        }

        /// A number divided, rounded up.
        private static func parts(_ number: Int64, _ by: Int64) -> Int64 { (number + by - 1) / by }

        /// - Parameter step: seconds.
        private static func floor(_ microseconds: Int64, _ step: Int64) -> Int64 {
            let rest = microseconds % (step * 1_000_000)
            return microseconds - (rest < 0 ? rest + step * 1_000_000 : rest)
        }
    }
}
