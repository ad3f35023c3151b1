import Postgres

/// The events of one state, the newest first. Few events have jobs: those are found from the jobs, by an index in the
/// order of the list. Completed events are all others.
enum StateOfEvents {
    /// The rows of events that may be in the state: those with a job of it, or without any.
    /// - Parameters:
    ///   - arm: the part, with all conditions on `e`; gets the parameters of the conditions on the jobs.
    ///   - bound: adds where the list begins and how far it looks.
    static func rows(
        _ state: EventFilter.State, _ arm: inout DeliveryArms.Arm, limit: Int, _ bound: (inout DeliveryArms.Arm) -> Void
    ) -> String {
        let places = places(state.job.map { [$0] } ?? EventFilter.State.allCases.compactMap(\.job), &arm, bound)
        guard state.job != nil else {
            return """
                with busy as materialized (\(places.joined(separator: " union all ")))
                select e.*, octet_length(e.body)::bigint as body_length from hookledger.event_list as e
                where \(arm.conditions.sql) and not exists (
                    select from busy as b where b.event_received_at = e.received_at and b.event_id = e.id)
                order by e.received_at desc, e.id desc limit \(limit)
                """
        }
        // "limit 1": one probe of the partition for each, in the order of the jobs.
        return """
            select e.*, octet_length(e.body)::bigint as body_length
            from (
                select distinct p.event_received_at, p.event_id from (\(places.joined())) as p
                order by p.event_received_at desc, p.event_id desc
            ) as c
            cross join lateral (
                select * from hookledger.event_list as e
                where e.received_at = c.event_received_at and e.id = c.event_id and \(arm.conditions.sql) limit 1
            ) as e
            order by c.event_received_at desc, c.event_id desc
            """
    }

    /// What follows the outcome `o` of those rows `e`.
    static func outcome(_ state: EventFilter.State, limit: Int) -> String {
        guard state.job != nil else { return "" }
        return """
            where o.status = '\(state.rawValue)' order by e.received_at desc, e.id desc limit \(limit)
            """
    }

    /// The time of the last event that ``rows(_:_:limit:_:)`` looks at when there are more; a value of a row, or null.
    static func end(
        _ state: EventFilter.State, _ arm: inout DeliveryArms.Arm, _ bound: (inout DeliveryArms.Arm) -> Void
    )
        -> String?
    {
        guard let job = state.job else { return nil }
        return """
            (select c.event_received_at from (
                select distinct p.event_received_at, p.event_id from (\(places([job], &arm, bound).joined())) as p
                order by p.event_received_at desc, p.event_id desc offset \(SearchStep.lookedUp - 1) limit 1) as c)
            """
    }

    /// The events of jobs in each of these states, within the bounds of the list.
    private static func places(
        _ states: [String], _ arm: inout DeliveryArms.Arm, _ bound: (inout DeliveryArms.Arm) -> Void
    ) -> [String] {
        var jobs = DeliveryArms.Arm(jobsAfter: arm.conditions.parameters)
        bound(&jobs)
        let bounds = jobs.conditions.sql
        arm.conditions.take(jobs.conditions.parameters)
        return states.map { state in
            "select j.event_received_at, j.event_id from hookledger.jobs as j where j.state \(state) and \(bounds)"
        }
    }
}
