/// The statements on messages and on what they are about.
enum MessageCustomerSQL {
    /// $2 receive time, $3 event id; conditions follow.
    static let ofEvent = """
        select 1 from hookledger.events e where e.received_at = $2::timestamptz and e.id = $3::bigint
        """

    /// $2 order row; conditions follow.
    static let ofOrder = "select 1 from hookledger.events e where e.order_row = $2::bigint"

    /// $1 effect key, $2 order row.
    static let isWritten = "select 1 from hookledger.messages where effect_key = $1 and order_row = $2::bigint"

    /// $1 effect key.
    static let deliver = """
        update hookledger.messages set delivered_at = now() where effect_key = $1 and delivered_at is null
        """
}
