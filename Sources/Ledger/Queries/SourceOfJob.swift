/// The source of a job: that of its order, else that of its event. It is unknown if the event is deleted, so a limited
/// token does not see such a job.
public enum SourceOfJob {
    /// The condition on `j` (job_list) that it is of one of the sources of that parameter, or that there are none.
    public static func condition(_ parameter: String) -> String {
        """
        (\(parameter)::text[] is null or coalesce(j.source, (
            select e.source from hookledger.event_list as e
            where e.id = j.event_id and e.received_at = j.event_received_at)) = any (\(parameter)))
        """
    }
}
