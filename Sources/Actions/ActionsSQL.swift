/// The statements of the actions in this folder.
enum ActionsSQL {
    /// $1 movement keys, $2 order row: which of the movements are there.
    static let takenMovements = """
        select movement_key from hookledger.inventory_movements
        where movement_key = any ($1::text[]) and order_row = $2::bigint
        """

    /// $1 order row: whether lines without an id were taken by their place.
    static let isSoldByPlace = """
        select exists (select from hookledger.inventory_movements
            where order_row = $1::bigint and reason = 'sold' and movement_key ~ ':#[0-9]+''*:sold$')
        """

    /// $1 action: one writer at a time, of all runs.
    static let lockAction = "select from hookledger.action_states where action = $1 for update"

    /// $1 order row, $2 what the keys of a Printify shop's effects begin with.
    static let submission = """
        select e.external_id, exists (
                select from hookledger.jobs j where j.job_id = e.job_id and j.state in (0, 1) limit 1) as is_under_way
        from hookledger.effects e
        where e.order_row = $1::bigint and e.kind = 'printify' and starts_with(e.effect_key, $2)
        order by e.external_id is null, e.started_at
        """

    /// $1 order row: whether a job runs that submits it to Printify.
    static let isBeingSubmitted = """
        select exists (select from hookledger.jobs
            where order_row = $1::bigint and kind = 'printify' and state = 1)
        """
}
