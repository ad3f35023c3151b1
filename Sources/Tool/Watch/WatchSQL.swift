/// The statement of `watch`.
enum WatchSQL {
    /// For how many seconds each program has not reported.
    static let reports = """
        select extract(epoch from now() - max(beat_at) filter (where is_batch))::bigint as batch,
            extract(epoch from now() - max(beat_at) filter (where not is_batch))::bigint as responder
        from hookledger.heartbeats
        """
}
