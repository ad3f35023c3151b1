/// The statements of this folder.
enum PersonalDataSQL {
    /// Requests are kept for a day.
    static let deleteOldAsideRequests = """
        delete from hookledger.aside_requests where requested_at < now() - interval '\(AsideRequests.kept)'
        """

    /// Requests that a host has not carried out.
    static let asideRequests = """
        select id, kind, person::text as person, requested_by from hookledger.aside_requests
        where not $1 = any (hosts) order by id
        """

    /// A host has carried a request out.
    static let asideDone = "update hookledger.aside_requests set hosts = hosts || $2::text where id = $1::bigint"

    /// Whatever the event says that a timer of these carts is about, and whenever it came: with it the timer ends.
    static let cartTimers = """
        select received_at, id from hookledger.events
        where (received_at, id) in (
                select event_received_at, event_id from hookledger.jobs where kind = 'cart_abandoned')
            and ($1::text is null or source = $1) and subject = any ($2::text[]) and subject like 'cart:%'
        """
}
