/// The statements of rebuilding.
enum RebuildSQL {
    /// How many orders there are to fold.
    static let count = "select count(*) from hookledger.orders where $1::text is null or source = $1"
}
