/// Whose a job is: the source of its order, else that of its event. Of a job whose event is gone nobody knows it, so a
/// token that is limited to sources does not see it.
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
