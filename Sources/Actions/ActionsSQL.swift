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
}
